import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { imageSize } from 'image-size';
import { testStores, type TestStores } from '../../../../test/support/stores.js';
import { Storage } from '../../../platform/storage/storage.js';
import { png } from '../../../sandbox/testing/pictures.js';
import { PromptWriter } from './prompt-writer.js';
import { Templates } from './templates.js';
import { LlmServer, said } from './testing/llm-server.js';
import { promptsApi, type PromptsApi } from './testing/prompts-api.js';

const PRODUCT = 'A red mug of porcelain kie:after=3';
const WISHES = 'by a lake kie:429=2';
const error = (status: number, code: string) => ({ status, body: { error: { code, message: 'No' } } });

describe('PromptWriter', () => {
  let llm: LlmServer;
  let stores: TestStores;
  let world: PromptsApi;
  let templateId: string | null;

  beforeAll(async () => {
    llm = await LlmServer.start();
    stores = await testStores();
    world = await promptsApi({ stores, env: { LLM_BASE_URL: llm.url, LLM_API_KEY: 'sk-test', LLM_MODEL: 'a-model' } });
    templateId = (await world.api.app.get(Templates, { strict: false }).choose('ugc', 'x'))?.id ?? null;
  });
  afterAll(async () => {
    await world.close();
    await stores.close();
    await llm.stop();
  });
  beforeEach(() => {
    llm.answer();
  });

  const job = (fields: object = {}) => ({
    id: randomUUID(),
    kind: 'ugc' as const,
    productText: PRODUCT,
    wishes: WISHES as string | null,
    userPrompt: null as string | null,
    photoKey: 'generation/photos/1/none.jpg',
    templateId,
    ...fields,
  });
  const write = (fields: object = {}, maxChars = 10_000, by = world) => {
    const writer = by.api.app.get(PromptWriter, { strict: false });
    return writer.write(job(fields), { maxChars, signal: new AbortController().signal });
  };

  it('takes what the LLM has written', async () => {
    expect(await write()).toEqual({ text: expect.stringContaining('red mug') as string, by: 'llm', note: null });
    const { model, messages } = llm.asked[0]!;
    expect(model).toBe('a-model');
    expect(messages[0].content).toContain('vertical 9:16');
    expect(messages[0].content).not.toContain(PRODUCT);
    const text = `<product>\n${PRODUCT}\n</product>\n\n<wishes>\n${WISHES}\n</wishes>`;
    expect(messages[1].content).toEqual([{ type: 'text', text }]);
  });

  it('takes a person’s own prompt as it is, and asks nobody', async () => {
    const own = { kind: 'own', userPrompt: ' A mug that sings \0', templateId: null };
    expect(await write(own)).toEqual({ text: 'A mug that sings', by: 'own', note: null });
    expect(llm.asked).toEqual([]);
  });

  it('keeps whole words within what the model takes, whoever has written them', async () => {
    llm.answer(said(`${'word '.repeat(40)}end`));
    expect((await write({}, 103)).text).toBe('word '.repeat(20).trim());
    llm.answer(error(401, 'invalid_api_key'));
    expect((await write({}, 100)).text.length).toBeLessThanOrEqual(100);
    expect((await write({ kind: 'own', userPrompt: 'one two three' }, 9)).text).toBe('one two');
  });

  it.each([
    ['an error of theirs', error(503, 'overloaded')],
    ['too many questions', error(429, 'rate_limit_exceeded')],
    ['an empty answer', said('')],
  ])('asks once more after %s', async (_, failure) => {
    llm.answer(failure);
    expect(await write()).toMatchObject({ by: 'llm', note: null });
    expect(llm.asked).toHaveLength(2);
    llm.answer(failure, failure);
    expect(await write()).toMatchObject({ by: 'template' });
    expect(llm.asked).toHaveLength(2);
  });

  it.each([
    ['a wrong key', error(401, 'invalid_api_key'), /^config: /],
    ['no money', error(429, 'insufficient_quota'), /^billing: /],
    ['an apology', said('I’m sorry, but I can\0’t help with that.'), /^refused: .*can’t/],
  ])('fills in the template after %s, and asks no more', async (_, failure, note) => {
    llm.answer(failure);
    const written = await write();
    expect(written).toMatchObject({ by: 'template', note: expect.stringMatching(note) as string });
    expect(written.note).not.toContain('sk-test');
    expect(llm.asked).toHaveLength(1);
    for (const words of [PRODUCT, WISHES, 'ertical 9:16']) expect(written.text).toContain(words);
    expect(written.text).not.toMatch(/\{\{|\}\}/);
  });

  it('says nothing of wishes that nobody has', async () => {
    llm.answer(error(401, 'invalid_api_key'));
    expect((await write({ wishes: null })).text).not.toContain('customer wishes');
  });

  it('goes on with the words alone when there is no template', async () => {
    expect(await write({ templateId: null })).toMatchObject({ text: `${PRODUCT}\n${WISHES}`, by: 'template' });
    expect(await write({ templateId: null, wishes: null })).toMatchObject({ text: PRODUCT });
  });

  it('goes on without an LLM', async () => {
    const without = await promptsApi({ stores });
    try {
      const written = await write({}, 10_000, without);
      expect(written).toMatchObject({ by: 'template', note: expect.stringContaining('not_configured') as string });
      expect(written.text).toContain(PRODUCT);
    } finally {
      await without.close();
    }
  });

  it('ends with its process', async () => {
    llm.answer('silence');
    const stop = new AbortController();
    const reason = new Error('The process ends');
    const writing = world.api.app
      .get(PromptWriter, { strict: false })
      .write(job(), { maxChars: 100, signal: stop.signal });
    await vi.waitFor(() => expect(llm.asked).toHaveLength(1));
    stop.abort(reason);
    await expect(writing).rejects.toBe(reason);
  });

  describe('with a photo', () => {
    const photo = async (fields: { width?: number; sizeBytes?: number; content?: Buffer; isThere?: boolean }) => {
      const { width = 1_280, sizeBytes = 7, content = Buffer.from('a photo'), isThere = true } = fields;
      const key = `generation/photos/1/${randomUUID()}.png`;
      await world.database.query(
        `INSERT INTO generation_photos (key, tg_user_id, content_type, size_bytes, width, height)
         VALUES ($1, 1, 'image/png', $2, $3, 100)`,
        [key, sizeBytes, width],
      );
      const folder = mkdtempSync(join(tmpdir(), 'nexus-photo-'));
      writeFileSync(join(folder, 'photo'), content);
      if (isThere) await world.api.app.get(Storage).adopt(key, join(folder, 'photo'));
      rmSync(folder, { recursive: true });
      return key;
    };
    const images = () => llm.asked[0]?.messages[1].content.filter(({ type }) => type === 'image_url');

    it('shows it', async () => {
      await write({ photoKey: await photo({}) });
      const url = `data:image/png;base64,${Buffer.from('a photo').toString('base64')}`;
      expect(images()).toEqual([{ type: 'image_url', image_url: { url } }]);
    });

    it.each([
      ['many pixels', { width: 1_281 }],
      ['many bytes', { sizeBytes: 2_000_000 }],
    ])('shows a small picture of one that has %s', async (_, fields) => {
      await write({ photoKey: await photo({ ...fields, content: png(1_600, 400) }) });
      const [image] = images() ?? [];
      const [head, data = ''] = image?.image_url?.url.split(',') ?? [];
      expect(head).toBe('data:image/jpeg;base64');
      expect(imageSize(Buffer.from(data, 'base64'))).toMatchObject({ type: 'jpg', width: 1_024, height: 256 });
    });

    it.each([
      ['cannot be read', { width: 1_281 }],
      ['is gone', { isThere: false }],
      ['was large, and is gone', { width: 1_281, isThere: false }],
    ])('goes on without one that %s', async (_, fields) => {
      expect(await write({ photoKey: await photo(fields) })).toMatchObject({ by: 'llm' });
      expect(images()).toEqual([]);
    });
  });
});
