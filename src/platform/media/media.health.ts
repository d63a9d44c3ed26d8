import { Injectable } from '@nestjs/common';
import { ReportsHealth, type HealthPart, type PartState } from '../health/health-part.js';
import { Media } from './media.js';

@Injectable()
@ReportsHealth()
export class FfmpegHealth implements HealthPart {
  readonly name = 'ffmpeg';
  private version: string | undefined;
  private canProbe = false;

  constructor(private readonly media: Media) {}

  async check(): Promise<PartState> {
    this.version ??= await this.media.version('ffmpeg');
    this.canProbe ||= (await this.media.version('ffprobe')) !== undefined;
    const lacks = [
      ...(this.version === undefined ? ['ffmpeg cannot be run: set FFMPEG_PATH or install it'] : []),
      ...(this.canProbe ? [] : ['ffprobe cannot be run: set FFPROBE_PATH or install it']),
    ];
    if (lacks.length > 0) return { status: 'unavailable', reason: lacks.join('; '), version: this.version };
    return { status: 'ok', version: this.version };
  }
}
