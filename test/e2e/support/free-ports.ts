import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below those that systems give to outgoing connections, so that nobody gets one of them by chance. */
const [LOWEST, HIGHEST] = [20_000, 30_000];

/** The first of `count` neighbouring ports that nobody listens on. */
export async function freePorts(count: number): Promise<number> {
  for (;;) {
    const first = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST));
    const free = await Promise.all(Array.from({ length: count }, (_, index) => isFree(first + index)));
    if (free.every(Boolean)) return first;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
