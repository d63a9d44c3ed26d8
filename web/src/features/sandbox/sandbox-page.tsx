import { Button, EmptyState, Loader } from '@mantine/core';
import { useDocumentTitle, useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTexts } from '../../shared/i18n/texts';
import { BotIcon, UserPlusIcon, WarningIcon } from '../../shared/ui/icons';
import type { SandboxBot, SandboxGroup, SandboxUser } from './api';
import { Banner } from './conversation/banner';
import { ChatScreen } from './conversation/chat-screen';
import classes from './sandbox-page.module.css';
import { Sidebar } from './sidebar/sidebar';
import { sandboxTexts } from './texts';
import { type Directory, useDirectory } from './use-directory';
import { select, type Selection, useSelection } from './use-selection';

export default function SandboxPage() {
  const t = useTexts(sandboxTexts);
  const directory = useDirectory();
  const selection = useSelection();
  const isNarrow = useMediaQuery('(max-width: 46em)', undefined, { getInitialValueInEffect: false });
  const chosen = resolve(selection, directory);
  const { bot, user, group } = chosen;
  useDocumentTitle(bot ? `${group?.title ?? bot.name} · Nexus` : `${t.title} · Nexus`);

  const toList = (): void => {
    select({ bot: null, userId: user?.id ?? null, groupId: null });
  };
  const hasChat = bot !== null && user !== null;

  return (
    <div className={classes.page}>
      {(!isNarrow || !hasChat) && (
        <div className={classes.sidebar}>
          {directory.error?.isTransient && <Banner tone="lost">{t.connection.lost}</Banner>}
          <Sidebar
            directory={directory}
            bot={bot}
            group={group}
            user={user}
            onSelectBot={({ username }) => {
              select({ bot: username, userId: user?.id ?? null, groupId: null });
            }}
            onSelectGroup={({ id, botIds }) => {
              const speaker = directory.bots?.find((each) => botIds.includes(each.id));
              select({ bot: speaker?.username ?? null, userId: user?.id ?? null, groupId: id });
            }}
            onSelectUser={({ id }) => {
              select({ ...selection, userId: id, groupId: null });
            }}
          />
        </div>
      )}
      {hasChat ? (
        <ChatScreen
          key={`${bot.id}/${group?.id ?? user.id}/${user.id}`}
          bot={bot}
          user={user}
          group={group}
          onBack={isNarrow ? toList : undefined}
        />
      ) : (
        !isNarrow && (
          <main className={classes.welcome}>
            <Welcome directory={directory} selection={selection} hasUser={user !== null} />
          </main>
        )
      )}
    </div>
  );
}

interface Chosen {
  bot: SandboxBot | null;
  user: SandboxUser | null;
  group: SandboxGroup | null;
}

/** What the address names, as far as it exists. Without a user it is the first one. */
function resolve({ bot, userId, groupId }: Selection, { bots, users, groups }: Directory): Chosen {
  const user = users.find(({ id }) => id === userId) ?? users[0] ?? null;
  return {
    bot: bots?.find(({ username }) => username.toLowerCase() === bot?.toLowerCase()) ?? null,
    user,
    group: groups.find(({ id, userIds }) => id === groupId && user !== null && userIds.includes(user.id)) ?? null,
  };
}

interface WelcomeProps {
  directory: Directory;
  selection: Selection;
  hasUser: boolean;
}

/** What stands where the conversation would be. */
function Welcome({ directory: { bots, error, reload }, selection, hasUser }: WelcomeProps): ReactNode {
  const t = useTexts(sandboxTexts);
  if (!bots && error && !error.isTransient) {
    const isOff = error.status === 404;
    return (
      <EmptyState
        className={classes.card}
        icon={<WarningIcon size={30} />}
        variant="light"
        color="red"
        title={isOff ? t.errors.disabled : t.errors.title}
        description={isOff ? t.errors.disabledHint : error.message}
      >
        <EmptyState.Actions>
          <Button variant="light" onClick={reload}>
            {t.errors.retry}
          </Button>
        </EmptyState.Actions>
      </EmptyState>
    );
  }
  if (!bots) return <Loader type="dots" />;
  if (!hasUser) {
    return (
      <EmptyState
        className={classes.card}
        icon={<UserPlusIcon size={30} />}
        variant="light"
        title={t.sidebar.noUsers}
        description={t.sidebar.noUsersHint}
      />
    );
  }
  const isUnknown = selection.bot !== null;
  return (
    <EmptyState
      className={classes.card}
      icon={<BotIcon size={30} />}
      variant="light"
      title={isUnknown ? t.errors.unknownBot : t.welcome.title}
      description={isUnknown ? t.errors.unknownBotHint : t.welcome.hint}
    />
  );
}
