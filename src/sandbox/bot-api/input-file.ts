import { rm, stat, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { FileKind, FileRecord } from '../state/records.js';
import type { FileTraits } from '../world/file-store.js';
import { mimeTypeOf } from '../world/mime-types.js';
import type { World } from '../world/world.js';
import { badRequest } from './errors.js';
import type { Call } from './method.js';
import type { Params, Upload } from './params.js';

const MAX_URL_BYTES = 20 * 1024 * 1024;
const MAX_PHOTO_URL_BYTES = 5 * 1024 * 1024;

const WRONG_FILE = 'wrong file identifier/HTTP URL specified';

const attachment = (value: string | undefined): string | undefined => /^attach:\/\/(.+)$/s.exec(value ?? '')?.[1];

/** The uploaded part that a parameter is or, with `attach://`, names. */
export function uploadedPart(params: Params, name: string): Upload | undefined {
  return params.upload(name) ?? params.upload(attachment(params.text(name)) ?? '');
}

/**
 * The file that a parameter stands for: an upload, a `file_id` of this bot, a URL that Telegram fetches or, on a local
 * server, a path. What the call says about the file (`traits`) counts only while it is new.
 */
export async function inputFile(
  world: World,
  call: Call,
  params: Params,
  name: string,
  kind: FileKind,
  traits: () => Promise<FileTraits>,
): Promise<FileRecord> {
  const part = uploadedPart(params, name);
  if (part) return world.files.adopt(part, kind, { ...(await traits()), ...(await photoTraits(world, kind, part)) });
  const value = params.text(name);
  if (value === undefined || attachment(value) !== undefined) throw badRequest(`there is no ${kind} in the request`);
  if (value.startsWith('file:/') && world.state.settings.local) return localFile(world, value, kind, await traits());
  if (/^https?:\/\//i.test(value)) return fetchedFile(world, value, kind, await traits());
  return knownFile(world, call, value, kind);
}

function knownFile(world: World, { bot }: Call, fileId: string, kind: FileKind): FileRecord {
  const file = world.files.byFileId(bot.id, fileId);
  if (!file) throw badRequest(WRONG_FILE);
  const isPicture = (of: FileKind): boolean => of === 'photo' || of === 'thumbnail';
  if (isPicture(file.kind) !== isPicture(kind)) {
    throw badRequest(`can't use file of type ${capitalised(file.kind)} as ${capitalised(kind)}`);
  }
  return file;
}

async function localFile(world: World, uri: string, kind: FileKind, traits: FileTraits): Promise<FileRecord> {
  const path = decodeURIComponent(new URL(uri).pathname);
  const found = await stat(path).catch(() => null);
  if (!found) throw badRequest("can't find real file path");
  if (!found.isFile()) throw badRequest('file must be a regular file');
  if (found.size === 0) throw badRequest('file must be non-empty');
  const photo = await photoTraits(world, kind, { path, size: found.size });
  return world.files.linkIn(path, kind, { ...traits, ...photo });
}

async function fetchedFile(world: World, url: string, kind: FileKind, traits: FileTraits): Promise<FileRecord> {
  const maxResponseBytes = kind === 'photo' ? MAX_PHOTO_URL_BYTES : MAX_URL_BYTES;
  const fetched = await world.http.send({ url, maxResponseBytes }).catch(() => null);
  if (fetched?.status !== 200) throw badRequest('failed to get HTTP URL content');
  const path = world.files.temporaryPath('');
  try {
    await writeFile(path, fetched.body);
    const name = basename(new URL(url).pathname) || 'file';
    const mimeType = fetched.headers['content-type']?.split(';')[0] ?? mimeTypeOf(name);
    const photo = await photoTraits(world, kind, { path, size: fetched.body.length });
    return await world.files.moveIn(path, kind, { ...traits, ...photo, name, mimeType });
  } finally {
    await rm(path, { force: true });
  }
}

async function photoTraits(world: World, kind: FileKind, file: Pick<Upload, 'path' | 'size'>): Promise<FileTraits> {
  return kind === 'photo' ? world.photos.examine(file.path, file.size) : {};
}

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
