import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type {
  DownloadedMedia,
  MediaFacts,
  Provider,
  ProviderCall,
  ProviderReadiness,
  ProviderSetup,
} from '../../providers/provider.js';

export const someFacts: MediaFacts = {
  title: 'Me at the zoo',
  durationSec: 19,
  sizeBytes: 700_000,
  width: 320,
  height: 240,
  isLive: false,
  ageLimit: null,
};

/** Says what a test tells it to say, and remembers what it was asked. */
export class ScriptedProvider implements Provider {
  readonly calls: ProviderCall[] = [];
  readonly setups: ProviderSetup[] = [];
  ready: ProviderReadiness = { ready: true };
  answer: (call: ProviderCall) => Promise<DownloadedMedia> = someVideo;
  facts: (call: ProviderCall) => Promise<MediaFacts> = () => Promise.resolve(someFacts);
  readonly probe?: (call: ProviderCall) => Promise<MediaFacts>;

  constructor(
    readonly name: string,
    readonly kind: 'local' | 'api',
  ) {
    if (kind === 'local') {
      this.probe = (call) => {
        this.calls.push(call);
        return this.facts(call);
      };
    }
  }

  readiness(setup: ProviderSetup): Promise<ProviderReadiness> {
    this.setups.push(setup);
    return Promise.resolve(this.ready);
  }

  download(call: ProviderCall): Promise<DownloadedMedia> {
    this.calls.push(call);
    return this.answer(call);
  }
}

export async function someVideo({ workDir }: ProviderCall): Promise<DownloadedMedia> {
  const path = join(workDir, 'video.mp4');
  await writeFile(path, 'a video');
  return { path, title: 'A video', expectedDurationSec: 60, bytes: 7, ttfbMs: 1 };
}
