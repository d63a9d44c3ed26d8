import { Button, Center, EmptyState } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useTexts } from '../shared/i18n/texts';
import { appTexts } from './texts';

interface Props {
  children: ReactNode;
}

/** React reports the error to the console itself; this only keeps the screen from going blank. */
export class ErrorBoundary extends Component<Props, { hasCrashed: boolean }> {
  override state = { hasCrashed: false };

  static getDerivedStateFromError(): { hasCrashed: boolean } {
    return { hasCrashed: true };
  }

  override render(): ReactNode {
    return this.state.hasCrashed ? <Crashed /> : this.props.children;
  }
}

function Crashed() {
  const t = useTexts(appTexts);
  return (
    <Center component="main" h="100dvh" p="lg">
      <EmptyState title={t.crashed} description={t.crashedHint}>
        <EmptyState.Actions>
          <Button
            onClick={() => {
              location.reload();
            }}
          >
            {t.reload}
          </Button>
        </EmptyState.Actions>
      </EmptyState>
    </Center>
  );
}
