import { contentDisposition } from './content-disposition.js';

describe('contentDisposition', () => {
  it.each([
    ['lecture.mp4', `filename="lecture.mp4"; filename*=UTF-8''lecture.mp4`],
    ['Лекция 1.mp4', `filename="______ 1.mp4"; filename*=UTF-8''%D0%9B%D0%B5%D0%BA%D1%86%D0%B8%D1%8F%201.mp4`],
    ['a"b\\c/d.txt', `filename="a_b_c_d.txt"; filename*=UTF-8''a%22b_c_d.txt`],
    ["it's (1)*.txt", `filename="it's (1)*.txt"; filename*=UTF-8''it%27s%20%281%29%2A.txt`],
    ['100%.txt', `filename="100_.txt"; filename*=UTF-8''100%25.txt`],
    ['a\r\nSet-Cookie: b', `filename="a__Set-Cookie: b"; filename*=UTF-8''a__Set-Cookie%3A%20b`],
    ['\ud800😀', `filename="__"; filename*=UTF-8''_%F0%9F%98%80`],
  ])('%j', (name, parameters) => {
    expect(contentDisposition('attachment', name)).toBe(`attachment; ${parameters}`);
  });

  it('says when the file is to be shown', () => {
    expect(contentDisposition('inline', 'a')).toMatch(/^inline; /);
  });
});
