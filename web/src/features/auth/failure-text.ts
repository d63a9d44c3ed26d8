import type { HttpError } from '../../shared/http/http';
import type { AuthTexts } from './texts';

/** Why signing in or making an account came to nothing, in the words of the page. */
export function failureText(t: AuthTexts, { status, code, message }: HttpError): string {
  if (code === 'auth.email_taken') return t.taken;
  if (code === 'auth.registration_closed') return t.closed;
  if (code === 'request.invalid') return t.unfit;
  if (status === 401) return t.wrong;
  return status === 429 ? t.tooMany : t.failed(message);
}
