import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ListeningServer {
  port: number;
  /** Cuts what is still connected: long polls and downloads would keep it open for ever. */
  close(): Promise<void>;
}

/** Listens on `port`, any free one for 0. Throws with a sentence for the operator when it cannot. */
export async function listen(
  handler: RequestListener,
  host: string,
  port: number,
  what: string,
): Promise<ListeningServer> {
  const server = createServer(handler);
  // A gigabyte may take longer to come in than Node grants a request.
  server.requestTimeout = 0;
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    const why = isTaken ? 'another program uses that port' : String(error);
    throw new Error(`The sandbox ${what} cannot listen on ${host}:${port}: ${why}`, { cause: error });
  }
  return { port: (server.address() as AddressInfo).port, close: () => close(server) };
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
