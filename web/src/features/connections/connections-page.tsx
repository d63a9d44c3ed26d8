import { Alert, Button, EmptyState, Group, Loader, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useState } from 'react';
import type { HttpError } from '../../shared/http/http';
import { useResource } from '../../shared/http/use-resource';
import { useTexts } from '../../shared/i18n/texts';
import { WarningIcon } from '../../shared/ui/icons';
import { Preferences } from '../../shared/ui/preferences';
import { AccountMenu } from '../account/account-menu';
import { loadProfile } from '../account/api';
import type { Connection } from './api';
import classes from './connections-page.module.css';
import { DisconnectModal } from './disconnect-modal';
import { OAuthNotice } from './oauth-notice';
import { PlatformCard } from './platform-card';
import { connectionsTexts } from './texts';
import { useConnections } from './use-connections';

export default function ConnectionsPage() {
  const t = useTexts(connectionsTexts);
  const profile = useResource(loadProfile);
  const { platforms, error, isChecking, checkError, reload } = useConnections();
  const [leaving, setLeaving] = useState<Connection | null>(null);
  useDocumentTitle(`${t.title} · Nexus`);
  const hasAccounts = platforms?.some(({ accounts }) => accounts.length > 0) ?? false;

  return (
    <div className={classes.page}>
      <header className={classes.header}>
        <div className={classes.words}>
          <Title order={1} size="h2">
            {t.title}
          </Title>
          <Text size="sm" c="dimmed" truncate>
            {profile.data?.email ?? ' '}
          </Text>
        </div>
        {profile.data && <AccountMenu profile={profile.data} />}
      </header>
      <OAuthNotice />
      {!platforms && <Waiting error={error} onRetry={reload} />}
      {platforms && (
        <main className={classes.list}>
          <Group justify="space-between" gap="xs">
            <Text size="sm">{hasAccounts ? t.hint : t.empty}</Text>
            {hasAccounts && isChecking && (
              <Text size="xs" c="dimmed" role="status">
                {t.checking}
              </Text>
            )}
          </Group>
          {error?.isTransient && <Alert color="orange">{t.errors.away}</Alert>}
          {hasAccounts && checkError && !error && <Alert color="orange">{t.errors.check}</Alert>}
          {platforms.map((platform, index) => (
            <PlatformCard key={platform.platform} platform={platform} index={index} onDisconnect={setLeaving} />
          ))}
        </main>
      )}
      <Preferences />
      <DisconnectModal
        account={leaving}
        onClose={() => {
          setLeaving(null);
        }}
        onDone={() => {
          setLeaving(null);
          reload();
        }}
      />
    </div>
  );
}

/** What stands where the list would be. */
function Waiting({ error, onRetry }: { error: HttpError | null; onRetry: () => void }) {
  const t = useTexts(connectionsTexts);
  return (
    <main className={classes.message}>
      {!error && <Loader type="dots" />}
      {error && (
        <EmptyState
          icon={<WarningIcon size={30} />}
          variant="light"
          color="red"
          title={error.isTransient ? t.errors.away : t.errors.title}
          description={error.isTransient ? t.errors.awayHint : error.message}
        >
          {!error.isTransient && (
            <EmptyState.Actions>
              <Button variant="light" onClick={onRetry}>
                {t.errors.retry}
              </Button>
            </EmptyState.Actions>
          )}
        </EmptyState>
      )}
    </main>
  );
}
