import { detectEntities } from './detect-entities.js';

const found = (text: string): string[] =>
  detectEntities(text).map(({ type, offset, length }) => `${type} ${text.slice(offset, offset + length)}`);

describe('detectEntities', () => {
  it.each<[string, string[]]>([
    ['nothing here, 1.5 of it', []],
    ['/start', ['bot_command /start']],
    ['/start@first_bot now', ['bot_command /start@first_bot']],
    ['either/or https://e.com/a/b', ['url https://e.com/a/b']],
    ['see https://e.com/x?a=1).', ['url https://e.com/x?a=1']],
    ['http://127.0.0.1:3002/ok.mp4', ['url http://127.0.0.1:3002/ok.mp4']],
    ['youtu.be/abc and vm.tiktok.com', ['url youtu.be/abc', 'url vm.tiktok.com']],
    ['write to a.b@mail.example.com', ['email a.b@mail.example.com']],
    ['@durov #отпуск #1', ['mention @durov', 'hashtag #отпуск']],
  ])('%s', (text, entities) => {
    expect(found(text)).toEqual(entities);
  });

  it('leaves code and links alone that are there already', () => {
    const given = [{ type: 'code', offset: 0, length: 6 }];
    expect(detectEntities('/start', given)).toEqual([]);
  });
});
