import { fill, variableProblems } from './template-text.js';

describe('fill', () => {
  it('puts what people say in the place of the variables, and takes it for words alone', () => {
    const product = 'a mug, $& $1 {{wishes}} \\n';
    expect(fill('This: {{product}}\nSo: {{wishes}}', { product, wishes: 'by a lake' })).toBe(
      'This: a mug, $& $1 {{wishes}} \\n\nSo: by a lake',
    );
  });

  it('leaves out the line of what nobody has said', () => {
    const text = 'This: {{product}}\n\nAs wished: {{wishes}}\n\nThe end.';
    expect(fill(text, { product: 'a mug', wishes: null })).toBe('This: a mug\n\nThe end.');
  });
});

describe('variableProblems', () => {
  it.each<[string, number]>([
    ['{{product}} and {{wishes}}, {not} a variable', 0],
    ['{{price}} and {{Product}}', 2],
    ['{{ product }}', 1],
    ['{{product', 1],
    ['product}}', 1],
    ['{{}}', 1],
  ])('of %j are %i', (text, count) => {
    expect(variableProblems(text)).toHaveLength(count);
  });
});
