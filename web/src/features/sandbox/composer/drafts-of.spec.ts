import type { LocalFile } from '../model/conversation-reducer';
import { draftsOf } from './drafts-of';

const file = (name: string): LocalFile => ({
  field: 'photo',
  file: new File([], name),
  url: `blob:${name}`,
  measures: null,
});
const question = { message_id: 1, date: 0, chat: { id: 1, type: 'private' } };

describe('draftsOf', () => {
  it('is nothing for blank text', () => {
    expect(draftsOf(' \n', [], question)).toEqual([]);
  });

  it('trims words and keeps the reply', () => {
    expect(draftsOf(' hi ', [], question)).toEqual([{ text: 'hi', replyTo: question }]);
    expect(draftsOf('hi', [], null)).toEqual([{ text: 'hi' }]);
  });

  it('sends a file without words', () => {
    const photo = file('a');
    expect(draftsOf('', [photo], null)).toEqual([{ text: '', file: photo }]);
  });

  it('gives the caption and the reply to the first of several files', () => {
    const [a, b] = [file('a'), file('b')];
    expect(draftsOf('both', [a, b], question)).toEqual([
      { text: 'both', replyTo: question, file: a },
      { text: '', file: b },
    ]);
  });
});
