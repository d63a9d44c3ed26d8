import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';

interface Service {
  image?: string;
  healthcheck?: { test: string[] };
  volumes?: string[];
}

const read = (path: string) => readFileSync(path, 'utf8');
const hasCompose = spawnSync('docker', ['compose', 'version']).status === 0;

describe('docker-compose.yml', () => {
  const { services, volumes } = parse(read('docker-compose.yml')) as {
    services: Record<string, Service>;
    volumes: Record<string, null>;
  };

  it.each([
    ['postgres', 'postgres:17'],
    ['redis', 'redis:7'],
  ])('runs %s as %s, says when it is ready and keeps its data', (name, image) => {
    const service = services[name];
    expect(service?.image).toMatch(image);
    expect(service?.healthcheck?.test[0]).toBe('CMD');
    expect(service?.volumes).toHaveLength(1);
  });

  it('declares every volume that a service mounts', () => {
    const mounted = Object.values(services).flatMap((service) => service.volumes ?? []);
    expect(mounted.map((volume) => volume.split(':')[0])).toEqual(Object.keys(volumes));
  });

  it.runIf(hasCompose)('is what docker compose understands', () => {
    const { status, stderr } = spawnSync('docker', ['compose', '--profile', 'app', 'config', '--quiet']);
    expect(stderr.toString()).toBe('');
    expect(status).toBe(0);
  });
});

describe('Dockerfile', () => {
  const instructions = read('Dockerfile')
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter((line) => /^[A-Z]+ /.test(line));
  const lastStage = instructions.slice(instructions.findLastIndex((line) => line.startsWith('FROM ')));
  const argumentsOf = (name: string, lines: string[]) =>
    lines.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1).trim());

  it('runs on the Node that package.json asks for', () => {
    const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } };
    const major = /\d+/.exec(engines.node)?.[0];
    const images = argumentsOf('FROM', instructions).filter((image) => image.includes(':'));
    expect(images.length).toBeGreaterThan(0);
    for (const image of images) expect(image).toMatch(`node:${major}-`);
  });

  it('runs as somebody else than root, below an init that reaps', () => {
    expect(argumentsOf('USER', lastStage)).toEqual(['node']);
    expect(argumentsOf('ENTRYPOINT', lastStage)[0]).toContain('tini');
  });

  it('copies only what is there', () => {
    const sources = argumentsOf('COPY', instructions)
      .filter((line) => !line.includes('--from='))
      .flatMap((line) => line.split(/\s+/).slice(0, -1))
      .filter((word) => !word.startsWith('--'));
    expect(sources.length).toBeGreaterThan(0);
    expect(sources.filter((source) => !existsSync(source))).toEqual([]);
  });
});
