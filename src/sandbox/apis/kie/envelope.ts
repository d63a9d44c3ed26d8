import { type Answer, ok } from '../answer.js';

/** HTTP says 200 whatever the code of the body says; that is how the API tells most of its failures. */
export const said = (code: number, msg: string): Answer => ok({ code, msg });

/** HTTP says the same as the body, which calls its words `message` as older routes do. */
export const refused = (status: number, message: string): Answer => ({ status, body: { code: status, message } });

export const success = (data: unknown): Answer => ok({ code: 200, msg: 'success', data });

export const tooOften = (): Answer =>
  refused(429, 'Your call frequency is too high. Please try again later, or contact support.');

export const NO_MONEY =
  "Credits insufficient : Your current balance isn't enough to run this request. Please top up to continue.";
