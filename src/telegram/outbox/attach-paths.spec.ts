import { attachPaths } from './attach-paths.js';

describe('attachPaths', () => {
  it('names a file by its parameter', () => {
    expect(attachPaths({ caption: 'A title' }, { video: 'file:///a.mp4' })).toEqual({
      caption: 'A title',
      video: 'file:///a.mp4',
    });
  });

  it('names those of an album where they are attached, and leaves the others', () => {
    const media = [
      { type: 'video', media: 'attach://file0', thumbnail: 'attach://thumbnail0', width: 640 },
      { type: 'photo', media: 'attach://file1', caption: 'attach://thumbnail0 and more' },
    ];
    expect(attachPaths({ media }, { file0: 'file:///0.mp4', thumbnail0: 'file:///0.jpg' })).toEqual({
      media: [
        { type: 'video', media: 'file:///0.mp4', thumbnail: 'file:///0.jpg', width: 640 },
        { type: 'photo', media: 'attach://file1', caption: 'attach://thumbnail0 and more' },
      ],
    });
  });
});
