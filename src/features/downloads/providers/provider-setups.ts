import { Inject, Injectable } from '@nestjs/common';
import { KeyRing } from '../../../platform/crypto/key-ring.js';
import { downloadsConfig, type DownloadsConfig } from '../downloads.config.js';
import { apiKeyContext, type DownloadProvider } from '../routing/download-provider.entity.js';
import { API_DOORS } from './api-doors.js';
import type { ProviderSetup } from './provider.js';
import { STAND_INS, type StandIns } from '../../../platform/stand-ins/stand-ins.js';

type Row = Pick<DownloadProvider, 'id' | 'name' | 'adapter' | 'apiBaseUrl' | 'apiHost' | 'apiKey' | 'options'>;

/** What an adapter needs of a row: its key opened, its door found. */
@Injectable()
export class ProviderSetups {
  constructor(
    @Inject(downloadsConfig.key) private readonly config: DownloadsConfig,
    @Inject(STAND_INS) private readonly standIns: StandIns,
    private readonly keys: KeyRing,
  ) {}

  of({ id, name, adapter, apiBaseUrl, apiHost, apiKey: closed, options }: Row): ProviderSetup {
    const door = API_DOORS[adapter];
    const apiKey = closed === null ? door?.key(this.config) : this.keys.decrypt(closed, apiKeyContext(id));
    // Without a key the real one would only refuse us.
    const usual = apiKey === undefined ? this.standIns[adapter] : door?.url;
    const baseUrl = apiBaseUrl ?? door?.configured(this.config) ?? usual ?? null;
    return { name, baseUrl, apiHost, apiKey: apiKey ?? null, options };
  }

  /** Of a row whose key cannot be opened any more: nothing leads to its API. */
  withoutKey({ name, apiHost, options }: Row): ProviderSetup {
    return { name, baseUrl: null, apiHost, apiKey: null, options };
  }
}
