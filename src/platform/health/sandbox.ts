/** Injection token: whether stand-ins take the place of the outside world. */
export const SANDBOX = Symbol('sandbox');
