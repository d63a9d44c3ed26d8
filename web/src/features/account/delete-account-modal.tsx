import { Alert, Button, Group, List, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { asHttpError, type HttpError } from '../../shared/http/http';
import { useTexts } from '../../shared/i18n/texts';
import { useToast } from '../../shared/ui/toasts';
import { deleteAccount } from './api';
import { accountTexts } from './texts';

interface DeleteAccountModalProps {
  email: string;
  isOpen: boolean;
  onClose: () => void;
}

/** Says what goes with the account, and asks for the password. */
export function DeleteAccountModal({ email, isOpen, onClose }: DeleteAccountModalProps) {
  const t = useTexts(accountTexts);
  return (
    <Modal opened={isOpen} onClose={onClose} title={t.deletion.title}>
      <DeletionForm email={email} onClose={onClose} />
    </Modal>
  );
}

function DeletionForm({ email, onClose }: Omit<DeleteAccountModalProps, 'isOpen'>) {
  const t = useTexts(accountTexts);
  const toast = useToast();
  const [password, setPassword] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  const reasonOf = ({ status, code, message }: HttpError): string => {
    if (status === 400 || status === 401) return t.deletion.wrong;
    return code === 'accounts.last_admin' ? t.deletion.lastAdmin : t.failed(message);
  };

  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    deleteAccount(password).then(
      () => {
        toast(t.deletion.done);
      },
      (reason: unknown) => {
        setBusy(false);
        setError(reasonOf(asHttpError(reason)));
      },
    );
  };

  return (
    <Stack component="form" onSubmit={submit} gap="sm">
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {t.deletion.intro(email)}
      </Text>
      <List size="sm" spacing={4} pr="md">
        {t.deletion.what.map((item) => (
          <List.Item key={item}>{item}</List.Item>
        ))}
      </List>
      <Text size="sm" c="dimmed">
        {t.deletion.rest}
      </Text>
      <PasswordInput
        label={t.deletion.password}
        autoComplete="current-password"
        required
        data-autofocus
        value={password}
        onChange={(event) => {
          setPassword(event.currentTarget.value);
        }}
      />
      {error !== null && (
        <Alert color="red" role="alert">
          {error}
        </Alert>
      )}
      <Group justify="flex-end" mt="xs">
        <Button variant="default" onClick={onClose}>
          {t.deletion.cancel}
        </Button>
        <Button type="submit" color="red" loading={isBusy}>
          {t.deletion.submit}
        </Button>
      </Group>
    </Stack>
  );
}
