import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A site of a test's own on this machine, that remembers what it was asked for. */
export interface LocalSite {
  port: number;
  /** `host:port`. */
  host: string;
  requests: string[];
  close(): Promise<void>;
}

export async function startLocalSite(answer: RequestListener): Promise<LocalSite> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method ?? ''} ${request.url ?? ''}`);
    answer(request, response);
  });
  // Connections count as well: who asks nothing has come here all the same.
  server.on('connection', () => requests.push('connection'));
  server.listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    host: `127.0.0.1:${port}`,
    requests,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** A page with one video on it: nothing for the direct provider, so that yt-dlp gets it. */
export function videoPage(videoUrl: string): RequestListener {
  return (_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><title>A page</title><video controls src="${videoUrl}" type="video/mp4"></video>`);
  };
}
