import type { StandIns } from '../../../../platform/stand-ins/stand-ins.js';
import type { PlatformsConfig } from '../platforms.config.js';
import { type Door, openDoor } from '../protocol/door.js';

export type GoogleDoor = Door<'api' | 'authorize' | 'token'>;

export function googleDoor(config: PlatformsConfig, { google }: StandIns): GoogleDoor {
  return openDoor({
    app: { clientId: config.googleClientId, clientSecret: config.googleClientSecret },
    configured: { api: config.googleApiRoot, authorize: config.googleAuthUrl, token: config.googleTokenUrl },
    real: {
      api: 'https://www.googleapis.com',
      authorize: 'https://accounts.google.com/o/oauth2/v2/auth',
      token: 'https://oauth2.googleapis.com/token',
    },
    standIn:
      google === undefined
        ? undefined
        : { api: google, authorize: `${google}/o/oauth2/v2/auth`, token: `${google}/token` },
    needs: 'Set GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET',
  });
}
