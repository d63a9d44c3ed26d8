/** A model that makes videos: what it takes, and what people pay for it. */
export interface VideoModel {
  slug: string;
  /** What users call it. */
  title: string;
  /** A call takes a photo of the product. */
  takesPhoto: boolean;
  priceCredits: number;
  maxPromptChars: number;
  durationSec: number;
  aspect: '9:16' | '16:9';
  /** The `input` of createTask. */
  input(order: { prompt: string; photoUrl: string }): Record<string, unknown>;
}
