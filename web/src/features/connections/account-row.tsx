import { ActionIcon, Badge, Group, Text, Tooltip } from '@mantine/core';
import { useTexts } from '../../shared/i18n/texts';
import { TrashIcon } from '../../shared/ui/icons';
import type { AccountStatus, Connection } from './api';
import classes from './connections-page.module.css';
import { connectionsTexts } from './texts';

const COLOURS: Record<AccountStatus, string> = { active: 'green', invalid: 'red', expired: 'orange', unknown: 'gray' };

interface AccountRowProps {
  account: Connection;
  onDisconnect: () => void;
}

/** One connected account: its name, how it is, and what may be shown of its secrets. */
export function AccountRow({ account, onDisconnect }: AccountRowProps) {
  const t = useTexts(connectionsTexts);
  const { accountName, status, reason, masked } = account;
  const hint = status === 'invalid' || status === 'expired' ? t.statusHint[status] : null;
  return (
    <li className={classes.account}>
      <div className={classes.words}>
        <Group gap="xs" wrap="nowrap">
          <Text fw={550} size="sm" truncate title={accountName}>
            {accountName}
          </Text>
          <Badge variant="light" color={COLOURS[status]} size="sm" tt="none" fw={600} className={classes.badge}>
            {t.status[status]}
          </Badge>
        </Group>
        <Text size="xs" c="dimmed" className={classes.secrets}>
          {Object.entries(masked).map(([name, value]) => (
            <span key={name}>
              {t.secrets[name] ?? name} <code>{value}</code>
            </span>
          ))}
        </Text>
        {hint && (
          <Text size="xs" c={`var(--nx-${status === 'invalid' ? 'bad' : 'warn'})`}>
            {hint}
          </Text>
        )}
        {reason !== null && (
          <Text size="xs" c="dimmed" lang="en" className={classes.reason}>
            {reason}
          </Text>
        )}
      </div>
      <Tooltip label={t.disconnect}>
        <ActionIcon aria-label={`${t.disconnect}: ${accountName}`} onClick={onDisconnect}>
          <TrashIcon size={18} />
        </ActionIcon>
      </Tooltip>
    </li>
  );
}
