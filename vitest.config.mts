import swc from 'unplugin-swc';
import { defineConfig } from 'vitest/config';

const plugins = [
  swc.vite({
    module: { type: 'es6' },
    jsc: {
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true },
      target: 'es2022',
      keepClassNames: true,
    },
  }),
];

const tier = (name: string, include: string[], extra: Record<string, unknown> = {}) => ({
  plugins,
  oxc: false as const,
  test: { name, include, globals: true, environment: 'node' as const, pool: 'forks' as const, ...extra },
});

export default defineConfig({
  test: {
    // Of the tests of a file that say so: they wait for a service, and for nothing else.
    maxConcurrency: 12,
    projects: [
      tier('unit', ['{src,scripts,web/src}/**/*.spec.ts'], {
        exclude: ['**/*.int.spec.ts', '**/node_modules/**'],
        // They have no I/O, so files may share their modules: a tenth of the time.
        isolate: false,
        sequence: { groupOrder: 1 },
        testTimeout: 5_000,
      }),
      tier('integration', ['{src,test}/**/*.int.spec.ts'], {
        globalSetup: ['test/support/global-setup.ts'],
        // Each file has stores of its own; what it imports takes a fifth of the time when each file loads it anew.
        isolate: false,
        testTimeout: 60_000,
        hookTimeout: 60_000,
        maxWorkers: 2,
        sequence: { groupOrder: 2 },
      }),
      tier('e2e', ['test/e2e/**/*.e2e.spec.ts'], {
        testTimeout: 120_000,
        hookTimeout: 120_000,
        maxWorkers: 2,
        sequence: { groupOrder: 3 },
      }),
      tier('bench', ['bench/**/*.bench.ts'], {
        globalSetup: ['test/support/global-setup.ts'],
        testTimeout: 300_000,
        hookTimeout: 60_000,
        maxWorkers: 1,
        sequence: { groupOrder: 4 },
      }),
    ],
  },
});
