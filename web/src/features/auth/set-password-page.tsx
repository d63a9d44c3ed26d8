import { Alert, Button, PasswordInput } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { asHttpError } from '../../shared/http/http';
import { useTexts } from '../../shared/i18n/texts';
import { navigate } from '../../shared/router';
import { CardPage } from '../../shared/ui/card-page';
import { PASSWORD_LENGTH, setPassword } from './api';
import { failureText } from './failure-text';
import { authTexts } from './texts';

const PATH = '/set-password';

/** Where a one-time link from an administrator leads to: `/set-password?token=…`. */
export default function SetPasswordPage() {
  const t = useTexts(authTexts);
  const [token] = useState(() => new URLSearchParams(location.search).get('token') ?? '');
  const [isDone, setDone] = useState(false);
  useDocumentTitle(`${t.setPassword.title} · Nexus`);

  // It opens the account, so it stays neither in the address bar nor in the history.
  useEffect(() => {
    navigate(PATH, { replace: true });
  }, []);

  if (isDone) {
    return (
      <CardPage title={t.setPassword.done} hint={t.setPassword.doneHint}>
        <Button
          onClick={() => {
            navigate('/connections', { replace: true });
          }}
        >
          {t.setPassword.toSignIn}
        </Button>
      </CardPage>
    );
  }
  if (token === '') {
    return <CardPage title={t.setPassword.incomplete} hint={t.setPassword.incompleteHint} />;
  }
  return (
    <PasswordForm
      token={token}
      onDone={() => {
        setDone(true);
      }}
    />
  );
}

function PasswordForm({ token, onDone }: { token: string; onDone: () => void }) {
  const t = useTexts(authTexts);
  const [password, changePassword] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  const submit = (): void => {
    setBusy(true);
    setError(null);
    setPassword(token, password).then(onDone, (reason: unknown) => {
      const failure = asHttpError(reason);
      setBusy(false);
      setError(failure.code === 'auth.link_invalid' ? t.setPassword.expired : failureText(t, failure));
    });
  };

  return (
    <CardPage
      title={t.setPassword.title}
      hint={t.setPassword.hint}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <PasswordInput
        label={t.newPassword}
        description={t.passwordHint(PASSWORD_LENGTH.min)}
        autoComplete="new-password"
        required
        autoFocus
        minLength={PASSWORD_LENGTH.min}
        maxLength={PASSWORD_LENGTH.max}
        value={password}
        onChange={(event) => {
          changePassword(event.currentTarget.value);
        }}
      />
      {error !== null && (
        <Alert color="red" role="alert">
          {error}
        </Alert>
      )}
      <Button type="submit" loading={isBusy}>
        {t.setPassword.submit}
      </Button>
    </CardPage>
  );
}
