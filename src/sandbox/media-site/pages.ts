import { escapeHtml as escape } from '../escape-html.js';
import type { Link } from './links.js';

const STYLE = `
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #222 }
  video { width: 100%; border-radius: 8px; background: #000 }
  dt { font-weight: 600; margin-top: .8rem } dd { margin: 0; color: #555 }`;

export function indexPage(links: readonly Link[]): string {
  const items = links.map(
    ({ path, title, what }) => `<dt><a href="${escape(path)}">${escape(title)}</a></dt><dd>${escape(what)}</dd>`,
  );
  return page('Nexus sample media', '', `<dl>${items.join('\n')}</dl>`);
}

/** What extractors that know no site look for: og tags and a video element. */
export function watchPage(origin: string): string {
  const title = 'A sample video on a page';
  const video = `${origin}/ok.mp4`;
  const tags = [
    ['og:title', title],
    ['og:type', 'video.other'],
    ['og:url', `${origin}/watch/sample`],
    ['og:video', video],
    ['og:video:type', 'video/mp4'],
    ['og:video:width', '640'],
    ['og:video:height', '360'],
  ];
  const head = tags.map(([name, value]) => `<meta property="${escape(name)}" content="${escape(value)}">`).join('\n');
  return page(title, head, `<video controls src="${escape(video)}" type="video/mp4"></video>`);
}

const page = (title: string, head: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escape(title)}</title>
${head}
<style>${STYLE}</style>
</head>
<body>
<h1>${escape(title)}</h1>
${body}
</body>
</html>
`;
