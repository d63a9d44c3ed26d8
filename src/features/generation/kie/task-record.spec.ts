import { readTask } from './task-record.js';

const URL = 'https://tempfile.example/video.mp4';
const CALLBACK = 'https://nexus.example/callback/1';
const read = (data: unknown) => readTask(data, 'asked', 'the-key');
const done = (resultJson: unknown) => read({ state: 'success', resultJson })?.result;

describe('readTask', () => {
  it('reads a task as it is documented', () => {
    const param = JSON.stringify({ model: 'sora-2', callBackUrl: CALLBACK, input: '{"prompt":"A mug"}' });
    const data = {
      ...{ taskId: 'task_1', model: 'sora-2', state: 'success', param },
      ...{ resultJson: `{"resultUrls":["${URL}"]}`, failCode: '', failMsg: '', creditsConsumed: 60 },
    };
    expect(read(data)).toEqual({
      taskId: 'task_1',
      model: 'sora-2',
      callBackUrl: CALLBACK,
      result: { state: 'success', urls: [URL], creditsConsumed: 60 },
    });
  });

  it.each(['waiting', 'queuing', 'generating'])('knows that one that is %s works', (state) => {
    expect(read({ state, progress: '40' })?.result).toEqual({ state: 'working', progress: 40 });
    expect(read({ state, resultJson: '', progress: null })?.result).toEqual({ state: 'working', progress: null });
  });

  it.each([
    ['text', `{"resultUrls":["${URL}"],"firstFrameUrl":"https://a.example/1.jpg"}`, [URL]],
    ['an object', { resultUrls: [URL, URL] }, [URL, URL]],
    ['one address', { resultUrls: URL }, [URL]],
    ['other things beside', { resultUrls: [null, 7, 'file:///etc/passwd', 'not a url', ` ${URL} `] }, [URL]],
    ['nothing', '', []],
    ['null', null, []],
    ['half of JSON', '{"resultUrls":["ht', []],
    ['a list', [URL], []],
    ['no list', { resultUrls: null }, []],
  ])('takes a result that is %s', (_what, resultJson, urls) => {
    expect(done(resultJson)).toEqual({ state: 'success', urls, creditsConsumed: null });
  });

  it.each([
    ['500', 'Internal server error', { class: 'TEMPORARY', code: '500', message: 'Internal server error' }],
    [500, '', { class: 'TEMPORARY', code: '500', message: 'KIE gives no reason' }],
    [null, null, { class: 'UNKNOWN', code: 'NO_CODE' }],
    ['422', 'Invalid prompt: prompt contains prohibited content', { class: 'USER_VIOLATION', code: '422' }],
  ])('says why one has failed: %s «%s»', (failCode, failMsg, error) => {
    expect(read({ state: 'fail', failCode, failMsg })?.result).toMatchObject({ state: 'fail', error });
  });

  it.each([
    ['an object', { callBackUrl: CALLBACK, model: 'a' }, CALLBACK, 'a'],
    ['half of JSON', '{"callBackUrl":"', null, null],
    ['missing', undefined, null, null],
  ])('takes a param that is %s', (_what, param, callBackUrl, model) => {
    expect(read({ state: 'waiting', param })).toMatchObject({ taskId: 'asked', callBackUrl, model });
  });

  it.each([[null], ['text'], [[]], [{}], [{ taskId: 'task_1' }], [{ state: 'flying' }], [{ state: 3 }]])(
    'finds no task in %j',
    (data) => {
      expect(read(data)).toBeNull();
    },
  );
});
