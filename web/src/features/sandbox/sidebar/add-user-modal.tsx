import { asHttpError } from '../../../shared/http/http';
import { Alert, Button, Modal, Select, Stack, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useLanguage } from '../../../shared/i18n/language';
import { useTexts } from '../../../shared/i18n/texts';
import { createUser, type SandboxUser } from '../api';
import { sandboxTexts } from '../texts';
import type { SandboxTexts } from '../texts.en';

interface AddUserModalProps {
  isOpen: boolean;
  onClose: () => void;
  onAdded: (user: SandboxUser) => void;
}

export function AddUserModal({ isOpen, onClose, onAdded }: AddUserModalProps) {
  const t = useTexts(sandboxTexts);
  return (
    <Modal opened={isOpen} onClose={onClose} title={t.userForm.title} size="sm">
      <UserForm onAdded={onAdded} />
    </Modal>
  );
}

type LanguageCode = keyof SandboxTexts['userForm']['languages'];

const LANGUAGE_CODES: LanguageCode[] = ['en', 'ru', 'uk', 'de', 'es', 'fr'];

function UserForm({ onAdded }: Pick<AddUserModalProps, 'onAdded'>) {
  const t = useTexts(sandboxTexts);
  const [firstName, setFirstName] = useState('');
  const [username, setUsername] = useState('');
  const [languageCode, setLanguageCode] = useState<LanguageCode>(useLanguage().language);
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  const add = (event: SubmitEvent): void => {
    event.preventDefault();
    setBusy(true);
    const nick = username.trim().replace(/^@/, '');
    createUser({ firstName: firstName.trim(), languageCode, ...(nick === '' ? {} : { username: nick }) }).then(
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
        label={t.userForm.firstName}
        required
        data-autofocus
        maxLength={64}
        value={firstName}
        onChange={(event) => {
          setFirstName(event.currentTarget.value);
        }}
      />
      <TextInput
        label={t.userForm.username}
        placeholder={t.userForm.usernameHint}
        pattern="@?[A-Za-z][A-Za-z0-9_]{3,31}"
        value={username}
        onChange={(event) => {
          setUsername(event.currentTarget.value);
        }}
      />
      <Select
        label={t.userForm.language}
        allowDeselect={false}
        data={LANGUAGE_CODES.map((value) => ({ value, label: t.userForm.languages[value] }))}
        value={languageCode}
        onChange={(value) => {
          if (value) setLanguageCode(value);
        }}
      />
      {error !== null && (
        <Alert color="red" role="alert">
          {error}
        </Alert>
      )}
      <Button type="submit" mt="xs" loading={isBusy} disabled={firstName.trim() === ''}>
        {t.userForm.submit}
      </Button>
    </Stack>
  );
}
