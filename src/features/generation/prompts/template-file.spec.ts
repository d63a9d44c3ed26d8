import { parseTemplate, TemplateFilesError } from './template-file.js';

const HEAD = { name: 'ugc-friend', kind: 'ugc', version: '2', weight: '3' };
const TEXTS =
  '\n# LLM\n\nWrite what {{product}} is.\n\n## Never\n\n- captions\n\n# Fallback\n\n{{product}}\n{{wishes}}\n';

const written = (head: Record<string, string>, texts = TEXTS) =>
  `---\n${Object.entries(head)
    .map(([field, value]) => `${field}: ${value}`)
    .join('\n')}\n---\n${texts}`;
const parsed = (text: string, fileName = 'ugc-friend.md') => parseTemplate(fileName, text);

function problemsOf(text: string, fileName?: string): string {
  try {
    parsed(text, fileName);
  } catch (error) {
    if (error instanceof TemplateFilesError) return error.problems.join('\n');
    throw error;
  }
  return '';
}

describe('parseTemplate', () => {
  it('reads front matter and the two sections', () => {
    expect(parsed(written({ ...HEAD, model: 'bytedance/seedance-2' }))).toEqual({
      name: 'ugc-friend',
      kind: 'ugc',
      version: 2,
      weight: 3,
      model: 'bytedance/seedance-2',
      body: 'Write what {{product}} is.\n\n## Never\n\n- captions',
      fallback: '{{product}}\n{{wishes}}',
    });
    expect(parsed(written(HEAD).replaceAll('\n', '\r\n'))).toEqual(parsed(written(HEAD)));
  });

  it.each<[string, string, string]>([
    ['no front matter', TEXTS, 'must begin with front matter'],
    ['no YAML', written({ name: '"' }), 'the front matter is no YAML'],
    ['no fields', `---\njust words\n---\n${TEXTS}`, 'must be fields and their values'],
    ['a name with spaces', written({ ...HEAD, name: 'a friend' }), 'name must be'],
    ['another kind', written({ ...HEAD, kind: 'own' }), 'kind must be one of ugc, ad'],
    ['half a version', written({ ...HEAD, version: '1.5' }), 'version must be a whole number'],
    ['a weight in words', written({ ...HEAD, weight: 'much' }), 'weight must be a whole number'],
    ['a model that is none', written({ ...HEAD, model: '[sora]' }), 'model must be'],
    ['a field too many', written({ ...HEAD, author: 'me' }), 'unknown in the front matter: author'],
    ['one section', written(HEAD, '# LLM\n\nWrite.\n'), '# LLM and # Fallback alone'],
    ['sections the wrong way round', written(HEAD, '# Fallback\nx\n# LLM\ny\n'), '# LLM and # Fallback alone'],
    ['words before them', written(HEAD, `Hello.\n${TEXTS}`), '# LLM and # Fallback alone'],
    ['an empty section', written(HEAD, '# LLM\n\n# Fallback\n{{product}} {{wishes}}\n'), 'the LLM is told is empty'],
    ['an unknown variable', written(HEAD, `${TEXTS}{{price}}`), 'the fallback has the unknown variable {{price}}'],
    ['a lost variable', written(HEAD, '# LLM\nx\n# Fallback\n{{product}}\n'), 'the fallback must have {{wishes}}'],
    ['too much text', written(HEAD, `${TEXTS}${'x'.repeat(5_000)}`), 'the fallback is longer than'],
  ])('refuses %s', (_, text, problem) => {
    expect(problemsOf(text)).toContain(problem);
    expect(problemsOf(text)).toMatch(/^ugc-friend\.md: /);
  });

  it('tells of everything at once', () => {
    const problems = problemsOf(written({ name: 'X', kind: 'y', version: '0', weight: '-1' }, ''), 'x.md');
    expect(problems.split('\n')).toHaveLength(5);
  });

  it('wants the file to be called what it is', () => {
    expect(problemsOf(written(HEAD), 'friend.md')).toBe('friend.md: must be called ugc-friend.md');
  });
});
