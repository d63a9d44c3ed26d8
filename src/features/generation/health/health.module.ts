import { Module } from '@nestjs/common';
import { HealthRepository } from './health.repository.js';
import { HealthWatch } from './health-watch.js';
import { JobsWitness } from './jobs-witness.js';
import { Retention } from './retention.js';

/** What is watched and tidied up: alerts, the proof of the credits, what is kept how long. */
@Module({ providers: [HealthRepository, HealthWatch, JobsWitness, Retention], exports: [HealthRepository] })
export class GenerationHealthModule {}
