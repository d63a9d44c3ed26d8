import type { Inspection } from './inspection.js';

/** Balances are what the lines of the account add up to. */
const BALANCES = `
  SELECT side.code, 'account:' || account.id AS subject,
         to_jsonb(side.expected) AS expected, to_jsonb(side.actual) AS actual
  FROM credit_accounts AS account
  LEFT JOIN (
    SELECT account_id, sum(available_delta) AS available, sum(held_delta) AS held FROM credit_entries GROUP BY account_id
  ) AS total ON total.account_id = account.id
  CROSS JOIN LATERAL (VALUES
    ('available_differs', COALESCE(total.available, 0), account.available),
    ('held_differs', COALESCE(total.held, 0), account.held)
  ) AS side (code, expected, actual)
  WHERE side.expected <> side.actual LIMIT $1`;

export async function checkAccounts(inspection: Inspection): Promise<void> {
  await inspection.find(BALANCES, []);
}
