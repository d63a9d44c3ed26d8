import { Global, Injectable, Module } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { GenerationFrontend, type Failure, type ReadyVideo } from '../generation.frontend.js';
import type { GenerationBatch, GenerationJob } from '../index.js';

/** What somebody was shown of a batch, or of a job: its id is the `subject`. */
export interface Shown {
  what: 'started' | 'retrying' | 'video' | 'again' | 'failed' | 'cancelled' | 'refunded';
  subject: string;
  /** Of a video. */
  source?: ReadyVideo['source'];
  /** Of a failure. */
  failure?: Failure;
  /** Of a video that is sent again. */
  key?: string;
}

/** Remembers what people are shown: as with a real one, only what was committed. */
@Injectable()
export class RecordingGenerationFrontend extends GenerationFrontend {
  readonly shown: Shown[] = [];

  constructor(private readonly database: Database) {
    super();
  }

  started({ id }: GenerationBatch): Promise<void> {
    return this.note({ what: 'started', subject: id });
  }

  retrying({ id }: GenerationJob): Promise<void> {
    return this.note({ what: 'retrying', subject: id });
  }

  deliver({ id }: GenerationJob, { source }: ReadyVideo): Promise<void> {
    return this.note({ what: 'video', subject: id, source });
  }

  sendAgain({ id }: GenerationJob, { source }: ReadyVideo, _to: unknown, key: string): Promise<void> {
    return this.note({ what: 'again', subject: id, source, key });
  }

  failed({ id }: GenerationJob, failure: Failure): Promise<void> {
    return this.note({ what: 'failed', subject: id, failure });
  }

  cancelled({ id }: GenerationJob): Promise<void> {
    return this.note({ what: 'cancelled', subject: id });
  }

  refunded({ id }: GenerationJob): Promise<void> {
    return this.note({ what: 'refunded', subject: id });
  }

  /** In order. */
  of(subject: string): Shown['what'][] {
    return this.shown.filter((each) => each.subject === subject).map(({ what }) => what);
  }

  private note(shown: Shown): Promise<void> {
    return this.database.afterCommit(() => this.shown.push(shown));
  }
}

@Global()
@Module({
  providers: [{ provide: GenerationFrontend, useClass: RecordingGenerationFrontend }],
  exports: [GenerationFrontend],
})
export class RecordingGenerationFrontendModule {}
