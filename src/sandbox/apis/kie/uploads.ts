import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Request, RequestHandler } from 'express';
import type { Clock } from '../../../platform/clock/clock.js';
import type { HttpClient } from '../../../platform/http/index.js';
import { BotApiError } from '../../bot-api/errors.js';
import { readMultipart } from '../../bot-api/multipart.js';
import { fileSource } from '../../media-site/byte-source.js';
import { serveBytes } from '../../media-site/serve-bytes.js';
import type { Table } from '../../state/journal.js';
import type { KieUpload } from '../../state/records.js';
import { mimeTypeOf } from '../../world/mime-types.js';
import { type Answer, ok } from '../answer.js';
import { jsonOf } from '../exchange.js';
import { callerOf } from './callers.js';
import { jsonRecord } from './json-text.js';

const MAX_BYTES = 100 * 1024 * 1024;
const FETCH_WITHIN_MS = 30_000;
const DATA_URL = /^data:([\w./+-]+);base64,/;

interface Received {
  /** Where it lies on the disk. */
  path: string;
  uploadPath: unknown;
  fileName: unknown;
  /** Null: by its name. */
  mimeType: string | null;
}

/** Files that customers lend for a day: three ways in, one address each to read them at. */
export class Uploads {
  constructor(
    private readonly table: Table<KieUpload>,
    private readonly folder: string,
    private readonly clock: Clock,
    private readonly http: HttpClient,
  ) {}

  /** Files that nobody can ask for any more, because their day is over, go. */
  async prepare(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const kept = new Set(this.all().map(({ stored }) => stored));
    const left = (await readdir(this.folder)).filter((name) => !kept.has(name));
    await Promise.all(left.map((name) => rm(join(this.folder, name), { force: true })));
  }

  all(): KieUpload[] {
    return this.table.all();
  }

  clear(): void {
    this.table.clear();
  }

  /** `POST /api/file-stream-upload`: multipart. */
  async takeForm(request: Request): Promise<Answer> {
    try {
      const form = await readMultipart(request, { folder: this.folder, limitBytes: MAX_BYTES });
      const file = form.upload('file');
      if (!file) return badRequest('file is required');
      const { uploadPath, fileName = file.name } = form.values;
      return await this.keep(request, { path: file.path, uploadPath, fileName, mimeType: file.mimeType });
    } catch (error) {
      return badRequest(error instanceof BotApiError ? error.description : String(error));
    }
  }

  /** `POST /api/file-base64-upload`. */
  async takeBase64(request: Request): Promise<Answer> {
    const { base64Data, uploadPath, fileName } = jsonRecord(jsonOf(request)) ?? {};
    if (typeof base64Data !== 'string' || base64Data === '') return badRequest('base64Data is required');
    const mimeType = DATA_URL.exec(base64Data)?.[1] ?? null;
    const path = await this.write(Buffer.from(base64Data.replace(DATA_URL, ''), 'base64'));
    return this.keep(request, { path, uploadPath, fileName, mimeType });
  }

  /** `POST /api/file-url-upload`: it is fetched from there. */
  async takeUrl(request: Request): Promise<Answer> {
    const { fileUrl, uploadPath, fileName } = jsonRecord(jsonOf(request)) ?? {};
    if (typeof fileUrl !== 'string' || !URL.canParse(fileUrl)) return badRequest('fileUrl is required');
    try {
      const answer = await this.http.send({ url: fileUrl, timeoutMs: FETCH_WITHIN_MS, maxResponseBytes: MAX_BYTES });
      if (answer.status !== 200) return badRequest(`Failed to download the file: HTTP ${answer.status}`);
      const path = await this.write(answer.body);
      const mimeType = answer.headers['content-type'] ?? null;
      const name = fileName ?? basename(new URL(fileUrl).pathname);
      return await this.keep(request, { path, uploadPath, fileName: name, mimeType });
    } catch (error) {
      return badRequest(`Failed to download the file: ${String(error)}`);
    }
  }

  /** Serves what was uploaded, under `files/`. */
  readonly serve: RequestHandler = async (request, response) => {
    const upload = this.table.get(decodeURIComponent(request.path.slice(1)));
    if (!upload) {
      response.sendStatus(404);
      return;
    }
    const source = await fileSource(join(this.folder, upload.stored));
    await serveBytes(request, response, { ...source, type: upload.mimeType });
  };

  private async keep(request: Request, { path, uploadPath, fileName, mimeType }: Received): Promise<Answer> {
    if (typeof uploadPath !== 'string' || uploadPath === '') {
      await rm(path, { force: true });
      return badRequest('uploadPath is required');
    }
    const name = typeof fileName === 'string' && fileName !== '' ? fileName : randomUUID();
    const account = callerOf(request)?.account ?? '';
    const filePath = `${uploadPath}/${name}`.replace(/^\/+|\/+$/g, '').replace(/\/{2,}/g, '/');
    const { size } = await stat(path);
    const now = this.clock.now();
    const upload = this.table.put(`${account}/${filePath}`, {
      key: `${account}/${filePath}`,
      account,
      fileName: name,
      mimeType: mimeType ?? mimeTypeOf(name),
      size,
      sha256: await sha256Of(path),
      stored: basename(path),
      createdAt: now.getTime(),
    });
    const data = {
      fileName: name,
      filePath,
      downloadUrl: `http://${request.get('host') ?? ''}${request.baseUrl}/files/${encodeURI(upload.key)}`,
      fileSize: size,
      mimeType: upload.mimeType,
      uploadedAt: now.toISOString(),
    };
    return ok({ success: true, code: 200, msg: 'File uploaded successfully', data });
  }

  private async write(bytes: Buffer): Promise<string> {
    const path = join(this.folder, randomUUID());
    await writeFile(path, bytes);
    return path;
  }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

const badRequest = (msg: string): Answer => ({ status: 400, body: { success: false, code: 400, msg } });
