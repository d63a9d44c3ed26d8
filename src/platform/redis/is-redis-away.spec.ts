import { ClientClosedError, ClientOfflineError, ErrorReply, SocketClosedUnexpectedlyError } from 'redis';
import { isRedisAway } from './is-redis-away.js';

describe('isRedisAway', () => {
  it.each([
    [new ClientOfflineError(), true],
    [new ClientClosedError(), true],
    [new SocketClosedUnexpectedlyError(), true],
    [Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }), true],
    [new ErrorReply('LOADING Redis is loading the dataset in memory'), true],
    [new ErrorReply('ERR user_script:1: Script attempted to access nonexistent global variable'), false],
    [new TypeError('a bug'), false],
    ['a word', false],
  ])('%s: %s', (error, away) => {
    expect(isRedisAway(error)).toBe(away);
  });
});
