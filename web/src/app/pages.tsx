import { Center, Loader } from '@mantine/core';
import { type ComponentType, Fragment, lazy, type ReactNode, Suspense, useEffect } from 'react';
import { AccountGate } from '../features/auth/account-gate';
import { SignInGate } from '../features/auth/sign-in-gate';
import { navigate, usePath } from '../shared/router';
import { NotFound } from './not-found';

const HOME = '/sandbox/chat';

interface PageEntry {
  Page: ComponentType;
  /** Who may see it. */
  Gate: ComponentType<{ children: ReactNode }>;
}

const PAGES: Record<string, PageEntry> = {
  '/sandbox/chat': { Page: lazy(() => import('../features/sandbox/sandbox-page')), Gate: SignInGate },
  '/connections': { Page: lazy(() => import('../features/connections/connections-page')), Gate: AccountGate },
  '/set-password': { Page: lazy(() => import('../features/auth/set-password-page')), Gate: Fragment },
};

const UNKNOWN: PageEntry = { Page: NotFound, Gate: Fragment };

export function Pages() {
  const path = usePath();

  useEffect(() => {
    if (path === '/') navigate(HOME, { replace: true });
  }, [path]);

  if (path === '/') return null;
  const { Page, Gate } = PAGES[path.replace(/(?<=.)\/$/, '')] ?? UNKNOWN;
  return (
    <Suspense
      fallback={
        <Center h="100dvh">
          <Loader type="dots" />
        </Center>
      }
    >
      <Gate>
        <Page />
      </Gate>
    </Suspense>
  );
}
