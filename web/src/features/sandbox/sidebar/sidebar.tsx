import { ActionIcon, Alert, EmptyState, ScrollArea, Skeleton, Stack, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTexts } from '../../../shared/i18n/texts';
import { BotIcon, GroupIcon, PlusIcon } from '../../../shared/ui/icons';
import { Preferences } from '../../../shared/ui/preferences';
import type { SandboxBot, SandboxGroup, SandboxUser } from '../api';
import { sandboxTexts } from '../texts';
import type { Directory } from '../use-directory';
import { AddGroupModal } from './add-group-modal';
import { AddUserModal } from './add-user-modal';
import { ChatRow } from './chat-row';
import classes from './sidebar.module.css';
import { UserMenu } from './user-menu';

interface SidebarProps {
  directory: Directory;
  bot: SandboxBot | null;
  group: SandboxGroup | null;
  user: SandboxUser | null;
  onSelectBot: (bot: SandboxBot) => void;
  onSelectGroup: (group: SandboxGroup) => void;
  onSelectUser: (user: SandboxUser) => void;
}

export function Sidebar({ directory, bot, group, user, onSelectBot, onSelectGroup, onSelectUser }: SidebarProps) {
  const t = useTexts(sandboxTexts);
  const { bots, users, groups, error, reloadUsers, reloadGroups } = directory;
  const [isAddingUser, addingUser] = useDisclosure(false);
  const [isAddingGroup, addingGroup] = useDisclosure(false);
  const ownGroups = groups.filter(({ userIds }) => user !== null && userIds.includes(user.id));

  return (
    <nav className={classes.sidebar} aria-label={t.sidebar.label}>
      <header className={classes.head}>
        <img src="/favicon.svg" alt="" width={34} height={34} />
        <div>
          <div className={classes.title}>Nexus · {t.title}</div>
          <div className={classes.subtitle}>{t.subtitle}</div>
        </div>
      </header>
      <div className={classes.user}>
        <UserMenu users={users} current={user} onSelect={onSelectUser} onAdd={addingUser.open} />
      </div>
      <ScrollArea className={classes.chats} type="scroll">
        <Section title={t.sidebar.bots}>
          {bots?.map((each) => (
            <ChatRow
              key={each.id}
              id={each.id}
              name={each.name}
              detail={`@${each.username}`}
              sign={<ModeSign mode={each.mode} />}
              isSelected={!group && each.id === bot?.id}
              onSelect={() => {
                onSelectBot(each);
              }}
            />
          ))}
        </Section>
        {!bots && error && !error.isTransient && (
          <Alert color="red" m="sm" title={t.errors.title}>
            {error.message}
          </Alert>
        )}
        {!bots && (error?.isTransient ?? true) && (
          <Stack gap="xs" px="md" py="xs">
            {[1, 2, 3].map((row) => (
              <Skeleton key={row} height={50} radius="md" />
            ))}
          </Stack>
        )}
        {bots?.length === 0 && (
          <EmptyState
            size="sm"
            p="md"
            icon={<BotIcon size={28} />}
            title={t.sidebar.noBots}
            description={t.sidebar.noBotsHint}
          />
        )}
        {bots && bots.length > 0 && users.length > 0 && (
          <Section
            title={t.sidebar.groups}
            action={
              <Tooltip label={t.sidebar.addGroup}>
                <ActionIcon size={28} aria-label={t.sidebar.addGroup} onClick={addingGroup.open}>
                  <PlusIcon size={17} />
                </ActionIcon>
              </Tooltip>
            }
          >
            {ownGroups.map((each) => (
              <ChatRow
                key={each.id}
                id={each.id}
                name={each.title}
                detail={namesOf(each, bots)}
                icon={<GroupIcon size={24} />}
                isSelected={each.id === group?.id}
                onSelect={() => {
                  onSelectGroup(each);
                }}
              />
            ))}
          </Section>
        )}
      </ScrollArea>
      <div className={classes.foot}>
        <Preferences />
      </div>
      <AddUserModal
        isOpen={isAddingUser}
        onClose={addingUser.close}
        onAdded={(added) => {
          addingUser.close();
          reloadUsers();
          onSelectUser(added);
        }}
      />
      <AddGroupModal
        isOpen={isAddingGroup}
        onClose={addingGroup.close}
        bots={bots ?? []}
        users={users}
        user={user}
        onAdded={(added) => {
          addingGroup.close();
          reloadGroups();
          onSelectGroup(added);
        }}
      />
    </nav>
  );
}

const namesOf = ({ botIds }: SandboxGroup, bots: readonly SandboxBot[]): string =>
  bots
    .filter(({ id }) => botIds.includes(id))
    .map(({ name }) => name)
    .join(', ');

function Section({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  return (
    <section className={classes.section}>
      <div className={classes.sectionHead}>
        <h2 className={classes.sectionTitle}>{title}</h2>
        {action}
      </div>
      <ul className={classes.list}>{children}</ul>
    </section>
  );
}

function ModeSign({ mode }: { mode: SandboxBot['mode'] }) {
  const t = useTexts(sandboxTexts);
  return (
    <Tooltip label={t.sidebar.mode[mode]}>
      <span className={classes.mode} data-mode={mode} role="img" aria-label={t.sidebar.mode[mode]} />
    </Tooltip>
  );
}
