import type { Answer } from '../answer.js';

interface GoogleError {
  code: number;
  message: string;
  status: string;
  reason: string;
  detail: string;
}

/** The envelope of all of Google's APIs: clients go by `errors[0].reason`. */
function googleError({ code, message, status, reason, detail }: GoogleError): Answer {
  const errors = [{ message: detail, domain: 'global', reason }];
  return { status: code, body: { error: { code, message, errors, status } } };
}

export const UNAUTHENTICATED: Answer = googleError({
  code: 401,
  message: 'Request had invalid authentication credentials. Expected OAuth 2 access token.',
  status: 'UNAUTHENTICATED',
  reason: 'authError',
  detail: 'Invalid Credentials',
});

export const INSUFFICIENT_SCOPES: Answer = googleError({
  code: 403,
  message: 'Request had insufficient authentication scopes.',
  status: 'PERMISSION_DENIED',
  reason: 'insufficientPermissions',
  detail: 'Insufficient Permission',
});

export const missingParameter = (name: string): Answer =>
  googleError({
    code: 400,
    message: `No value for the required parameter: ${name}`,
    status: 'INVALID_ARGUMENT',
    reason: 'missingRequiredParameter',
    detail: `Missing required parameter: ${name}`,
  });
