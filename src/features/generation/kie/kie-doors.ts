import { Inject, Injectable } from '@nestjs/common';
import { STAND_INS, type StandIns } from '../../../platform/stand-ins/stand-ins.js';
import { generationConfig, type GenerationConfig } from '../generation.config.js';

const JOBS = 'https://api.kie.ai';
const UPLOADS = 'https://kieai.redpandaai.co';

/** Where KIE is: as configured; else the stand-ins, as long as the environment names no key; else the real one. */
@Injectable()
export class KieDoors {
  readonly jobs: string;
  readonly uploads: string;
  /** Whether the stand-in of the sandbox makes the videos. */
  readonly isStandIn: boolean;

  constructor(
    @Inject(generationConfig.key) config: Pick<GenerationConfig, 'kieApiKeys' | 'kieBaseUrl' | 'kieUploadBaseUrl'>,
    @Inject(STAND_INS) standIns: StandIns,
  ) {
    const { kieApiKeys, kieBaseUrl, kieUploadBaseUrl } = config;
    const usual = kieApiKeys.length > 0 ? {} : standIns;
    this.jobs = withoutSlash(kieBaseUrl ?? usual['kie'] ?? JOBS);
    this.isStandIn = kieBaseUrl === undefined && usual['kie'] !== undefined;
    this.uploads = withoutSlash(kieUploadBaseUrl ?? usual['kie-upload'] ?? UPLOADS);
  }
}

const withoutSlash = (url: string): string => url.replace(/\/+$/, '');
