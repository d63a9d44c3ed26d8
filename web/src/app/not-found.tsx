import { Button, Center, EmptyState } from '@mantine/core';
import { useTexts } from '../shared/i18n/texts';
import { navigate } from '../shared/router';
import { appTexts } from './texts';

export function NotFound() {
  const t = useTexts(appTexts);
  return (
    <Center component="main" h="100dvh">
      <EmptyState title={t.notFound}>
        <EmptyState.Actions>
          <Button
            onClick={() => {
              navigate('/');
            }}
          >
            {t.home}
          </Button>
        </EmptyState.Actions>
      </EmptyState>
    </Center>
  );
}
