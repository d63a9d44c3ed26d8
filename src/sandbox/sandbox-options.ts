import type { Clock } from '../platform/clock/clock.js';

export interface SandboxBot {
  token: string;
  username: string;
  name: string;
}

export interface SandboxOptions {
  /** A loopback address: the sandbox lets anybody in who reaches it. */
  host: string;
  /** 0 takes any free port. */
  port: number;
  mediaPort: number;
  /** State is kept in its subfolder `sandbox`. */
  dataDir: string;
  bots: SandboxBot[];
  /** Default: the one on PATH. Without it the samples are missing. */
  ffmpegPath?: string;
  log: (line: string) => void;
  clock?: Clock;
}

export interface Sandbox {
  /** For `TELEGRAM_API_ROOT`: `http://127.0.0.1:<port>`. */
  apiRoot: string;
  mediaUrl: string;
  /** `host:port` of the media site, for lists of allowed hosts. */
  mediaHost: string;
  /** Base URLs of the stand-ins of outside APIs, by the name of the adapter that talks to them. */
  apis: Record<string, string>;
  /** False: another process on the same data folder runs it, and `close` leaves it running. */
  owner: boolean;
  close(): Promise<void>;
}
