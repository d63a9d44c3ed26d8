import { isRecord } from '../../bot-api/params.js';
import type { KieTask } from '../../state/records.js';
import { jsonRecord } from './json-text.js';

const MODELS = /^(sora-2|bytedance\/seedance-2|kling-\d|grok-imagine\/)/;
const LONGEST_PROMPT = { sora: 10_000, others: 20_000 };
const ASPECTS = {
  sora: ['portrait', 'landscape'],
  others: ['1:1', '4:3', '3:4', '16:9', '9:16', '21:9', 'adaptive'],
};

export type CheckedOrder = { order: KieTask['order'] } | { unfit: string };

/** What createTask says of a body that it cannot take, in its own words; else the order. */
export function checkOrder(body: unknown): CheckedOrder {
  const { model, callBackUrl, input: given } = isRecord(body) ? body : {};
  if (typeof model !== 'string' || model === '') return { unfit: 'model is required' };
  if (!MODELS.test(model)) return { unfit: 'The model name you specified is not supported' };
  const input = jsonRecord(given);
  if (!input) return { unfit: 'input is required' };
  if (callBackUrl !== undefined && !isHttpUrl(callBackUrl)) return { unfit: 'callBackUrl is invalid' };
  const unfit = unfitPrompt(model, input) ?? unfitFields(model, input);
  if (unfit !== null) return { unfit };
  return { order: { model, callBackUrl: typeof callBackUrl === 'string' ? callBackUrl : null, input } };
}

export const isSora = (model: string): boolean => model.startsWith('sora-2');

export const promptOf = ({ input }: KieTask['order']): string => (typeof input.prompt === 'string' ? input.prompt : '');

/** The photo that the video is to begin with, or to show. */
export function photoUrlOf({ input }: KieTask['order']): string | null {
  const lists = [input.image_urls, input.reference_image_urls].map((list): unknown => Array.isArray(list) && list[0]);
  return [input.first_frame_url, ...lists].find((url) => typeof url === 'string') ?? null;
}

function unfitPrompt(model: string, { prompt }: Record<string, unknown>): string | null {
  if (typeof prompt !== 'string' || prompt.trim() === '') return 'prompt is required';
  const limit = isSora(model) ? LONGEST_PROMPT.sora : LONGEST_PROMPT.others;
  return prompt.length > limit ? `prompt exceeds the maximum length of ${limit}` : null;
}

function unfitFields(model: string, input: Record<string, unknown>): string | null {
  if (isSora(model)) return unfitSora(model, input);
  return model.startsWith('bytedance/') ? unfitSeedance(input) : null;
}

function unfitSora(model: string, input: Record<string, unknown>): string | null {
  const images = input.image_urls;
  const hasPhoto = Array.isArray(images) && images.length === 1 && isHttpUrl(images[0]);
  if (model.includes('image-to-video') && !hasPhoto) return 'image_urls is required';
  if (!isOneOf(input.aspect_ratio, ASPECTS.sora)) return 'aspect_ratio is not within the range of allowed options';
  // Seconds, and a text all the same.
  return isOneOf(input.n_frames, ['10', '15']) ? null : 'n_frames is not within the range of allowed options';
}

function unfitSeedance(input: Record<string, unknown>): string | null {
  const { first_frame_url: first, reference_image_urls: references, aspect_ratio: aspect, duration = 5 } = input;
  if (first !== undefined && !isHttpUrl(first)) return 'first_frame_url is invalid';
  if (first !== undefined && references !== undefined) return 'first frame and reference images exclude each other';
  if (!isOneOf(aspect, ASPECTS.others)) return 'aspect_ratio is not within the range of allowed options';
  const isDuration =
    Number.isInteger(duration) && (duration === -1 || (Number(duration) >= 4 && Number(duration) <= 15));
  return isDuration ? null : 'duration is not within the range of allowed options';
}

/** What is left out has a default. */
const isOneOf = (value: unknown, options: readonly string[]): boolean =>
  value === undefined || (typeof value === 'string' && options.includes(value));

const isHttpUrl = (value: unknown): boolean =>
  typeof value === 'string' && /^https?:\/\//.test(value) && URL.canParse(value);
