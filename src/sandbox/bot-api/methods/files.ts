import type { FileKind, FileRecord } from '../../state/records.js';
import { badRequest } from '../errors.js';
import type { Method } from '../method.js';

const MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024;

const FOLDERS: Record<FileKind, string> = {
  photo: 'photos',
  video: 'videos',
  animation: 'animations',
  audio: 'music',
  voice: 'voice',
  document: 'documents',
  thumbnail: 'thumbnails',
};

export const getFile: Method = (world, { bot, params }) => {
  const fileId = params.text('file_id');
  if (fileId === undefined) throw badRequest('file_id not specified');
  const file = world.files.byFileId(bot.id, fileId);
  if (!file) throw badRequest('wrong file_id or the file is temporarily unavailable');
  const { local } = world.state.settings;
  if (!local && file.size > MAX_DOWNLOAD_BYTES) throw badRequest('file is too big');
  return { ...world.files.fileObject(file), file_path: local ? world.files.pathOf(file) : downloadPath(file) };
};

/** What follows `/file/bot<token>/`; only the last part counts when it is asked for. */
const downloadPath = (file: FileRecord): string => `${FOLDERS[file.kind]}/${file.stored}`;
