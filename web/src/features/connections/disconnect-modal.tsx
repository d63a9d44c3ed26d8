import { Button, Group, Modal, Text } from '@mantine/core';
import { useState } from 'react';
import { asHttpError } from '../../shared/http/http';
import { useTexts } from '../../shared/i18n/texts';
import { useToast } from '../../shared/ui/toasts';
import { type Connection, disconnect } from './api';
import { connectionsTexts } from './texts';

interface DisconnectModalProps {
  /** Null when nothing is to be asked. */
  account: Connection | null;
  onClose: () => void;
  onDone: () => void;
}

export function DisconnectModal({ account, onClose, onDone }: DisconnectModalProps) {
  const t = useTexts(connectionsTexts);
  return (
    <Modal opened={account !== null} onClose={onClose} title={account && t.disconnection.title(account.accountName)}>
      {account && <Question account={account} onClose={onClose} onDone={onDone} />}
    </Modal>
  );
}

function Question({ account, onClose, onDone }: DisconnectModalProps & { account: Connection }) {
  const t = useTexts(connectionsTexts);
  const toast = useToast();
  const [isBusy, setBusy] = useState(false);

  const confirm = (): void => {
    setBusy(true);
    disconnect(account.id).then(
      () => {
        toast(t.disconnection.done(account.accountName));
        onDone();
      },
      (reason: unknown) => {
        const { status, message } = asHttpError(reason);
        // Gone already, perhaps from another tab: what was wanted.
        if (status === 404) onDone();
        else toast(t.errors.failed(message), 'error');
        setBusy(false);
      },
    );
  };

  return (
    <>
      <Text size="sm">{t.disconnection.text(t.platforms[account.platform] ?? account.platform)}</Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" data-autofocus onClick={onClose}>
          {t.disconnection.cancel}
        </Button>
        <Button color="red" loading={isBusy} onClick={confirm}>
          {t.disconnection.submit}
        </Button>
      </Group>
    </>
  );
}
