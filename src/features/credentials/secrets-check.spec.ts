import type { SecretForm } from './platforms/platform.js';
import { secretsProblems } from './secrets-check.js';

const field = (name: string, required = true) => ({ name, required, description: name });
const FORMS: SecretForm[] = [
  { name: 'app', fields: [field('clientId'), field('clientSecret'), field('webhookSecret', false)] },
  { name: 'token', fields: [field('accessToken'), field('clientId', false)] },
];

const fieldsOf = (secrets: Record<string, unknown>) => secretsProblems(FORMS, secrets).map(({ field: name }) => name);

describe('secretsProblems', () => {
  it.each<[string, Record<string, unknown>]>([
    ['all fields of a form', { clientId: 'a', clientSecret: 'b', webhookSecret: 'c' }],
    ['a form without what it can do without', { clientId: 'a', clientSecret: 'b' }],
    ['the other form', { accessToken: 'a' }],
    ['a field that two forms have, with the other form', { accessToken: 'a', clientId: 'b' }],
    ['the longest', { accessToken: 'x'.repeat(8192) }],
  ])('takes %s', (_, secrets) => {
    expect(secretsProblems(FORMS, secrets)).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, string[]]>([
    ['nothing', {}, ['secrets.accessToken']],
    ['half a form', { clientSecret: 'b' }, ['secrets.clientId']],
    ['a field that nobody knows', { accessToken: 'a', password: 'b' }, ['secrets.password']],
    [
      'fields of two forms',
      { clientId: 'a', clientSecret: 'b', webhookSecret: 'c', accessToken: 'd' },
      ['secrets.accessToken'],
    ],
    ['an empty one', { accessToken: '' }, ['secrets.accessToken']],
    ['one that is too long', { accessToken: 'x'.repeat(8193) }, ['secrets.accessToken']],
    ['what is no text', { accessToken: { a: 1 } }, ['secrets.accessToken']],
    ['null', { accessToken: null }, ['secrets.accessToken']],
    ['names of what every object has', { accessToken: 'a', toString: 'b' }, ['secrets.toString']],
  ])('refuses %s', (_, secrets, fields) => {
    expect(fieldsOf(secrets)).toEqual(fields);
  });

  it('never says what was sent', () => {
    const sent = 'hunter2'.repeat(2000);
    expect(JSON.stringify(secretsProblems(FORMS, { accessToken: sent, password: sent }))).not.toContain('hunter2');
  });

  it('has an end', () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`field${index}`, 'x']));
    expect(secretsProblems(FORMS, many)).toHaveLength(20);
  });
});
