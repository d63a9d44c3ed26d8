import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ControlClient } from '../../../src/sandbox/testing/control-client.js';
import { freePorts } from './free-ports.js';
import { Person } from './person.js';
import { ServiceProcess } from './service-process.js';
import { Stores } from './stores.js';
import { mustBeBuilt, programEnvironment, SANDBOX, SERVICE } from './tools.js';

export const DOWNLOADER_ID = 100001;
const DOWNLOADER = `${DOWNLOADER_ID}:sandbox-downloader:nexus_downloader_bot:Nexus Downloader`;

interface Health {
  roles: string[];
  sandbox: boolean;
}

export interface Nexus {
  process: ServiceProcess;
  url: string;
  health(): Promise<Health>;
}

interface Hit {
  method: string;
  url: string;
}

const MOST_SERVICES = 8;

/** A data folder and the processes on it, all gone after `close`. Whatever is started again has its old addresses. */
export class World {
  readonly control: ControlClient;
  readonly processes: ServiceProcess[] = [];

  private constructor(
    readonly folder: string,
    /** Of the stand-ins; behind it are that of their media site, and those of the services. */
    private readonly firstPort: number,
  ) {
    this.control = new ControlClient(this.apiRoot);
  }

  static async create(): Promise<World> {
    return new World(await mkdtemp(join(tmpdir(), 'nexus-e2e-')), await freePorts(2 + MOST_SERVICES));
  }

  get dataDir(): string {
    return join(this.folder, 'data');
  }

  get apiRoot(): string {
    return `http://127.0.0.1:${this.firstPort}`;
  }

  get mediaHost(): string {
    return `127.0.0.1:${this.firstPort + 1}`;
  }

  /** Of the first service or of another one. */
  servicePort(index = 0): number {
    return this.firstPort + 2 + index;
  }

  /** A link to the media site. */
  link(path: string): string {
    return `http://${this.mediaHost}${path}`;
  }

  /** The service, with nothing configured but where its data and its ports are. */
  async startNexus(env: Record<string, string> = {}): Promise<Nexus> {
    mustBeBuilt(SERVICE);
    const settings = {
      ...programEnvironment(),
      DATA_DIR: this.dataDir,
      PORT: String(this.servicePort()),
      SANDBOX_PORT: String(this.firstPort),
      ...env,
    };
    const url = `http://127.0.0.1:${settings.PORT}`;
    const name = `Nexus on ${settings.PORT}`;
    const child = this.add(new ServiceProcess({ name, file: SERVICE, cwd: this.folder, env: settings }));
    await child.untilReady(async () => (await fetch(`${url}/api/v1/health/ready`)).ok);
    const health = async () => (await (await fetch(`${url}/api/v1/health`)).json()) as Health;
    return { process: child, url, health };
  }

  /** The stand-ins as a process of their own, which outlives the service. */
  async startSandbox(dataDir = this.dataDir): Promise<ServiceProcess> {
    mustBeBuilt(SANDBOX);
    const { PATH = '', FFMPEG_PATH = 'ffmpeg' } = programEnvironment();
    const ports = ['--port', String(this.firstPort), '--media-port', String(this.firstPort + 1)];
    const args = ['--data-dir', dataDir, ...ports, '--bot', DOWNLOADER, '--ffmpeg', FFMPEG_PATH];
    const options = { name: 'Sandbox', file: SANDBOX, args, cwd: this.folder, env: { PATH } };
    const child = this.add(new ServiceProcess(options));
    await child.untilReady(async () => (await fetch(`${this.apiRoot}/control/hello`)).ok);
    return child;
  }

  /** Somebody who has not been here before. */
  async person(languageCode = 'en'): Promise<Person> {
    const { id } = await this.control.post<{ id: number }>('/users', { firstName: 'Somebody', languageCode });
    return new Person(this.control, DOWNLOADER_ID, id);
  }

  /** The stores of the service that runs. */
  stores(): Promise<Stores> {
    return Stores.attach(this.dataDir);
  }

  /** Requests of the media site whose address has `part` in it. */
  async hits(part: string): Promise<Hit[]> {
    const hits = (await (await fetch(this.link('/hits'))).json()) as Hit[];
    return hits.filter(({ url }) => url.includes(part));
  }

  async close(): Promise<void> {
    for (const child of this.processes.toReversed()) if (child.isRunning) await child.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** What all processes have said. */
  logs(): string {
    return this.processes.map(({ name, output }) => `──── ${name}\n${output}`).join('\n');
  }

  private add(child: ServiceProcess): ServiceProcess {
    this.processes.push(child);
    return child;
  }
}

/** A world for the tests of a file, with its logs shown after a test that failed. */
export function useWorld(prepare: (world: World) => Promise<unknown>): () => World {
  let world: World | undefined;
  const current = () => {
    if (!world) throw new Error('There is no world yet');
    return world;
  };
  beforeAll(async () => {
    world = await World.create();
    await prepare(world);
  });
  afterEach(({ task }) => {
    if (task.result?.state === 'fail') process.stderr.write(`${current().logs()}\n`);
  });
  afterAll(() => world?.close());
  return current;
}
