import type { Inspection } from './inspection.js';

/** Lines that one statement looks at. They lie together on the disk. */
const PAGE = 20_000;

const BORDERS = `SELECT COALESCE(min(seq), 1)::float8 AS first, COALESCE(max(seq), 0)::float8 AS last FROM credit_entries`;

// What is looked up for single lines is in LATERAL with a LIMIT: a plan that read the whole table for each page would be
// the better one for a page alone.

/** Each line goes on from the one before it on the account, the first of an account from nothing. */
const RUNNING = `
  WITH line AS (
    SELECT id, account_id, seq, available_delta, held_delta, available_after, held_after, row_number() OVER book AS place,
           lag(available_after) OVER book AS available_before, lag(held_after) OVER book AS held_before
    FROM credit_entries WHERE seq BETWEEN $1 AND $2
    WINDOW book AS (PARTITION BY account_id ORDER BY seq)
  )
  SELECT side.code, 'entry:' || line.id AS subject, to_jsonb(side.expected) AS expected, to_jsonb(side.actual) AS actual
  FROM line
  LEFT JOIN LATERAL (
    SELECT available_after, held_after FROM credit_entries
    WHERE line.place = 1 AND account_id = line.account_id AND seq < line.seq ORDER BY seq DESC LIMIT 1
  ) AS earlier ON true
  CROSS JOIN LATERAL (VALUES
    ('running_available_differs',
      COALESCE(available_before, earlier.available_after, 0) + available_delta, line.available_after),
    ('running_held_differs', COALESCE(held_before, earlier.held_after, 0) + held_delta, line.held_after)
  ) AS side (code, expected, actual)
  WHERE side.expected <> side.actual LIMIT $3`;

/** What one account loses another gets. Legs on other pages are asked for only when those on this one do not sum to zero. */
const SUMS = `
  SELECT 'transaction_unbalanced' AS code, 'transaction:' || page.transaction_id AS subject,
         to_jsonb(0) AS expected, to_jsonb(whole.delta) AS actual
  FROM (
    SELECT transaction_id FROM credit_entries WHERE seq BETWEEN $1 AND $2
    GROUP BY transaction_id HAVING sum(available_delta + held_delta) <> 0
  ) AS page
  CROSS JOIN LATERAL (
    SELECT sum(available_delta + held_delta) AS delta FROM credit_entries WHERE transaction_id = page.transaction_id LIMIT 1
  ) AS whole
  WHERE whole.delta <> 0 LIMIT $3`;

/** What a kind of line does, and on which accounts. */
const SHAPES = `
  SELECT 'line_misplaced' AS code, 'entry:' || line.id AS subject, to_jsonb(line.kind) AS expected,
         to_jsonb(CASE WHEN account.owner_kind = 'system' THEN account.owner_id ELSE 'person' END) AS actual
  FROM credit_entries AS line JOIN credit_accounts AS account ON account.id = line.account_id
  WHERE line.seq BETWEEN $1 AND $2 AND NOT CASE
    WHEN account.owner_kind <> 'system' THEN CASE line.kind
      WHEN 'hold' THEN line.held_delta > 0 AND line.available_delta = -line.held_delta
      WHEN 'release' THEN line.held_delta < 0 AND line.available_delta = -line.held_delta
      WHEN 'capture' THEN line.held_delta < 0 AND line.available_delta = 0
      WHEN 'expiry' THEN line.held_delta = 0 AND line.available_delta < 0
      WHEN 'adjustment' THEN line.held_delta = 0
      ELSE line.held_delta = 0 AND line.available_delta > 0
    END
    WHEN line.held_delta <> 0 THEN false
    WHEN account.owner_id = 'issued' THEN line.kind IN ('grant', 'purchase', 'adjustment')
    WHEN account.owner_id = 'spent' THEN line.kind IN ('capture', 'refund')
    ELSE line.kind = 'expiry'
  END LIMIT $3`;

/** A hold ends with what was held, on the same account. */
const ENDS = `
  SELECT CASE WHEN hold.held_delta IS NULL THEN 'end_without_hold' ELSE 'end_differs' END AS code,
         COALESCE(done.reference, 'entry:' || done.id) AS subject,
         to_jsonb(hold.held_delta) AS expected, to_jsonb(-done.held_delta) AS actual
  FROM credit_entries AS done
  LEFT JOIN LATERAL (
    SELECT held_delta FROM credit_entries
    WHERE reference = done.reference AND kind = 'hold' AND account_id = done.account_id LIMIT 1
  ) AS hold ON true
  WHERE done.seq BETWEEN $1 AND $2 AND done.kind IN ('capture', 'release') AND done.held_delta < 0
    AND hold.held_delta IS DISTINCT FROM -done.held_delta LIMIT $3`;

/** What was captured is given back as it was, to the same account. */
const REFUNDS = `
  SELECT CASE WHEN capture.held_delta IS NULL THEN 'refund_without_capture' ELSE 'refund_differs' END AS code,
         COALESCE(refund.reference, 'entry:' || refund.id) AS subject,
         to_jsonb(-capture.held_delta) AS expected, to_jsonb(refund.available_delta) AS actual
  FROM credit_entries AS refund
  LEFT JOIN LATERAL (
    SELECT held_delta FROM credit_entries
    WHERE reference = refund.reference AND kind = 'capture' AND account_id = refund.account_id LIMIT 1
  ) AS capture ON true
  WHERE refund.seq BETWEEN $1 AND $2 AND refund.kind = 'refund' AND refund.available_delta > 0
    AND capture.held_delta IS DISTINCT FROM -refund.available_delta LIMIT $3`;

/** Each grant that expires has its lot. */
const LOTS = `
  SELECT 'lot_missing' AS code, 'entry:' || line.id AS subject, to_jsonb(line.available_delta) AS expected, NULL AS actual
  FROM credit_entries AS line
  WHERE line.seq BETWEEN $1 AND $2 AND line.expires_at IS NOT NULL
    AND NOT EXISTS (SELECT FROM credit_lots WHERE entry_id = line.id) LIMIT $3`;

export async function checkLines(inspection: Inspection): Promise<void> {
  const [borders] = await inspection.read<{ first: number; last: number }>(BORDERS, []);
  if (!borders) return;
  for (let first = borders.first; first <= borders.last; first += PAGE) {
    for (const sql of [RUNNING, SUMS, SHAPES, ENDS, REFUNDS, LOTS])
      await inspection.find(sql, [first, first + PAGE - 1]);
  }
}
