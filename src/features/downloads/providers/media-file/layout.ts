import { join } from 'node:path';
import { ProviderError } from '../../errors/provider-error.js';
import type { MediaFileRequest, OpenedFile } from './open-file.js';
import { OutputFile } from './output-file.js';
import { type Part, part, splitIntoParts } from './parts.js';
import type { RemoteFile } from './remote-file.js';

/** What is being fetched, and where it goes. */
export interface Layout {
  remote: RemoteFile;
  output: OutputFile;
  parts: Part[];
}

/** Makes the place for a file that was opened. @throws ProviderError when it is too large, or the disk has none */
export async function layOut({ folder, maxBytes }: MediaFileRequest, opened: OpenedFile): Promise<Layout> {
  const { remote, extension } = opened;
  const { totalBytes, hasRanges } = remote;
  if (totalBytes !== null && totalBytes > maxBytes) throw tooLarge(totalBytes, maxBytes);
  const output = await OutputFile.create(join(folder, `media.${extension}`), totalBytes);
  const parts = hasRanges && totalBytes !== null ? splitIntoParts(totalBytes) : [part(0, totalBytes ?? Infinity)];
  return { remote, output, parts };
}

export function tooLarge(bytes: number, maxBytes: number): ProviderError {
  return new ProviderError('CONTENT_TOO_LARGE', `${bytes} bytes are more than ${maxBytes}`);
}
