import { escapeHtml } from '../../features/bot-messages/index.js';
import type { GenerationJob, ReadyVideo } from '../../features/generation/index.js';
import { cutText, type OwedMedia } from '../../telegram/index.js';

type VideoCall = Required<Pick<OwedMedia, 'params' | 'files'>>;

const PRODUCT_LENGTH = 200;

/** What `sendVideo` is told of a video, and the file that goes along when Telegram does not know it yet. */
export function videoMessage({ productText }: Pick<GenerationJob, 'productText'>, video: ReadyVideo): VideoCall {
  const { source, width, height, durationSec } = video;
  const params = {
    caption: `🎬 ${escapeHtml(cutText(productText, PRODUCT_LENGTH))}`,
    parse_mode: 'HTML',
    supports_streaming: true,
    ...(width !== null && height !== null ? { width, height } : {}),
    ...(durationSec === null ? {} : { duration: Math.round(durationSec) }),
  };
  if ('fileId' in source) return { params: { video: source.fileId, ...params }, files: {} };
  return { params, files: { video: { key: source.storageKey, filename: 'video.mp4' } } };
}
