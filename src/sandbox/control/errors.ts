/** Answered as `{error}` with its status. */
export class ControlError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export const invalid = (message: string): ControlError => new ControlError(400, message);

export const notFound = (what: string): ControlError => new ControlError(404, `${what} not found`);
