import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { useTexts } from '../../../shared/i18n/texts';
import { Avatar } from '../../../shared/ui/avatar';
import { BackIcon, BlockIcon, DotsIcon, GroupIcon, TerminalIcon } from '../../../shared/ui/icons';
import type { SandboxBot, SandboxGroup } from '../api';
import { sandboxTexts } from '../texts';
import classes from './chat-header.module.css';

interface ChatHeaderProps {
  bot: SandboxBot;
  group: SandboxGroup | null;
  action: string | null;
  isBlocked: boolean;
  isPanelOpen: boolean;
  onBack?: () => void;
  onToggleBlock: () => void;
  onTogglePanel: () => void;
}

export function ChatHeader(props: ChatHeaderProps) {
  const { bot, group, action, isBlocked, isPanelOpen, onBack, onToggleBlock, onTogglePanel } = props;
  const t = useTexts(sandboxTexts);
  const status = group ? `${t.header.group}, ${t.header.asBot(bot.name)}` : `${t.header.bot} · @${bot.username}`;

  return (
    <header className={classes.header}>
      {onBack && (
        <ActionIcon aria-label={t.header.back} onClick={onBack}>
          <BackIcon />
        </ActionIcon>
      )}
      <Avatar
        id={group?.id ?? bot.id}
        name={group?.title ?? bot.name}
        size={40}
        icon={group ? <GroupIcon /> : undefined}
      />
      <div className={classes.words}>
        <h1 className={classes.name}>{group?.title ?? bot.name}</h1>
        <p className={classes.status} data-active={action !== null} aria-live="polite">
          {action === null ? status : actionText(action, t.action)}
        </p>
      </div>
      <Tooltip label={t.header.showCalls}>
        <ActionIcon
          aria-label={t.header.showCalls}
          aria-pressed={isPanelOpen}
          color={isPanelOpen ? 'nexus' : 'gray'}
          variant={isPanelOpen ? 'light' : 'subtle'}
          onClick={onTogglePanel}
        >
          <TerminalIcon />
        </ActionIcon>
      </Tooltip>
      {!group && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={t.header.more}>
              <DotsIcon />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              color={isBlocked ? undefined : 'red'}
              leftSection={<BlockIcon size={17} />}
              onClick={onToggleBlock}
            >
              {isBlocked ? t.header.unblock : t.header.block}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </header>
  );
}

const actionText = (action: string, words: Record<string, string> & { other: string }): string =>
  words[action] ?? words.other;
