import { MantineProvider } from '@mantine/core';
import { LanguageProvider } from '../shared/i18n/language';
import { ToastProvider } from '../shared/ui/toasts';
import { ErrorBoundary } from './error-boundary';
import { Pages } from './pages';
import { colorSchemeManager, theme } from './theme';

export function App() {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" colorSchemeManager={colorSchemeManager}>
      <LanguageProvider>
        <ErrorBoundary>
          <ToastProvider>
            <Pages />
          </ToastProvider>
        </ErrorBoundary>
      </LanguageProvider>
    </MantineProvider>
  );
}
