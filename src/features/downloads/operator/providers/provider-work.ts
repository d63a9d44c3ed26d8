import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../../platform/auth/principal.js';
import type { DownloadAttempt } from '../../attempts/download-attempt.entity.js';
import type { AttemptsQuery } from '../attempts/attempt.dto.js';
import { AttemptLogRepository } from '../attempts/attempt-log.repository.js';
import { OpenCircuits } from '../circuits/open-circuits.js';
import { ProvidersService } from './providers.service.js';

@Injectable()
export class ProviderWork {
  constructor(
    private readonly providers: ProvidersService,
    private readonly log: AttemptLogRepository,
    private readonly circuits: OpenCircuits,
  ) {}

  async attempts(id: string, query: AttemptsQuery): Promise<[DownloadAttempt[], number]> {
    return this.log.page((await this.providers.row(id)).name, query);
  }

  async resetCooldowns(by: Principal, id: string): Promise<void> {
    await this.circuits.closeAllOf(by, (await this.providers.row(id)).name);
  }
}
