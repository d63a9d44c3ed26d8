import { tokenizeJson } from './json-tokens';

describe('tokenizeJson', () => {
  it('tells keys, strings, numbers and words apart', () => {
    const colored = tokenizeJson('{"a": "b: 1", "n": -1.5e3, "ok": true}').filter(({ kind }) => kind !== 'plain');
    expect(colored).toEqual([
      { kind: 'key', text: '"a"' },
      { kind: 'string', text: '"b: 1"' },
      { kind: 'key', text: '"n"' },
      { kind: 'number', text: '-1.5e3' },
      { kind: 'key', text: '"ok"' },
      { kind: 'word', text: 'true' },
    ]);
  });

  it('loses nothing', () => {
    const json = JSON.stringify({ quote: 'say \\"hi\\"', list: [1, null, { deep: [] }], пусто: '' }, null, 2);
    expect(
      tokenizeJson(json)
        .map(({ text }) => text)
        .join(''),
    ).toBe(json);
  });
});
