import type { HttpResponse } from './http-message.js';

/** An answer with a status that says no. What it says is in `response`, and not in the message: it may hold secrets. */
export class HttpStatusError extends Error {
  constructor(
    readonly host: string,
    readonly response: HttpResponse,
  ) {
    super(`${host} answered ${response.status}`);
    this.name = 'HttpStatusError';
  }

  get status(): number {
    return this.response.status;
  }
}

export class InvalidAnswerError extends Error {
  constructor(
    readonly host: string,
    options?: ErrorOptions,
  ) {
    super(`${host} answered something else than JSON`, options);
    this.name = 'InvalidAnswerError';
  }
}

export class ResponseTooLargeError extends Error {
  constructor(
    readonly host: string,
    readonly maxBytes: number,
  ) {
    super(`${host} answered more than ${maxBytes} bytes`);
    this.name = 'ResponseTooLargeError';
  }
}
