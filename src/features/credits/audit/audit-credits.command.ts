import type { INestApplicationContext } from '@nestjs/common';
import type { Problem } from './audit-report.js';
import { CreditAudits } from './credit-audits.js';

/** `credits audit` of the shell. Not well: the books do not add up. */
export const auditCredits = {
  summary: 'Prove that the credits add up; the service may run meanwhile',
  run: async (app: INestApplicationContext, say: (line: string) => void): Promise<boolean> => {
    const { ok, checkedAt, checked, problems } = await app.get(CreditAudits, { strict: false }).run();
    const { accounts, entries, holds, jobs } = checked;
    say(
      `The books of ${checkedAt.toISOString()}: ${accounts} accounts, ${entries} entries, ${holds} holds, ${jobs} jobs`,
    );
    for (const problem of problems) say(inWords(problem));
    say(ok ? 'They add up' : `They do not add up: ${problems.length} problems`);
    return ok;
  },
};

function inWords({ code, subject, expected, actual }: Problem): string {
  return `${code} ${subject}: expected ${expected ?? 'nothing'}, found ${actual ?? 'nothing'}`;
}
