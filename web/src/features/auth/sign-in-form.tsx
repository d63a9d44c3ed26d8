import { Alert, Button, Center, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { HttpError, requestJson } from '../../shared/http/http';
import { startSession } from '../../shared/http/session';
import { useTexts } from '../../shared/i18n/texts';
import { Preferences } from '../../shared/ui/preferences';
import { authTexts } from './texts';

export function SignInForm() {
  const t = useTexts(authTexts);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  const signIn = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      startSession(await logIn(email, password));
    } catch (reason) {
      setBusy(false);
      if (!(reason instanceof HttpError)) throw reason;
      setError(reason.status === 401 ? t.wrong : reason.status === 429 ? t.tooMany : t.failed(reason.message));
    }
  };

  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void signIn();
  };

  return (
    <Center component="main" mih="100dvh" p="md">
      <Paper component="form" onSubmit={submit} p="xl" radius="lg" shadow="md" w="100%" maw={400}>
        <Stack>
          <div>
            <Title order={1} size="h3">
              {t.title}
            </Title>
            <Text size="sm" c="dimmed" mt={4}>
              {t.hint}
            </Text>
          </div>
          <TextInput
            label={t.email}
            type="email"
            autoComplete="username"
            required
            data-autofocus
            autoFocus
            value={email}
            onChange={(event) => {
              setEmail(event.currentTarget.value);
            }}
          />
          <PasswordInput
            label={t.password}
            autoComplete="current-password"
            required
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
          <Button type="submit" loading={isBusy}>
            {t.submit}
          </Button>
          <Preferences />
        </Stack>
      </Paper>
    </Center>
  );
}

async function logIn(email: string, password: string): Promise<string> {
  const answer = await requestJson<{ accessToken: string }>('/api/v1/auth/login', {
    method: 'POST',
    json: { email, password },
    anonymous: true,
  });
  return answer.accessToken;
}
