import { Button, Paper, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { asHttpError } from '../../shared/http/http';
import { useTexts } from '../../shared/i18n/texts';
import { Avatar } from '../../shared/ui/avatar';
import { useToast } from '../../shared/ui/toasts';
import { AccountRow } from './account-row';
import { connect, type Connection } from './api';
import classes from './connections-page.module.css';
import type { PlatformWithAccounts } from './platforms-with-accounts';
import { connectionsTexts } from './texts';

interface PlatformCardProps {
  platform: PlatformWithAccounts;
  /** Its place in the list: the colour of its mark. */
  index: number;
  onDisconnect: (account: Connection) => void;
}

export function PlatformCard({ platform: { platform, oauth, accounts }, index, onDisconnect }: PlatformCardProps) {
  const t = useTexts(connectionsTexts);
  const name = t.platforms[platform] ?? platform;
  const isOff = oauth.name !== null && !oauth.available;
  const hint = isOff ? t.unavailable : accounts.length === 0 ? t.purposes[platform] : null;
  return (
    <Paper component="section" aria-label={name} className={classes.card} radius="lg">
      <div className={classes.head}>
        <Avatar id={index} name={name} size={38} />
        <div className={classes.words}>
          <Title order={2} size="h6">
            {name}
          </Title>
          {hint !== null && (
            <Text size="xs" c="dimmed">
              {hint}
            </Text>
          )}
        </div>
        {oauth.name !== null && (
          <ConnectButton
            oauthName={oauth.name}
            platformName={name}
            accounts={accounts}
            unavailable={oauth.available ? null : (oauth.reason ?? t.unavailable)}
          />
        )}
      </div>
      {accounts.length > 0 && (
        <ul className={classes.accounts}>
          {accounts.map((account) => (
            <AccountRow
              key={account.id}
              account={account}
              onDisconnect={() => {
                onDisconnect(account);
              }}
            />
          ))}
        </ul>
      )}
    </Paper>
  );
}

interface ConnectButtonProps {
  oauthName: string;
  platformName: string;
  accounts: readonly Connection[];
  /** Why it cannot be connected; null when it can. */
  unavailable: string | null;
}

function ConnectButton({ oauthName, platformName, accounts, unavailable }: ConnectButtonProps) {
  const t = useTexts(connectionsTexts);
  const toast = useToast();
  const [isLeaving, setLeaving] = useState(false);
  const isBroken = accounts.some(({ status }) => status === 'invalid' || status === 'expired');
  const label = accounts.length === 0 ? t.connect : isBroken ? t.reconnect : t.connectMore;

  const leave = (): void => {
    setLeaving(true);
    connect(oauthName).catch((reason: unknown) => {
      setLeaving(false);
      toast(t.errors.failed(asHttpError(reason).message), 'error');
    });
  };

  return (
    <Button
      size="xs"
      variant={accounts.length === 0 || isBroken ? 'filled' : 'default'}
      loading={isLeaving}
      disabled={unavailable !== null}
      title={unavailable ?? undefined}
      aria-label={`${label}: ${platformName}`}
      onClick={leave}
    >
      {label}
    </Button>
  );
}
