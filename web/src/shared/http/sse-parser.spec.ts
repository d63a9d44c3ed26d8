import { SseParser } from './sse-parser';

describe('SseParser', () => {
  it('reads named events, default names and several data lines', () => {
    const events = new SseParser().push('event: call\ndata: {"a":1}\n\ndata: one\ndata: two\n\n');

    expect(events).toEqual([
      { type: 'call', data: '{"a":1}' },
      { type: 'message', data: 'one\ntwo' },
    ]);
  });

  it('puts together what arrives in pieces', () => {
    const parser = new SseParser();

    expect(parser.push('event: edi')).toEqual([]);
    expect(parser.push('ted\r\ndata: {"x"')).toEqual([]);
    expect(parser.push(':1}\r\n\r\n')).toEqual([{ type: 'edited', data: '{"x":1}' }]);
  });

  it('skips comments and events without data', () => {
    expect(new SseParser().push(': heartbeat\n\nevent: nothing\n\nid: 7\ndata: yes\n\n')).toEqual([
      { type: 'message', data: 'yes' },
    ]);
  });
});
