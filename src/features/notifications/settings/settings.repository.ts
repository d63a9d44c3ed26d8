import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { NotificationEvent } from '../notification-events.js';
import { NotificationSettings } from '../notification-settings.entity.js';

interface MuteChanges {
  mute: NotificationEvent[];
  unmute: NotificationEvent[];
}

@Injectable()
export class SettingsRepository {
  constructor(private readonly database: Database) {}

  async mutedBy(owner: string): Promise<NotificationEvent[]> {
    const settings = await this.database.owned(NotificationSettings).findOne(owner);
    return settings?.muted ?? [];
  }

  /** One statement, so that two changes at once both stay. */
  async change(owner: string, { mute, unmute }: MuteChanges): Promise<void> {
    await this.database.query(
      `INSERT INTO notification_settings AS known (user_id, muted) VALUES ($1, $2)
       ON CONFLICT (user_id) DO UPDATE SET muted = ARRAY(
         SELECT unnest(known.muted) EXCEPT SELECT unnest($3::text[]) UNION SELECT unnest(EXCLUDED.muted)
       )`,
      [owner, mute, unmute],
    );
  }
}
