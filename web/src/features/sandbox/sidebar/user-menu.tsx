import { Menu, UnstyledButton } from '@mantine/core';
import { useTexts } from '../../../shared/i18n/texts';
import { Avatar } from '../../../shared/ui/avatar';
import { CheckIcon, ChevronIcon, UserPlusIcon } from '../../../shared/ui/icons';
import type { SandboxUser } from '../api';
import { sandboxTexts } from '../texts';
import classes from './user-menu.module.css';

interface UserMenuProps {
  users: readonly SandboxUser[];
  current: SandboxUser | null;
  onSelect: (user: SandboxUser) => void;
  onAdd: () => void;
}

const detailOf = ({ username, languageCode }: SandboxUser): string =>
  [username ? `@${username}` : '', languageCode].filter(Boolean).join(' · ');

/** Whose messages these are: the test users, and a way to more of them. */
export function UserMenu({ users, current, onSelect, onAdd }: UserMenuProps) {
  const t = useTexts(sandboxTexts);
  return (
    <Menu width="target" position="bottom" shadow="lg">
      <Menu.Target>
        <UnstyledButton className={classes.target} aria-label={`${t.sidebar.you}: ${current?.firstName ?? '–'}`}>
          {current && <Avatar id={current.id} name={current.firstName} size={36} />}
          <span className={classes.words}>
            <span className={classes.hint}>{t.sidebar.you}</span>
            <span className={classes.name}>{current?.firstName ?? t.sidebar.chooseUser}</span>
          </span>
          <ChevronIcon size={18} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown className={classes.dropdown}>
        {users.map((user) => (
          <Menu.Item
            key={user.id}
            leftSection={<Avatar id={user.id} name={user.firstName} size={30} />}
            rightSection={user.id === current?.id && <CheckIcon size={16} />}
            onClick={() => {
              onSelect(user);
            }}
          >
            <span className={classes.itemName}>{user.firstName}</span>
            <span className={classes.hint}>{detailOf(user)}</span>
          </Menu.Item>
        ))}
        {users.length > 0 && <Menu.Divider />}
        <Menu.Item leftSection={<UserPlusIcon size={20} />} onClick={onAdd}>
          {t.sidebar.addUser}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
