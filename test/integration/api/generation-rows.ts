import type { Nexus } from '../../../src/nexus.js';
import { makeBatch, makeJob } from '../../../src/features/generation/testing/make-job.js';
import { Database } from '../../../src/platform/database/database.js';
import { send } from './two-tenants.js';

/** Ids of something in each list of generation, by the name of the list in the path. */
export type GenerationRows = Record<'batches' | 'jobs' | 'keys' | 'templates', string>;

export async function generationRows(nexus: Nexus, admin: string): Promise<GenerationRows> {
  const database = nexus.app.get(Database);
  const batches = await makeBatch(database);
  const post = async (path: string, json: object) => {
    const response = await send(nexus, `/api/v1/generation/${path}`, { method: 'POST', token: admin, json });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return ((await response.json()) as { id: string }).id;
  };
  return {
    batches,
    jobs: await makeJob(database, { batchId: batches }),
    keys: await post('keys', { name: 'of-the-examples', account: 'examples', apiKey: 'examples' }),
    templates: await post('templates', {
      name: 'of-the-examples',
      kind: 'ugc',
      body: 'Show {{product}}. {{wishes}}',
      fallback: 'Show {{product}}. {{wishes}}',
    }),
  };
}
