/** A link led, directly or by a redirect, to an address that nobody outside may make us connect to. */
export class EgressRefusedError extends Error {
  constructor(
    readonly host: string,
    readonly address: string,
    /** A kind of addresses, e.g. `loopback`, `private`, `linkLocal`. */
    readonly reason: string,
  ) {
    super(`${host} is at ${address}, and ${reason} addresses are refused`);
    this.name = 'EgressRefusedError';
  }
}
