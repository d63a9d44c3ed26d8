import { Module } from '@nestjs/common';
import { JobsModule } from '../jobs/jobs.module.js';
import { KeysModule } from '../keys/keys.module.js';
import { KieModule } from '../kie/kie.module.js';
import { KnownVideos } from './known-videos.js';
import { ResultDownload } from './result-download.js';
import { ResultLink } from './result-link.js';
import { Results } from './results.js';

/** Videos: brought home from the provider, and sent again. */
@Module({
  imports: [JobsModule, KeysModule, KieModule],
  providers: [KnownVideos, ResultDownload, ResultLink, Results],
  exports: [KnownVideos, Results],
})
export class ResultsModule {}
