import { createHash } from 'node:crypto';
import { KieCustomer } from '../../testing/kie-client.js';
import { png } from '../../testing/pictures.js';
import { startTestSandbox, type TestSandbox } from '../../testing/test-sandbox.js';

describe('uploads to the stand-in of KIE', () => {
  let test: TestSandbox;
  beforeAll(async () => {
    test = await startTestSandbox();
  });
  beforeEach(() => test.control.post('/reset'));
  afterAll(() => test.stop());

  const photo = png(20, 30);
  const sha256 = createHash('sha256').update(photo).digest('hex');
  const upload = (path: string, body: object | FormData) =>
    new KieCustomer(test.sandbox.apis['kie-upload'] ?? '').call('POST', path, body);

  function form(): FormData {
    const parts = new FormData();
    parts.append('file', new Blob([new Uint8Array(photo)], { type: 'image/png' }), 'raw.png');
    parts.append('uploadPath', 'photos/mine');
    parts.append('fileName', 'mug 1.png');
    return parts;
  }

  it.each([
    ['a form', '/api/file-stream-upload', () => form()],
    [
      'base64',
      '/api/file-base64-upload',
      () => ({
        base64Data: `data:image/png;base64,${photo.toString('base64')}`,
        uploadPath: 'photos/mine',
        fileName: 'mug 1.png',
      }),
    ],
  ])('of %s are served as they came', async (_what, path, body) => {
    const { status, body: reply } = await upload(path, body());
    expect([status, reply]).toMatchObject([
      200,
      {
        success: true,
        code: 200,
        data: {
          fileName: 'mug 1.png',
          filePath: 'photos/mine/mug 1.png',
          fileSize: photo.length,
          mimeType: 'image/png',
        },
      },
    ]);
    const { downloadUrl } = reply.data as { downloadUrl: string };
    const served = await fetch(downloadUrl);
    expect(served.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await served.arrayBuffer())).toEqual(photo);
    expect(await test.control.kieUploads()).toMatchObject([{ account: 'main', sha256 }]);
  });

  it('are fetched from an address', async () => {
    const fileUrl = `${test.sandbox.mediaUrl}/photo.jpg`;
    const { body } = await upload('/api/file-url-upload', { fileUrl, uploadPath: 'photos' });
    expect(body).toMatchObject({ code: 200, data: { fileName: 'photo.jpg', mimeType: 'image/jpeg' } });
    const lost = await upload('/api/file-url-upload', {
      fileUrl: `${test.sandbox.mediaUrl}/404.mp4`,
      uploadPath: 'a',
    });
    expect(lost.body).toMatchObject({ success: false, code: 400 });
  });

  it('want a path and a file, and say so', async () => {
    expect((await upload('/api/file-stream-upload', new FormData())).status).toBe(400);
    expect((await upload('/api/file-base64-upload', { base64Data: 'aa' })).body).toMatchObject({
      code: 400,
      msg: 'uploadPath is required',
    });
    expect((await fetch(`${test.sandbox.apis['kie-upload'] ?? ''}/files/main/..%2f..%2fjournal.jsonl`)).status).toBe(
      404,
    );
  });
});
