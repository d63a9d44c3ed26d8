import { ConfigError, Settings, defineConfig } from './settings.js';
import {
  flag,
  integers,
  list,
  number,
  numbered,
  numbers,
  oneOf,
  port,
  someOf,
  text,
  timezone,
  url,
} from './setting.js';

const group = defineConfig('sample', {
  wait: number('WAIT_SEC', { default: 180, description: 'How long' }),
  port: port('PORT', { default: 3000, description: 'Where' }),
  on: flag('ON', { default: false, description: 'Whether' }),
  mode: oneOf('MODE', ['polling', 'webhook'], { default: 'polling', description: 'How' }),
  roles: someOf('ROLES', ['api', 'bots'], { default: ['api', 'bots'], description: 'Which' }),
  hosts: list('HOSTS', { default: [], description: 'Whom' }),
  root: url('ROOT', { description: 'Root' }),
  token: text('TOKEN', { secret: true, description: 'Token' }),
});
const read = (env: Record<string, string>) => Settings.read([group], env).get(group);
const zoned = defineConfig('zoned', { ZONE: timezone('ZONE', { default: 'UTC', description: 'Whose days' }) });
const zones = (ZONE: string) => Settings.read([zoned], { ZONE }).get(zoned);

describe('Settings', () => {
  it('uses defaults for what is absent or empty', () => {
    expect(read({ WAIT_SEC: '' })).toEqual({
      wait: 180,
      port: 3000,
      on: false,
      mode: 'polling',
      roles: ['api', 'bots'],
      hosts: [],
      root: undefined,
      token: undefined,
    });
  });

  it('reads decimals, port 0, flags, lists and URLs without their last slash', () => {
    const values = read({ WAIT_SEC: '0.5', PORT: '0', ON: 'on', HOSTS: 'a:1, b:2,', ROOT: 'http://h/' });
    expect(values).toMatchObject({ wait: 0.5, port: 0, on: true, hosts: ['a:1', 'b:2'], root: 'http://h' });
  });

  it('reports every problem at once, each with its variable and what is expected', () => {
    const attempt = () => read({ WAIT_SEC: 'soon', PORT: '99999', MODE: 'pigeon', ROLES: 'api,cook', ROOT: 'ftp://h' });
    expect(attempt).toThrow(ConfigError);
    try {
      attempt();
    } catch (error) {
      expect((error as ConfigError).problems).toEqual([
        'WAIT_SEC: expected a number, 0 or more, got «soon»',
        'PORT: expected a port from 0 (any free one) to 65535, got «99999»',
        'MODE: expected one of polling, webhook, got «pigeon»',
        'ROLES: expected a comma-separated list of api, bots, got «api,cook»',
        'ROOT: expected a URL with http:// or https://, got «ftp://h»',
      ]);
    }
  });

  it.each(['UTC', 'Europe/Moscow', 'Asia/Calcutta', 'EST5EDT'])('takes the time zone %s', (name) => {
    const { ZONE } = zones(name);
    expect(new Intl.DateTimeFormat('en', { timeZone: ZONE }).resolvedOptions().timeZone).toBe(ZONE);
  });

  it.each(['Moscow', '+03:00', 'GMT+3', '3'])('does not take %s for a time zone', (name) => {
    const expected = `ZONE: expected a name of the IANA time zone database, like Europe/Moscow, got «${name}»`;
    expect(() => zones(name)).toThrow(expected);
  });

  it('reads chat ids as numbers, and refuses what is none', () => {
    const chats = defineConfig('chats', { ids: integers('IDS', { default: [], description: 'Whom' }) });
    const idsOf = (IDS: string) => Settings.read([chats], { IDS }).get(chats).ids;
    expect(idsOf('7, -1001234567890')).toEqual([7, -1001234567890]);
    for (const wrong of ['@channel', '1.5', '7,x']) expect(() => idsOf(wrong)).toThrow(ConfigError);
  });

  it('reads waits as numbers, decimals among them, and refuses what is none or less than 0', () => {
    const retries = defineConfig('retries', { delays: numbers('DELAYS', { default: [10, 20], description: 'Waits' }) });
    expect(Settings.read([retries], { DELAYS: '0.5, 1,0' }).get(retries).delays).toEqual([0.5, 1, 0]);
    for (const wrong of ['1,-1', '1,x', 'Infinity'])
      expect(() => Settings.read([retries], { DELAYS: wrong })).toThrow();
  });

  it('reads a family of variables in the order of their numbers, and nothing that is only called alike', () => {
    const family = defineConfig('family', { keys: numbered('KEY', { secret: true, description: 'Keys' }) });
    const keysOf = (env: Record<string, string>) => Settings.read([family], env).get(family).keys;
    expect(keysOf({})).toEqual([]);
    const alike = { KEY_: 'a', KEY_X: 'b', KEY_1_2: 'c', KEYS: 'd', MY_KEY: 'e', KEY_01: 'f', KEY_2: '  ' };
    expect(keysOf({ KEY_10: 'ten', KEY_9: ' nine ', KEY: 'first', KEY_0: 'zero', ...alike })).toEqual([
      { name: 'KEY', value: 'first' },
      { name: 'KEY_0', value: 'zero' },
      { name: 'KEY_9', value: 'nine' },
      { name: 'KEY_10', value: 'ten' },
    ]);
    expect(keysOf({ KEY_1: 'alone' })).toEqual([{ name: 'KEY_1', value: 'alone' }]);
  });

  it('can decide values later without touching the settings it came from', () => {
    const settings = Settings.read([group], {});
    expect(settings.with(group, { root: 'http://x' }).get(group).root).toBe('http://x');
    expect(settings.get(group).root).toBeUndefined();
  });
});
