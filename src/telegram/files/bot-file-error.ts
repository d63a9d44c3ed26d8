/** Why a file that a person has sent cannot be had. The message holds no address: the Bot API's have the token in them. */
export class BotFileError extends Error {
  constructor(
    readonly code:
      | 'too_large'
      /** Telegram does not know it, or not any more. */
      | 'gone'
      /** Telegram cannot be asked, or answers something else: it may be there the next time. */
      | 'unreachable',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'BotFileError';
  }
}
