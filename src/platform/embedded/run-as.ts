import { execFile } from 'node:child_process';
import { lstatSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

const NOBODY = 65534;

/** The servers get nothing of this process's environment: it holds secrets, and PG* variables would change them. */
export const SERVER_ENV = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
};

/** As whom the servers run. */
export interface RunAs {
  name: string;
  /** Undefined: as this process. */
  uid?: number;
  gid?: number;
  /** Put before the program and its arguments. */
  prefix: string[];
}

export interface Needs {
  /** Programs that must be executable. */
  programs: string[];
  /** Folders that must be passable. */
  folders: string[];
}

/**
 * PostgreSQL refuses root and users without a name (`docker run --user 1234`), so the first of these that can
 * execute the programs and pass the folders is taken:
 * 1. root becomes the owner of the folder, when that is an ordinary user, else nobody;
 * 2. a user namespace in which this user is called nobody: it keeps the user's access to files, so it also works
 *    under a 0700 folder such as /root; container runtimes may forbid it.
 */
export async function chooseRunAs(dataDir: string, needs: Needs): Promise<RunAs> {
  const failures: string[] = [];
  for (const candidate of candidates(dataDir)) {
    const failure = await whyNot(candidate, needs);
    if (failure === undefined) return candidate;
    failures.push(`${candidate.name}: ${failure}`);
  }
  throw new Error(
    `The embedded stores cannot be run by an ordinary user here (${failures.join('; ')}). ` +
      `Let others pass ${dataDir} and the folder of Nexus (chmod o+x), or set DATABASE_URL and REDIS_URL.`,
  );
}

function candidates(dataDir: string): RunAs[] {
  const namespace: RunAs = {
    name: 'user namespace',
    prefix: ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--'],
  };
  if (process.getuid?.() !== 0) return [{ name: 'this user', prefix: [] }, namespace];
  const owner = ordinaryOwner(dataDir);
  return [
    ...(owner ? [{ name: `owner of the folder (${owner.uid})`, ...owner, prefix: [] }] : []),
    { name: 'nobody', uid: NOBODY, gid: NOBODY, prefix: [] },
    namespace,
  ];
}

/** Who owns the folder, or the nearest of its parents that is not root's. */
function ordinaryOwner(folder: string): { uid: number; gid: number } | undefined {
  const { uid, gid } = lstatSync(folder);
  if (uid !== 0) return { uid, gid };
  const parent = dirname(folder);
  return parent === folder ? undefined : ordinaryOwner(parent);
}

async function whyNot(candidate: RunAs, { programs, folders }: Needs): Promise<string | undefined> {
  const checks = [
    ...folders.map((folder) => ['test', '-x', folder]),
    ['id', '-un'],
    ...programs.map((program) => [program, '--version']),
  ];
  for (const [program = '', ...args] of checks) {
    try {
      await runToEnd(candidate, program, args);
    } catch (error) {
      return (error as Error).message.trim();
    }
  }
  return undefined;
}

/** Resolves with what the program printed; the error of a rejection holds its complaints. */
export async function runToEnd({ uid, gid, prefix }: RunAs, program: string, args: string[]): Promise<string> {
  const [command = '', ...rest] = [...prefix, program, ...args];
  const { stdout } = await execute(command, rest, { uid, gid, env: SERVER_ENV, cwd: '/' });
  return stdout;
}

/** Whether a server can be told to end with this process even when this process is killed: util-linux's setpriv. */
export async function canFollowParent(): Promise<boolean> {
  try {
    await runToEnd({ name: 'this user', prefix: [] }, 'setpriv', ['--pdeathsig', 'INT', '--', 'true']);
    return true;
  } catch {
    return false;
  }
}
