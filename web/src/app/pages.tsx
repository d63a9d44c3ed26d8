import { Center, Loader } from '@mantine/core';
import { type ComponentType, lazy, Suspense, useEffect } from 'react';
import { navigate, usePath } from '../shared/router';
import { NotFound } from './not-found';

const HOME = '/sandbox/chat';

const PAGES: Record<string, ComponentType> = {
  '/sandbox/chat': lazy(() => import('../features/sandbox/sandbox-page')),
};

export function Pages() {
  const path = usePath();

  useEffect(() => {
    if (path === '/') navigate(HOME, { replace: true });
  }, [path]);

  if (path === '/') return null;
  const Page = PAGES[path.replace(/(?<=.)\/$/, '')] ?? NotFound;
  return (
    <Suspense
      fallback={
        <Center h="100dvh">
          <Loader type="dots" />
        </Center>
      }
    >
      <Page />
    </Suspense>
  );
}
