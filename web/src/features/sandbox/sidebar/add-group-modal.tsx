import { asHttpError } from '../../../shared/http/http';
import { Alert, Button, Checkbox, Modal, Stack, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useTexts } from '../../../shared/i18n/texts';
import { createGroup, type SandboxBot, type SandboxGroup, type SandboxUser } from '../api';
import { sandboxTexts } from '../texts';

interface GroupFormProps {
  bots: readonly SandboxBot[];
  users: readonly SandboxUser[];
  /** Who is in the group from the start. */
  user: SandboxUser | null;
  onAdded: (group: SandboxGroup) => void;
}

interface AddGroupModalProps extends GroupFormProps {
  isOpen: boolean;
  onClose: () => void;
}

export function AddGroupModal({ isOpen, onClose, ...form }: AddGroupModalProps) {
  const t = useTexts(sandboxTexts);
  return (
    <Modal opened={isOpen} onClose={onClose} title={t.groupForm.title} size="sm">
      <GroupForm {...form} />
    </Modal>
  );
}

function GroupForm({ bots, users, user, onAdded }: GroupFormProps) {
  const t = useTexts(sandboxTexts);
  const [title, setTitle] = useState('');
  const [userIds, setUserIds] = useState<string[]>(user ? [String(user.id)] : []);
  const [botIds, setBotIds] = useState<string[]>([]);
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  const add = (event: SubmitEvent): void => {
    event.preventDefault();
    setBusy(true);
    createGroup({ title: title.trim(), userIds: userIds.map(Number), botIds: botIds.map(Number) }).then(
      onAdded,
      (reason: unknown) => {
        setBusy(false);
        setError(t.errors.failed(asHttpError(reason).message));
      },
    );
  };

  return (
    <Stack component="form" onSubmit={add} gap="sm">
      <TextInput
        label={t.groupForm.name}
        required
        data-autofocus
        maxLength={128}
        value={title}
        onChange={(event) => {
          setTitle(event.currentTarget.value);
        }}
      />
      <Checkbox.Group label={t.groupForm.people} value={userIds} onChange={setUserIds}>
        <Stack gap="xs" mt="xs">
          {users.map(({ id, firstName }) => (
            <Checkbox key={id} value={String(id)} label={firstName} />
          ))}
        </Stack>
      </Checkbox.Group>
      <Checkbox.Group label={t.groupForm.bots} value={botIds} onChange={setBotIds}>
        <Stack gap="xs" mt="xs">
          {bots.map(({ id, name }) => (
            <Checkbox key={id} value={String(id)} label={name} />
          ))}
        </Stack>
      </Checkbox.Group>
      {error !== null && (
        <Alert color="red" role="alert">
          {error}
        </Alert>
      )}
      <Button
        type="submit"
        mt="xs"
        loading={isBusy}
        disabled={title.trim() === '' || userIds.length === 0 || botIds.length === 0}
      >
        {t.groupForm.submit}
      </Button>
    </Stack>
  );
}
