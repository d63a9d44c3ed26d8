import type { DownloadRequest, Phase } from '../../features/downloads/index.js';
import type { BotTexts } from '../../telegram/index.js';

const MB = 1_000_000;

/** The text of a status message. */
export function statusWords(texts: BotTexts, request: DownloadRequest, phase: Phase): string {
  const say = (key: string, variables = {}) => texts.text(request.bot, key, request.language, variables);
  const words = phaseWords(say, phase);
  return request.inBackground ? `${say('status.background')}\n${words}` : words;
}

type Say = (key: string, variables?: Record<string, string | number>) => string;

function phaseWords(say: Say, phase: Phase): string {
  switch (phase.kind) {
    case 'queued':
      return say('status.queued', { place: phase.place });
    case 'finding':
      return say('status.finding');
    case 'busy':
      return say('status.busy');
    case 'no_room':
      return say('status.no_room');
    case 'preparing':
      return phase.ratio === null
        ? say('status.preparing')
        : say('status.preparing.progress', { percent: Math.round(phase.ratio * 100) });
    case 'downloading':
      return phase.progress
        ? say('status.progress', { progress: progressWords(say, phase.progress) })
        : say('status.downloading');
    case 'processing':
      return phase.ratio === null
        ? say('status.processing')
        : say('status.encoding', { percent: Math.round(phase.ratio * 100) });
    case 'uploading':
      return say('status.uploading');
  }
}

type Progress = NonNullable<Extract<Phase, { kind: 'downloading' }>['progress']>;

/** `43% · 5.2 MB/s · 12 s left`, as much of it as is known. */
function progressWords(say: Say, { bytes, totalBytes, bytesPerSecond, etaSec }: Progress): string {
  const done = totalBytes
    ? `${Math.min(100, Math.floor((bytes / totalBytes) * 100))}%`
    : `${(bytes / MB).toFixed(1)} MB`;
  return [
    done,
    bytesPerSecond === null ? null : `${(bytesPerSecond / MB).toFixed(1)} MB/s`,
    etaSec === null ? null : say('left.seconds', { seconds: Math.ceil(etaSec) }),
  ]
    .filter((part) => part !== null)
    .join(' · ');
}
