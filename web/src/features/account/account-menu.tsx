import { ActionIcon, Menu } from '@mantine/core';
import { useState } from 'react';
import { asHttpError } from '../../shared/http/http';
import { useTexts } from '../../shared/i18n/texts';
import { CommandsIcon, DotsIcon, ExternalIcon, TrashIcon } from '../../shared/ui/icons';
import { useToast } from '../../shared/ui/toasts';
import { signOut } from '../auth/api';
import { openQueues, type Profile } from './api';
import { DeleteAccountModal } from './delete-account-modal';
import { accountTexts } from './texts';

/** What one can do with the account that is signed in. */
export function AccountMenu({ profile }: { profile: Profile }) {
  const t = useTexts(accountTexts);
  const toast = useToast();
  const [isDeleting, setDeleting] = useState(false);

  const run = (act: () => Promise<void>): void => {
    act().catch((reason: unknown) => {
      toast(t.failed(asHttpError(reason).message), 'error');
    });
  };

  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={t.menu}>
            <DotsIcon />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {profile.role === 'admin' && (
            <Menu.Item
              leftSection={<CommandsIcon size={17} />}
              onClick={() => {
                run(openQueues);
              }}
            >
              {t.queues}
            </Menu.Item>
          )}
          <Menu.Item
            leftSection={<ExternalIcon size={17} />}
            onClick={() => {
              run(signOut);
            }}
          >
            {t.signOut}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            color="red"
            leftSection={<TrashIcon size={17} />}
            onClick={() => {
              setDeleting(true);
            }}
          >
            {t.deletion.open}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <DeleteAccountModal
        email={profile.email}
        isOpen={isDeleting}
        onClose={() => {
          setDeleting(false);
        }}
      />
    </>
  );
}
