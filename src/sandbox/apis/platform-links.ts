interface PlatformLink {
  title: string;
  url: string;
  what: string;
}

const WHAT = 'the real site is asked first; when it cannot be reached, a stand-in of an API sends a sample';

/** Links that the platforms themselves show in the documentation of their embeds, or that everybody knows. */
export const PLATFORM_LINKS: readonly PlatformLink[] = [
  { title: 'YouTube', url: 'https://www.youtube.com/watch?v=jNQXAC9IVRw', what: WHAT },
  { title: 'TikTok', url: 'https://www.tiktok.com/@scout2015/video/6718335390845095173', what: WHAT },
  { title: 'Instagram', url: 'https://www.instagram.com/p/fA9uwTtkSN/', what: WHAT },
  { title: 'Pinterest', url: 'https://www.pinterest.com/pin/99360735500167749/', what: WHAT },
];
