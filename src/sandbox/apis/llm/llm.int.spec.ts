import { startTestSandbox, type TestSandbox } from '../../testing/test-sandbox.js';

interface Completion {
  choices: { message: { content: string | null; refusal: string | null }; finish_reason: string }[];
}

describe('the stand-in of a language model', () => {
  let test: TestSandbox;

  beforeAll(async () => {
    test = await startTestSandbox();
  });
  beforeEach(() => test.control.post('/reset'));
  afterAll(() => test.stop());

  const ask = (text: string, init: { key?: string; signal?: AbortSignal } = {}): Promise<Response> =>
    fetch(`${test.sandbox.apis.llm ?? ''}/chat/completions`, {
      method: 'POST',
      signal: init.signal,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${init.key ?? 'any'}` },
      body: JSON.stringify({
        model: 'gpt-4o-mini',
        messages: [
          { role: 'system', content: 'You write prompts.' },
          {
            role: 'user',
            content: [
              { type: 'text', text },
              { type: 'image_url', image_url: { url: `data:image/jpeg;base64,${'A'.repeat(2_000_000)}` } },
            ],
          },
        ],
      }),
    });

  const messageOf = async (response: Response) => ((await response.json()) as Completion).choices[0]?.message;

  it('writes a prompt with all that the user has said, and nothing of its orders', async () => {
    const message = await messageOf(await ask('A mug\nkie:after=3, at night'));
    expect(message?.content).toMatch(/^A vertical video .* A mug kie:after=3, at night$/);
    expect(message?.content).not.toContain('You write prompts');
  });

  it('writes down that a picture came, without the picture', async () => {
    await ask('A mug');
    const [call] = await test.control.apiCalls({ api: 'llm' });
    const { messages } = call?.body as { messages: { content: { image_url?: { url: string } }[] }[] };
    expect(messages[1]?.content[1]?.image_url?.url).toMatch(/^data:image\/jpeg;base64,A+… \(2000023 characters\)$/);
  });

  it.each([
    ['error', 500, null],
    ['429', 429, 'rate_limit_exceeded'],
    ['billing', 429, 'insufficient_quota'],
  ])('fails when it is told to: %s', async (word, status, code) => {
    const scripted = async (): Promise<Response> => {
      await test.control.scriptApi({ api: 'llm', behaviour: word, times: 1 });
      return ask('A mug');
    };
    for (const response of [await ask(`A mug llm:${word}`), await scripted()]) {
      expect(response.status).toBe(status);
      expect(await response.json()).toMatchObject({ error: { code, message: expect.any(String) as string } });
    }
  });

  it('says nothing, or refuses', async () => {
    expect(await messageOf(await ask('A mug llm:empty'))).toEqual({ role: 'assistant', content: '', refusal: null });
    expect(await messageOf(await ask('A mug llm:refuse'))).toMatchObject({
      content: null,
      refusal: expect.any(String) as string,
    });
  });

  it('takes longer than anybody waits', async () => {
    await expect(ask('A mug llm:slow', { signal: AbortSignal.timeout(200) })).rejects.toThrow();
    await vi.waitFor(async () => expect(await test.control.apiCalls({ api: 'llm' })).toMatchObject([{ status: 0 }]));
  });

  it('knows its keys', async () => {
    const response = await ask('A mug', { key: 'invalid-key' });
    expect([response.status, await response.json()]).toMatchObject([401, { error: { code: 'invalid_api_key' } }]);
  });
});
