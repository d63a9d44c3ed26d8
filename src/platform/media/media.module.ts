import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Global, Module } from '@nestjs/common';
import { processConfig, type ProcessConfig } from '../config/process.config.js';
import { installedTools } from '../programs/installed-tools.js';
import { ProgramStartError } from '../programs/program.js';
import { ProgramRunner } from '../programs/program-runner.js';
import { programsConfig, type ProgramsConfig } from '../programs/programs.config.js';
import { SlotsModule } from '../slots/slots.module.js';
import { Slots } from '../slots/slots.js';
import { mediaConfig, type MediaConfig } from './media.config.js';
import { findMediaPrograms, type MediaProgramOptions, type MediaPrograms } from './media-programs.js';
import { FfmpegHealth } from './media.health.js';
import { Media } from './media.js';

@Global()
@Module({
  imports: [SlotsModule],
  providers: [
    {
      provide: Media,
      inject: [ProgramRunner, Slots, mediaConfig.key, programsConfig.key, processConfig.key],
      useFactory: (
        runner: ProgramRunner,
        slots: Slots,
        { ffmpegPath, ffprobePath }: MediaConfig,
        { searchPath }: ProgramsConfig,
        { dataDir }: ProcessConfig,
      ) => {
        const tools = installedTools(dataDir);
        const temporaryFolder = join(dataDir, 'work', 'media');
        mkdirSync(temporaryFolder, { recursive: true, mode: 0o700 });
        const programs = programsOrTheirNames({
          searchPath,
          ffmpegPath: ffmpegPath ?? tools.ffmpeg,
          ffprobePath: ffprobePath ?? tools.ffprobe,
        });
        return new Media({ runner, programs, slots, temporaryFolder });
      },
    },
    FfmpegHealth,
  ],
  exports: [Media],
})
export class MediaModule {}

/** Programs that are missing are no reason not to start: health tells of them, and what needs them fails by itself. */
function programsOrTheirNames(options: MediaProgramOptions): MediaPrograms {
  try {
    return findMediaPrograms(options);
  } catch (error) {
    if (error instanceof ProgramStartError) return { ffmpeg: 'ffmpeg', ffprobe: 'ffprobe' };
    throw error;
  }
}
