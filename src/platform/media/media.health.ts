import { Injectable } from '@nestjs/common';
import { ReportsHealth, type HealthPart, type PartState } from '../health/health-part.js';
import { Media } from './media.js';

@Injectable()
@ReportsHealth()
export class FfmpegHealth implements HealthPart {
  readonly name = 'ffmpeg';
  private version: string | undefined;

  constructor(private readonly media: Media) {}

  async check(): Promise<PartState> {
    this.version ??= await this.media.version();
    return this.version === undefined
      ? { status: 'unavailable', reason: 'ffmpeg cannot be run: set FFMPEG_PATH or install it' }
      : { status: 'ok', version: this.version };
  }
}
