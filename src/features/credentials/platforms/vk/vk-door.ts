import type { StandIns } from '../../../../platform/stand-ins/stand-ins.js';
import type { PlatformsConfig } from '../platforms.config.js';
import { type Door, openDoor } from '../protocol/door.js';

export type VkDoor = Door<'api' | 'oauth'>;

/** VK ID wants no secret of an application: PKCE stands in for it. */
export function vkDoor(config: PlatformsConfig, { vk }: StandIns): VkDoor {
  return openDoor({
    app: { clientId: config.vkClientId, clientSecret: '' },
    configured: { api: config.vkApiRoot, oauth: config.vkOAuthRoot },
    real: { api: 'https://api.vk.com', oauth: 'https://id.vk.com' },
    standIn: vk === undefined ? undefined : { api: vk, oauth: vk },
    needs: 'Set VK_CLIENT_ID',
  });
}
