/** What yt-dlp said about the medium: first after the extraction, then again with the format that it chose. */
export interface InfoLine {
  kind: 'info';
  title: string | null;
  durationSec: number | null;
  liveStatus: string | null;
  sizeBytes: number | null;
  /** Of what was chosen; null: it is not known. */
  hasSound: boolean | null;
  /** Known once a format was chosen: the download is about to begin. */
  protocol: string | null;
}

export interface ProgressLine {
  kind: 'progress';
  finished: boolean;
  downloadedBytes: number;
  /** Of the one file that is being fetched, an estimate included. */
  totalBytes: number | null;
  /** The same when its server has told it. */
  announcedBytes: number | null;
  bytesPerSecond: number | null;
}

export type OutputLine =
  | InfoLine
  | ProgressLine
  | { kind: 'processing'; processor: string }
  | { kind: 'file'; path: string }
  | { kind: 'sleep'; seconds: number }
  | { kind: 'tooLarge'; bytes: number };

type Json = Record<string, unknown>;

const SLEEP = /^\[download\] Sleeping (\d+(?:\.\d+)?) seconds as required/;
const TOO_LARGE = /^\[download\] File is larger than max-filesize \((\d+) bytes/;

/** Reads one line of stdout; null for all that is meant for people, and for what was cut on the way. */
export function parseLine(line: string): OutputLine | null {
  switch (line.slice(0, 4)) {
    case 'NXP ':
      return withJson(line, progressLine);
    case 'NXI ':
      return withJson(line, infoLine);
    case 'NXQ ':
      return withJson(line, (json) => ({ kind: 'processing', processor: text(json.postprocessor) ?? 'unknown' }));
    case 'NXF ':
      return fileLine(line);
    default:
      return spokenLine(line);
  }
}

function progressLine(json: Json): ProgressLine {
  return {
    kind: 'progress',
    finished: json.status === 'finished',
    downloadedBytes: number(json.downloaded_bytes) ?? 0,
    totalBytes: number(json.total_bytes) ?? number(json.total_bytes_estimate),
    announcedBytes: number(json.total_bytes),
    bytesPerSecond: number(json.speed),
  };
}

function infoLine(json: Json): InfoLine {
  return {
    kind: 'info',
    title: text(json.title),
    durationSec: number(json.duration),
    liveStatus: text(json.live_status),
    sizeBytes: number(json.filesize) ?? number(json.filesize_approx),
    hasSound: typeof json.acodec === 'string' ? json.acodec !== 'none' : null,
    protocol: text(json.protocol),
  };
}

function fileLine(line: string): OutputLine | null {
  const path = parsed(line);
  return typeof path === 'string' ? { kind: 'file', path } : null;
}

function spokenLine(line: string): OutputLine | null {
  const sleep = SLEEP.exec(line)?.[1];
  if (sleep !== undefined) return { kind: 'sleep', seconds: Number(sleep) };
  const size = TOO_LARGE.exec(line)?.[1];
  return size === undefined ? null : { kind: 'tooLarge', bytes: Number(size) };
}

function withJson(line: string, read: (json: Json) => OutputLine): OutputLine | null {
  const json = parsed(line);
  return typeof json === 'object' && json !== null ? read(json as Json) : null;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line.slice(4));
  } catch {
    return null;
  }
}

const text = (value: unknown) => (typeof value === 'string' ? value : null);
const number = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : null);
