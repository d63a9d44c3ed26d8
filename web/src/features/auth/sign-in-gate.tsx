import type { ReactNode } from 'react';
import { useSession } from '../../shared/http/session';
import { SignInForm } from './sign-in-form';

/** Shows the pages, or the sign-in form once the server wants to know who is there. */
export function SignInGate({ children }: { children: ReactNode }) {
  return useSession().signInRequired ? <SignInForm /> : children;
}
