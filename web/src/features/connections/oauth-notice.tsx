import { Alert } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTexts } from '../../shared/i18n/texts';
import { navigate, usePath } from '../../shared/router';
import { CheckIcon, WarningIcon } from '../../shared/ui/icons';
import { oauthResultOf } from './oauth-result';
import { connectionsTexts } from './texts';

/** Says once what came of the visit to a consent page, and takes it out of the address, so that a reload does not. */
export function OAuthNotice() {
  const t = useTexts(connectionsTexts);
  const path = usePath();
  const [result, setResult] = useState(() => oauthResultOf(location.search));

  useEffect(() => {
    navigate(path, { replace: true });
  }, [path]);

  if (!result) return null;
  const { platform, reason } = result;
  const name = platform === null ? t.oauth.platformUnknown : (t.platforms[platform] ?? t.oauth.platformUnknown);
  const isError = reason !== null;
  return (
    <Alert
      role="status"
      color={isError ? 'red' : 'green'}
      icon={isError ? <WarningIcon /> : <CheckIcon />}
      title={isError ? t.oauth.error(name) : t.oauth.success(name)}
      withCloseButton
      closeButtonLabel={t.oauth.close}
      onClose={() => {
        setResult(null);
      }}
    >
      {isError && t.oauth.reasons[reason]}
    </Alert>
  );
}
