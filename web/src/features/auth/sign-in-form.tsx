import { Alert, Anchor, Button, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { asHttpError } from '../../shared/http/http';
import { useTexts } from '../../shared/i18n/texts';
import { CardPage } from '../../shared/ui/card-page';
import { PASSWORD_LENGTH, register, signIn } from './api';
import { failureText } from './failure-text';
import { authTexts } from './texts';

interface SignInFormProps {
  hint: string;
  /** Whether it also offers to make an account. */
  canRegister?: boolean;
}

export function SignInForm({ hint, canRegister = false }: SignInFormProps) {
  const t = useTexts(authTexts);
  const [isNew, setNew] = useState(false);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  const submit = (): void => {
    setBusy(true);
    setError(null);
    (isNew ? register : signIn)({ email: email.trim(), password }).catch((reason: unknown) => {
      const failure = asHttpError(reason);
      // A password too short to be anybody's is just a wrong one, where there should be one already.
      const isWrong = !isNew && failure.code === 'request.invalid';
      setBusy(false);
      setError(isWrong ? t.wrong : failureText(t, failure));
    });
  };

  return (
    <CardPage
      title={isNew ? t.register.title : t.signIn.title}
      hint={isNew ? t.register.hint : hint}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
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
        description={isNew ? t.passwordHint(PASSWORD_LENGTH.min) : undefined}
        autoComplete={isNew ? 'new-password' : 'current-password'}
        required
        minLength={isNew ? PASSWORD_LENGTH.min : undefined}
        maxLength={PASSWORD_LENGTH.max}
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
        {isNew ? t.register.submit : t.signIn.submit}
      </Button>
      {canRegister && (
        <Anchor
          component="button"
          type="button"
          size="sm"
          ta="center"
          onClick={() => {
            setNew(!isNew);
            setError(null);
          }}
        >
          {isNew ? t.register.toSignIn : t.signIn.toRegister}
        </Anchor>
      )}
    </CardPage>
  );
}
