import { idRanges } from './id-ranges.js';
import type { Inspection } from './inspection.js';

/** Of a lot is left what was granted, less what holds have drawn that were not released, less what has expired. */
const REMAINDERS = `
  SELECT 'lot_differs' AS code, 'lot:' || lot.entry_id AS subject,
         to_jsonb(COALESCE(granted.available_delta, 0) - drawn.amount - expired.amount) AS expected, to_jsonb(lot.remaining) AS actual
  FROM credit_lots AS lot
  LEFT JOIN credit_entries AS granted ON granted.id = lot.entry_id
  CROSS JOIN LATERAL (
    SELECT COALESCE(sum(draw.amount), 0) AS amount
    FROM credit_lot_holds AS draw JOIN credit_entries AS hold ON hold.id = draw.hold_entry_id
    WHERE draw.lot_entry_id = lot.entry_id AND NOT EXISTS (
      SELECT FROM credit_entries AS done
      WHERE done.reference = hold.reference AND done.kind = 'release' AND done.held_delta < 0
    )
  ) AS drawn
  CROSS JOIN LATERAL (
    SELECT -COALESCE(sum(line.available_delta), 0) AS amount FROM credit_entries AS line
    WHERE line.reference = 'lot:' || lot.entry_id AND line.kind = 'expiry' AND line.account_id = lot.account_id
  ) AS expired
  WHERE lot.entry_id BETWEEN $1 AND $2 AND lot.remaining <> COALESCE(granted.available_delta, 0) - drawn.amount - expired.amount
  LIMIT $3`;

/** A lot is of the account that the grant was for, and ends when it said. */
const ENDS = `
  SELECT 'lot_end_differs' AS code, 'lot:' || lot.entry_id AS subject,
         to_jsonb(granted.expires_at) AS expected, to_jsonb(lot.expires_at) AS actual
  FROM credit_lots AS lot
  LEFT JOIN credit_entries AS granted ON granted.id = lot.entry_id AND granted.account_id = lot.account_id
  WHERE lot.entry_id BETWEEN $1 AND $2 AND granted.expires_at IS DISTINCT FROM lot.expires_at LIMIT $3`;

/** A hold has not drawn more than it holds. */
const DRAWS = `
  SELECT 'draws_differ' AS code, 'entry:' || draw.hold_entry_id AS subject,
         to_jsonb(max(hold.held_delta)) AS expected, to_jsonb(sum(draw.amount)) AS actual
  FROM credit_lot_holds AS draw LEFT JOIN credit_entries AS hold ON hold.id = draw.hold_entry_id AND hold.kind = 'hold'
  WHERE draw.hold_entry_id BETWEEN $1 AND $2
  GROUP BY draw.hold_entry_id HAVING COALESCE(max(hold.held_delta), 0) < sum(draw.amount) LIMIT $3`;

/** What is left in lots is part of what is available. */
const COVER = `
  SELECT 'lots_exceed_available' AS code, 'account:' || account.id AS subject,
         to_jsonb(account.available) AS expected, to_jsonb(total.remaining) AS actual
  FROM (SELECT account_id, sum(remaining) AS remaining FROM credit_lots WHERE remaining > 0 GROUP BY account_id) AS total
  JOIN credit_accounts AS account ON account.id = total.account_id
  WHERE total.remaining > account.available LIMIT $1`;

export async function checkLots(inspection: Inspection): Promise<void> {
  for (const range of idRanges()) {
    await inspection.find(REMAINDERS, range);
    await inspection.find(ENDS, range);
    await inspection.find(DRAWS, range);
  }
  await inspection.find(COVER, []);
}
