import { llmDoor } from './llm-door.js';

const standIns = { llm: 'http://127.0.0.1:3001/llm' };
const config = { baseUrl: undefined, apiKey: undefined, model: 'a-model' };

describe('llmDoor', () => {
  it.each([
    ['an address of its own', { baseUrl: 'http://10.0.0.7/v1' }, { baseUrl: 'http://10.0.0.7/v1', isStandIn: false }],
    ['a key alone', { apiKey: 'sk-1' }, { baseUrl: 'https://api.openai.com/v1', apiKey: 'sk-1', isStandIn: false }],
    ['nothing', {}, { baseUrl: standIns.llm, isStandIn: true }],
  ])('with %s', (_, set, door) => {
    expect(llmDoor({ ...config, ...set }, standIns)).toMatchObject(door);
  });

  it('is closed where nothing is set and there is no sandbox', () => {
    expect(llmDoor(config, {})).toBeNull();
  });
});
