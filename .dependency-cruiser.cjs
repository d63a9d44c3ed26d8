/**
 * Who may import whom: app → bots → products → shared capabilities → telegram / platform.
 * ARCHITECTURE.md says why; here it is enforced, for type-only imports too.
 */
const PRODUCTS = '(downloads|generation|recordings)';
const SHARED = '(accounts|audience|bot-messages|credentials|credits|notifications|ops|subscriptions|tasks)';
const APP = '^src/[^/]+\\.ts$';
/** Code that only tests load; it may reach further, but not into the inside of a feature. */
const TESTING = '\\.spec\\.tsx?$|/testing/|^test/';

const forbidden = [];
const forbid = (name, comment, from, to) => forbidden.push({ name, comment, severity: 'error', from, to });

/** The driver is imported by these folders alone. */
function driver(names, homes) {
  forbid(
    `${names[0]}-at-home`,
    `${names.join(', ')} are imported only by ${homes.join(', ')}`,
    { path: '^src/', pathNot: [...homes.map((home) => `^src/${home}/`), TESTING] },
    { path: `^node_modules/(${names.join('|')})/` },
  );
}

// Layers
forbid(
  'platform-knows-nobody',
  'platform has no business words',
  { path: '^src/platform/', pathNot: TESTING },
  { path: '^src/', pathNot: '^src/platform/' },
);
forbid(
  'telegram-knows-only-platform',
  'telegram declares ports that features implement',
  { path: '^src/telegram/', pathNot: TESTING },
  { path: '^src/', pathNot: '^src/(telegram|platform)/' },
);
forbid(
  'shared-knows-no-product',
  'a shared capability reaches a product through a port or an event',
  { path: `^src/features/${SHARED}/` },
  { path: `^src/features/${PRODUCTS}/` },
);
forbid(
  'products-are-strangers',
  'products never import each other',
  { path: `^src/features/${PRODUCTS}/` },
  { path: `^src/features/${PRODUCTS}/`, pathNot: '^src/features/$1/' },
);
forbid(
  'feature-has-a-layer',
  'a new feature is either a product or a shared capability: name it in .dependency-cruiser.cjs',
  { path: '^src/features/', pathNot: `^src/features/(${PRODUCTS}|${SHARED})/` },
  {},
);
forbid(
  'features-know-no-bot',
  'bots stand on features, never the other way round',
  { path: '^src/features/', pathNot: TESTING },
  { path: '^src/bots/' },
);
forbid(
  'bots-are-thin',
  'bots hold no SQL and no calls to the outside',
  { path: '^src/bots/' },
  { path: '^node_modules/(typeorm|@nestjs/typeorm|pg|bull|@nestjs/bull|ioredis|redis|undici)/' },
);
forbid(
  'app-is-the-top',
  'only the composition root itself and tests import it',
  { path: '^src/', pathNot: [APP, TESTING] },
  { path: APP },
);

// Features
forbid(
  'feature-through-its-index',
  'a feature is entered only through its index.ts',
  { path: '^src/features/([^/]+)/', pathNot: TESTING },
  { path: '^src/features/', pathNot: ['^src/features/$1/', '^src/features/[^/]+/index\\.ts$'] },
);
forbid(
  'feature-through-its-index-in-tests',
  'tests of a feature enter others through their index.ts or their testing folder',
  { path: '^src/features/([^/]+)/.*(testing/|\\.spec\\.ts$)' },
  { path: '^src/features/', pathNot: ['^src/features/$1/', '^src/features/[^/]+/(index\\.ts$|testing/)'] },
);
forbid(
  'features-from-outside',
  'a feature is entered only through its index.ts (by tests through its testing folder too)',
  { path: '^(src|test|bench)/', pathNot: '^src/features/' },
  { path: '^src/features/', pathNot: '^src/features/[^/]+/(index\\.ts$|testing/)' },
);

// The stand-ins for the outside world
forbid(
  'sandbox-is-optional',
  'only the composition root and tests know the sandbox',
  { path: '^src/', pathNot: ['^src/sandbox/', APP, TESTING] },
  { path: '^src/sandbox/' },
);
forbid(
  'sandbox-knows-only-platform',
  'stand-ins follow the written contracts, not the code that they stand in for',
  { path: '^src/sandbox/', pathNot: TESTING },
  { path: '^src/', pathNot: '^src/(sandbox|platform)/' },
);

// Drivers
driver(['bull', '@nestjs/bull', 'ioredis'], ['platform/queue']);
driver(['redis', '@redis'], ['platform/redis']);
driver(['pg'], ['platform/database', 'platform/embedded']);
driver(['undici'], ['platform/http', 'platform/egress']);
driver(['proxy-chain'], ['platform/egress']);
driver(['telegraf', 'nestjs-telegraf'], ['telegram', 'bots']);

// What is not the service
forbid(
  'no-test-code-in-the-service',
  'what is built never imports what only tests load',
  { path: '^(src|migrations)/', pathNot: TESTING },
  { path: TESTING },
);
forbid(
  'migrations-stand-alone',
  'a migration must still run when the code of today is gone',
  { path: '^migrations/', pathNot: TESTING },
  { path: '^(src|web|test|scripts)/' },
);
forbid(
  'no-dev-dependency-in-the-service',
  'what is built runs without devDependencies',
  { path: '^(src|migrations)/', pathNot: TESTING },
  { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '^node_modules/@types/' },
);
forbid('panel-and-service-apart', 'they share openapi.json, no code', { path: '^src/' }, { path: '^web/' });
forbid('service-and-panel-apart', 'they share openapi.json, no code', { path: '^web/' }, { path: '^src/' });
forbid(
  'panel-layers',
  'app → features → shared',
  { path: '^web/src/(features|shared)/' },
  { path: '^web/src/(app/|main)' },
);
forbid(
  'panel-shared-knows-nobody',
  'app → features → shared',
  { path: '^web/src/shared/' },
  { path: '^web/src/features/' },
);

// Everywhere
forbid('no-cycles', 'two files that need each other are one idea, or need a third', {}, { circular: true });
forbid(
  'no-orphans',
  'nobody imports it and it imports nobody',
  { orphan: true, pathNot: [APP, TESTING, '^migrations/', '\\.d\\.ts$', '\\.config\\.m?ts$'] },
  {},
);
forbid('no-missing', 'an import that leads nowhere', {}, { couldNotResolve: true });

module.exports = {
  forbidden,
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'require', 'node', 'default'],
      mainFields: ['types', 'main'],
    },
  },
};
