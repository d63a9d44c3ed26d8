import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Absolute paths of programs that the setup script has found or installed; what it could not get is absent. */
export interface InstalledTools {
  ffmpeg?: string;
  ffprobe?: string;
  ytdlp?: string;
  deno?: string;
  /** With pip. */
  python?: string;
  /** With pytubefix. */
  pytubefixPython?: string;
}

/** Reads what the setup script has written. Without it programs are looked for on the search path alone. */
export function installedTools(dataDir: string): InstalledTools {
  try {
    return JSON.parse(readFileSync(join(dataDir, 'tools', 'tools.json'), 'utf8')) as InstalledTools;
  } catch {
    return {};
  }
}
