import { readEvent } from './events';

it('readEvent takes the type from the event and the rest from its data', () => {
  expect(readEvent({ type: 'deleted', data: '{"botId":1,"chatId":7,"messageId":42}' })).toMatchObject({
    type: 'deleted',
    messageId: 42,
  });
});

it('readEvent passes over what it does not know', () => {
  expect(readEvent({ type: 'reaction', data: '{}' })).toBeNull();
});
