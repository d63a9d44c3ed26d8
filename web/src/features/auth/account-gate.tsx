import { Center, EmptyState, Loader } from '@mantine/core';
import { Fragment, type ReactNode } from 'react';
import { useResource } from '../../shared/http/use-resource';
import { useSession } from '../../shared/http/session';
import { useTexts } from '../../shared/i18n/texts';
import { WarningIcon } from '../../shared/ui/icons';
import { restoreSession } from './api';
import { SignInForm } from './sign-in-form';
import { authTexts } from './texts';

/**
 * Shows a page to whom it belongs, else the sign-in form. The page begins anew when the account becomes another, as it
 * does when somebody signs in otherwise in another tab.
 */
export function AccountGate({ children }: { children: ReactNode }) {
  const t = useTexts(authTexts);
  const { token, userId, signInRequired } = useSession();
  const { error } = useResource(restoreSession);

  if (signInRequired) return <SignInForm hint={t.signIn.accountHint} canRegister />;
  if (token !== null) return <Fragment key={userId}>{children}</Fragment>;
  return (
    <Center component="main" h="100dvh" p="lg">
      {error ? (
        <EmptyState icon={<WarningIcon size={30} />} variant="light" title={t.away} description={t.awayHint} />
      ) : (
        <Loader type="dots" aria-label={t.restoring} />
      )}
    </Center>
  );
}
