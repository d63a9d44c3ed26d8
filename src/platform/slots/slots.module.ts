import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Slot } from './slot.entity.js';
import { Slots } from './slots.js';

@Global()
@Module({ imports: [TypeOrmModule.forFeature([Slot])], providers: [Slots], exports: [Slots] })
export class SlotsModule {}
