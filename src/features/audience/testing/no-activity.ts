import { Global, Module } from '@nestjs/common';
import { UserActivity } from '../index.js';

/** For tests in which nobody asks what people have done. */
@Global()
@Module({ providers: [{ provide: UserActivity, useValue: {} }], exports: [UserActivity] })
export class NoActivityModule {}
