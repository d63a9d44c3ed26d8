import { LlmHealth } from './llm.health.js';

const door = { baseUrl: 'http://127.0.0.1/v1', apiKey: 'sk-1', isStandIn: false };

describe('LlmHealth', () => {
  it.each([
    ['a model', door, { status: 'ok' }],
    ['the stand-in', { ...door, isStandIn: true }, { status: 'ok', reason: 'the stand-in of the sandbox answers' }],
    ['nobody to ask', null, { status: 'unavailable', reason: 'neither LLM_API_KEY nor LLM_BASE_URL is set' }],
  ])('tells of %s', async (_, to, state) => {
    expect(await new LlmHealth(to).check()).toEqual(state);
  });
});
