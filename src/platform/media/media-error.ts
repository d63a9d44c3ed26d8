export type MediaErrorCode =
  /** The file is not media that can be read, or is cut off. */
  | 'unreadable'
  /** More than is decoded. */
  | 'too_large'
  | 'ffmpeg_failed'
  /** The result is not what was promised; it has been removed. */
  | 'verification_failed'
  | 'timed_out'
  | 'aborted'
  | 'no_space';

/** `message` ends with the last words of the program. */
export class MediaError extends Error {
  constructor(
    readonly code: MediaErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'MediaError';
  }
}
