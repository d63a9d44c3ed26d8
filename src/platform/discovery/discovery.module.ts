import { Global, Module } from '@nestjs/common';
import { DiscoveryModule as NestDiscoveryModule } from '@nestjs/core';
import { DecoratedMethods } from './decorated-methods.js';
import { Implementations } from './implementations.js';

@Global()
@Module({
  imports: [NestDiscoveryModule],
  providers: [DecoratedMethods, Implementations],
  exports: [DecoratedMethods, Implementations],
})
export class DiscoveryModule {}
