/**
 * Port: a feature's table of what people have asked its bots for, each row with an `id` (uuid), a `bot`, a `tg_user_id`
 * and a `created_at`, and an index by person and time. The others are SQL of one of its rows, all of them text except
 * `isDelivered`.
 */
export abstract class RequestsTable {
  abstract readonly name: string;
  abstract readonly state: string;
  /** He has got what he asked for. */
  abstract readonly isDelivered: string;
  /** The site of a link, the model of a video. */
  abstract readonly platform: string;
  abstract readonly title: string;
  /** May be null. */
  abstract readonly link: string;
  /** What the bot shows of it, and the operator can look up; null where there is no such thing. */
  abstract readonly errorRef: string;
}
