import { ok } from '../answer.js';
import { type IdentityRules } from '../oauth/identity.js';
import { queryOf, tokenOfHeader } from '../oauth/parameters.js';
import { accountOf } from './accounts.js';
import { INSUFFICIENT_SCOPES, missingParameter, UNAUTHENTICATED } from './errors.js';

const SCOPE = 'https://www.googleapis.com/auth/';

/** `about.get`. It answers all its fields, whichever are asked for. */
export const ABOUT: IdentityRules = {
  tokenOf: (request) => tokenOfHeader(request, 'Bearer'),
  needs: {
    oneOf: ['drive', 'drive.file', 'drive.readonly', 'drive.metadata', 'drive.metadata.readonly'].map(
      (name) => SCOPE + name,
    ),
    lacking: INSUFFICIENT_SCOPES,
  },
  refused: () => UNAUTHENTICATED,
  answer: ({ accountId }, request) => {
    if (!queryOf(request).get('fields')) return missingParameter('fields');
    const account = accountOf(accountId);
    return ok({
      kind: 'drive#about',
      user: {
        kind: 'drive#user',
        displayName: account?.name,
        me: true,
        permissionId: `permission-${accountId}`,
        emailAddress: account?.email,
      },
      storageQuota: { limit: '16106127360', usage: '4294967296', usageInDrive: '3221225472', usageInDriveTrash: '0' },
    });
  },
};
