import { Reflector } from '@nestjs/core';
import type { JobDefinition, JobPayload } from './job.js';

/** What a handler is told besides the payload. */
export interface JobContext {
  /** Aborted when this process is asked to stop: hand the work back and return. */
  signal: AbortSignal;
}

export type JobHandler<P extends JobPayload> = (payload: P, context: JobContext) => Promise<void>;

const Handled = Reflector.createDecorator<JobDefinition>();

/** Marks the one method that does a kind of job. The start fails when a declared job has none, or two. */
export function Handles<P extends JobPayload>(job: JobDefinition<P>) {
  return <M extends JobHandler<P>>(target: object, property: string, descriptor: TypedPropertyDescriptor<M>): void => {
    Handled(job as unknown as JobDefinition)(target, property, descriptor);
  };
}

export function handledJob(reflector: Reflector, method: JobHandler<JobPayload>): JobDefinition | undefined {
  return reflector.get(Handled, method);
}
