import { type DownloadedMedia, type DownloadSink, type Provider, type ProviderCall, Waiting } from '../provider.js';

const MAX_RESTS = 30;

/** Downloads, going on at once each time that the provider wants to wait. */
export async function runDownload(
  provider: Provider,
  call: ProviderCall,
  sink: DownloadSink,
): Promise<DownloadedMedia> {
  let { resume } = call;
  for (let rests = 0; rests <= MAX_RESTS; rests++) {
    try {
      return await provider.download({ ...call, resume }, sink);
    } catch (error) {
      if (!(error instanceof Waiting)) throw error;
      // As it comes back from where it was kept.
      resume = JSON.parse(JSON.stringify(error.resume)) as ProviderCall['resume'];
    }
  }
  throw new Error(`${provider.name} still waits after ${MAX_RESTS} rests`);
}
