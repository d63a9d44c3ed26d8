import type { FileField, Measures } from '../model/conversation-reducer';

/** What the browser makes of a blob; null when it cannot read it, and for plain files. */
export async function measure(field: FileField, url: string): Promise<Measures | null> {
  if (field === 'photo') return measureImage(url);
  return field === 'video' ? measureVideo(url) : null;
}

async function measureImage(url: string): Promise<Measures | null> {
  const image = new Image();
  image.src = url;
  try {
    await image.decode();
    return { width: image.naturalWidth, height: image.naturalHeight };
  } catch {
    return null;
  }
}

function measureVideo(url: string): Promise<Measures | null> {
  return new Promise((resolve) => {
    const video = document.createElement('video');
    video.preload = 'metadata';
    video.onloadedmetadata = () => {
      const { videoWidth: width, videoHeight: height, duration } = video;
      resolve({ width, height, duration: Math.round(duration) });
    };
    video.onerror = () => {
      resolve(null);
    };
    video.src = url;
  });
}
