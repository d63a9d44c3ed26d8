/** A platform cannot be asked now, or says something that nobody understands. Never with what it says: that may hold secrets. */
export class PlatformUnavailable extends Error {
  constructor(
    readonly host: string,
    /** `answered 503`, `answered without a token` … */
    what: string,
  ) {
    super(`${host} ${what}`);
    this.name = 'PlatformUnavailable';
  }
}
