import { transformFileSync } from '@swc/core';
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Compiles this feature into `target`, beside `script`, and returns the script's path: plain `node` can run it. */
export function compileInto(target: string, script: string): string {
  const source = resolve(__dirname, '..');
  mkdirSync(target);
  for (const name of readdirSync(source)) {
    if (!name.endsWith('.ts') || name.endsWith('.spec.ts')) continue;
    writeFileSync(join(target, name.replace(/ts$/, 'js')), transformFileSync(join(source, name)).code);
  }
  symlinkSync(resolve('node_modules'), join(target, 'node_modules'));
  const path = join(target, 'process.js');
  writeFileSync(path, script);
  return path;
}
