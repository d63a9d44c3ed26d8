import { Module } from '@nestjs/common';
import { EventStreams } from './event-stream.js';

@Module({ providers: [EventStreams], exports: [EventStreams] })
export class EventStreamsModule {}
