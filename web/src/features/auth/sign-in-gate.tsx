import type { ReactNode } from 'react';
import { useSession } from '../../shared/http/session';
import { useTexts } from '../../shared/i18n/texts';
import { SignInForm } from './sign-in-form';
import { authTexts } from './texts';

/** Shows a page of the operator, or the sign-in form once the server wants to know who is there. */
export function SignInGate({ children }: { children: ReactNode }) {
  const t = useTexts(authTexts);
  return useSession().signInRequired ? <SignInForm hint={t.signIn.operatorHint} /> : children;
}
