import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { testStores, type TestStores } from '../../../../test/support/stores.js';
import { readTemplates, SHIPPED_TEMPLATES } from './template-files.js';
import { Templates } from './templates.js';
import { TemplatesRepository } from './templates.repository.js';
import { TemplatesSync } from './templates-sync.js';
import { promptsApi, type PromptsApi } from './testing/prompts-api.js';

describe('the templates that come with Nexus', () => {
  it('are well-formed, and there is one of each kind', async () => {
    const templates = await readTemplates(SHIPPED_TEMPLATES);
    expect([...new Set(templates.map(({ kind }) => kind))].sort()).toEqual(['ad', 'ugc']);
  });
});

describe('templates of files', () => {
  let stores: TestStores;
  let world: PromptsApi;
  let folder: string;

  beforeAll(async () => {
    stores = await testStores();
    world = await promptsApi({ stores });
  });
  afterAll(async () => {
    await world.close();
    await stores.close();
  });
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'nexus-templates-'));
    await world.database.query('DELETE FROM generation_templates');
  });
  afterEach(() => {
    vi.restoreAllMocks();
    rmSync(folder, { recursive: true });
  });

  const write = (version: number, body = 'Write.') => {
    const head = `---\nname: ugc-a\nkind: ugc\nversion: ${version}\nweight: 2\n---\n`;
    writeFileSync(join(folder, 'ugc-a.md'), `${head}\n# LLM\n\n${body}\n\n# Fallback\n\n{{product}} {{wishes}}\n`);
  };
  const sync = () => new TemplatesSync(folder, new TemplatesRepository(world.database)).onModuleInit();
  const ofOperator = (version: number, isActive = true) =>
    world.database.query(
      `INSERT INTO generation_templates (name, kind, version, body, fallback, is_active, source)
       VALUES ('ugc-a', 'ugc', $1, 'His.', '{{product}} {{wishes}}', $2, 'operator')`,
      [version, isActive],
    );
  const rows = async () => {
    const all = await world.database.query<{ told: string }>(
      `SELECT concat_ws(' ', version, source, body, CASE WHEN is_active THEN 'active' END) AS told
       FROM generation_templates ORDER BY version`,
    );
    return all.map(({ told }) => told);
  };

  it('are there after a start', async () => {
    await world.close();
    world = await promptsApi({ stores });
    const names = await world.database.query('SELECT name FROM generation_templates WHERE is_active ORDER BY name');
    expect(names).toEqual([{ name: 'ad-hero' }, { name: 'ugc-friend' }]);
  });

  it('come once, however many processes start at once', async () => {
    write(1);
    await Promise.all(Array.from({ length: 6 }, sync));
    expect(await rows()).toEqual(['1 file Write. active']);
  });

  it('follow a newer version, and not an older one that comes late', async () => {
    write(2);
    await sync();
    write(3);
    await sync();
    write(1);
    await sync();
    expect(await rows()).toEqual(['1 file Write.', '2 file Write.', '3 file Write. active']);
  });

  it('leave what the operator has written since', async () => {
    await ofOperator(5);
    write(4);
    await sync();
    expect(await rows()).toEqual(['4 file Write.', '5 operator His. active']);
    write(6);
    await sync();
    expect((await rows())[2]).toBe('6 file Write. active');
  });

  it('stay off when the operator has switched their name off', async () => {
    write(1);
    await sync();
    await world.database.query('UPDATE generation_templates SET is_active = false, weight = 7');
    write(2);
    await sync();
    expect(await rows()).toEqual(['1 file Write.', '2 file Write.']);
  });

  it('say so, and change nothing, when a version is not what it was or is the operator’s', async () => {
    const errors = vi.spyOn(Logger.prototype, 'error').mockReturnValue();
    write(1);
    await sync();
    await sync();
    expect(errors).not.toHaveBeenCalled();
    write(1, 'Write otherwise.');
    await sync();
    expect(errors).toHaveBeenLastCalledWith(expect.stringContaining('has been changed, and is still version 1'));
    await ofOperator(2, false);
    write(2);
    await sync();
    expect(errors).toHaveBeenLastCalledWith(expect.stringContaining('the operator has written a version 2'));
    expect(await rows()).toEqual(['1 file Write. active', '2 operator His.']);
  });

  it('end the start when they are wrong, all of them named', async () => {
    writeFileSync(join(folder, 'a.md'), 'no front matter');
    writeFileSync(join(folder, 'b.md'), '---\nname: b\n---\n');
    await expect(sync()).rejects.toThrow(/a\.md: must begin[\s\S]*b\.md: kind must be/);
    rmSync(join(folder, 'a.md'));
    rmSync(join(folder, 'b.md'));
    await expect(sync()).rejects.toThrow('there is none in');
    expect(await rows()).toEqual([]);
  });

  it('are chosen among the active ones of the kind, the same for the same seed', async () => {
    const templates = world.api.app.get(Templates, { strict: false });
    expect(await templates.choose('ugc', 'anybody')).toBeNull();
    write(1);
    await sync();
    write(2);
    await sync();
    await world.database.query(
      `INSERT INTO generation_templates (name, kind, version, body, fallback, weight, source)
       VALUES ('ugc-b', 'ugc', 1, 'x', 'x', 2, 'file'), ('ad-b', 'ad', 1, 'x', 'x', 9, 'file')`,
    );
    const chosen = new Map<string, string>();
    for (let person = 0; person < 40; person += 1) {
      const template = await templates.choose('ugc', String(person));
      chosen.set(String(person), `${template?.name ?? ''} ${template?.version ?? ''}`);
    }
    expect([...new Set(chosen.values())].sort()).toEqual(['ugc-a 2', 'ugc-b 1']);
    for (const [seed, name] of chosen) {
      const again = await templates.choose('ugc', seed);
      expect(`${again?.name ?? ''} ${again?.version ?? ''}`).toBe(name);
    }
  });
});
