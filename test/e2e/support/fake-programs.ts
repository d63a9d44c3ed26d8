import { renameSync, writeFileSync } from 'node:fs';
import { chmod, cp } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const SOURCES = resolve('test/e2e/support/fake-programs');
const USUAL_DURATION_SEC = 8;

/** What the runner of pytubefix says of an exception. */
interface Exception {
  name: string;
  message: string;
  status?: number;
}

/** What a program does with a link; without a failure it fetches `url`. */
interface Replay<Failure> {
  /** As it tells before and during a download. */
  durationSec?: number;
  failsToTell?: Failure;
  fails?: Failure;
  /** It says nothing more after the first bytes. */
  stalls?: boolean;
  /** Of the medium, to be fetched through the proxy. */
  url?: string;
}

interface Replays {
  'yt-dlp': Replay<string>;
  pytubefix: Replay<Exception>;
}
type Program = keyof Replays;

/** As the real programs were heard to fail. */
export const RECORDED = {
  ytDlp403:
    'ERROR: [youtube] x: Unable to download webpage: HTTP Error 403: Forbidden (caused by <HTTPError 403: Forbidden>)',
  ytDlpOffline:
    "ERROR: [youtube] x: Unable to download API page: ('Unable to connect to proxy', OSError('Tunnel connection failed: 502 Bad Gateway')) (caused by ProxyError(\"('Unable to connect to proxy', OSError('Tunnel connection failed: 502 Bad Gateway'))\")); please report this issue on  https://github.com/yt-dlp/yt-dlp/issues?q= , filling out the appropriate issue template. Confirm you are on the latest version using  yt-dlp -U",
  pytubefix403: { name: 'HTTPError', message: 'HTTP Error 403: Forbidden', status: 403 },
  pytubefixOffline: { name: 'OSError', message: 'Tunnel connection failed: 502 Bad Gateway' },
} as const;

/** yt-dlp and pytubefix for a service that is tested: whatever a test wants them to say, without any site behind them. */
export class FakePrograms {
  private readonly replays: { [Name in Program]: Record<string, Replays[Name]> };

  private constructor(
    private readonly folder: string,
    url: string,
  ) {
    const usual = { durationSec: USUAL_DURATION_SEC, url };
    this.replays = { 'yt-dlp': { '*': usual }, pytubefix: { '*': usual } };
  }

  /** @param url of what they fetch until they are told otherwise */
  static async install(folder: string, url: string): Promise<FakePrograms> {
    const programs = new FakePrograms(join(folder, 'programs'), url);
    await cp(SOURCES, programs.folder, { recursive: true });
    for (const path of Object.values(programs.env)) await chmod(path, 0o755);
    programs.write();
    return programs;
  }

  get env(): { YTDLP_PATH: string; PYTUBEFIX_PYTHON: string } {
    return { YTDLP_PATH: join(this.folder, 'yt-dlp.mjs'), PYTUBEFIX_PYTHON: join(this.folder, 'python.mjs') };
  }

  /** What it does from now on with links that `part` is in; `*` stands for all others. */
  replay<Name extends Program>(program: Name, replay: Replays[Name], part = '*'): void {
    const replays: Record<string, Replays[Name]> = this.replays[program];
    replays[part] = part === '*' ? { ...replays['*'], ...replay } : replay;
    this.write();
  }

  /** A program that reads meanwhile finds the old ones or the new ones. */
  private write(): void {
    const path = join(this.folder, 'replays.json');
    writeFileSync(`${path}.new`, JSON.stringify(this.replays));
    renameSync(`${path}.new`, path);
  }
}
