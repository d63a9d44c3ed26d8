import type { CreditsWitness, ExpectedHold } from './credits-witness.js';
import type { Inspection } from './inspection.js';

export interface Witness {
  prefix: string;
  testify: CreditsWitness;
}

const PAGE = 1_000;

// What witnesses know is more than a process should keep in mind, so the database does, until the snapshot ends.
const KNOWN = 'CREATE TEMPORARY TABLE credits_witnessed (reference text NOT NULL) ON COMMIT DROP';

const NOTE = 'INSERT INTO credits_witnessed SELECT unnest($1::text[])';

const DIFFERENCES = `
  WITH found AS (
    SELECT said.reference, said.outcome, said.amount, said."endsBy", hold.held_delta AS held,
           CASE WHEN hold.id IS NULL THEN 'none' WHEN done.id IS NULL THEN 'held'
                WHEN done.kind = 'capture' THEN 'captured' ELSE 'released' END AS actual
    FROM jsonb_to_recordset($1) AS said (reference text, outcome text, amount bigint, "endsBy" timestamptz)
    LEFT JOIN credit_entries AS hold ON hold.reference = said.reference AND hold.kind = 'hold'
    LEFT JOIN credit_entries AS done
      ON done.reference = said.reference AND done.kind IN ('capture', 'release') AND done.held_delta < 0
  )
  SELECT problem.code, found.reference AS subject, problem.expected, problem.actual
  FROM found CROSS JOIN LATERAL (VALUES
    ('outcome_differs', found.outcome <> found.actual, to_jsonb(found.outcome), to_jsonb(found.actual)),
    ('amount_differs', found.amount <> found.held, to_jsonb(found.amount), to_jsonb(found.held)),
    ('hold_overdue', found.outcome = 'held' AND found.actual = 'held' AND found."endsBy" <= $2,
      to_jsonb('ended'::text), to_jsonb('held'::text))
  ) AS problem (code, is_there, expected, actual)
  WHERE problem.is_there LIMIT $3`;

const UNKNOWN = `
  SELECT 'hold_unknown' AS code, hold.reference AS subject, NULL AS expected, to_jsonb(hold.held_delta) AS actual
  FROM credit_entries AS hold
  WHERE hold.kind = 'hold' AND starts_with(hold.reference, $1)
    AND NOT EXISTS (SELECT FROM credits_witnessed AS known WHERE known.reference = hold.reference) LIMIT $2`;

/** Holds stand as those say who asked for them. @returns of how many of their rows that is */
export async function checkWitnesses(inspection: Inspection, witnesses: readonly Witness[]): Promise<number> {
  await inspection.read(KNOWN, []);
  let jobs = 0;
  for (const { prefix, testify } of witnesses) {
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<CreditsWitness>> = await testify(after, PAGE);
      await compare(inspection, page.holds);
      jobs += page.jobs;
      after = page.next;
    } while (after !== null);
    await inspection.find(UNKNOWN, [prefix]);
  }
  return jobs;
}

async function compare(inspection: Inspection, holds: readonly ExpectedHold[]): Promise<void> {
  await inspection.read(NOTE, [holds.map(({ reference }) => reference)]);
  await inspection.find(DIFFERENCES, [JSON.stringify(holds), inspection.now]);
}
