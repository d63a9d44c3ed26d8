import { HttpError } from '../../shared/http/http';
import { failureText } from './failure-text';
import { authTexts } from './texts';

it.each([
  [401, 'auth.invalid_credentials', 'Wrong email or password'],
  [409, 'auth.email_taken', 'There is an account with this email already'],
  [403, 'auth.registration_closed', 'Accounts are made by the administrator here'],
  [400, 'request.invalid', 'Check the email address and the length of the password'],
  [429, 'auth.too_many_attempts', 'Too many attempts. Wait a minute.'],
  [503, null, 'That did not work: out of order'],
])('failureText of %i %s', (status, code, text) => {
  expect(failureText(authTexts.en, new HttpError(status, 'out of order', code))).toBe(text);
});
