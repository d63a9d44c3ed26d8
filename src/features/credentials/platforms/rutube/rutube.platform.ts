import type { Identity, Platform } from '../platform.js';

/** Its accounts are kept for whoever will upload by other means than an API. */
export class RutubePlatform implements Platform {
  readonly name = 'rutube';
  readonly oauth = null;
  readonly uncheckable = 'Rutube has no public API that could be asked';
  readonly forms = [
    {
      name: 'password',
      fields: [
        { name: 'login', required: true, description: 'E-mail or phone that you sign in with' },
        { name: 'password', required: true, description: 'Password of that account' },
      ],
    },
  ];

  grant(): null {
    return null;
  }

  identify(): Promise<Identity> {
    return Promise.reject(new Error(this.uncheckable));
  }
}
