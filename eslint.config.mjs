import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const TYPESCRIPT = ['src/**/*.ts', 'test/**/*.ts', 'migrations/**/*.ts', 'bench/**/*.ts', 'web/**/*.{ts,tsx}', '*.mts'];
const SCRIPTS = ['scripts/**/*.mjs', 'bench/**/*.mjs', '*.{mjs,cjs}'];
/** Code that only tests load. */
const TESTS = ['**/*.spec.{ts,tsx}', '**/testing/**/*.ts', 'test/**/*.ts'];
/** The composition root: it starts everything, so it may touch what everybody else gets injected. */
const ROOT = ['src/*.ts'];

const DECLARE = 'Declare a setting in the *.config.ts of its feature.';
const environment = [{ object: 'process', property: 'env', message: DECLARE }];
const importedEnvironment = [{ selector: 'ImportDeclaration[source.value=/^(node:)?process$/]', message: DECLARE }];

/** Programs get argument lists: a shell would read meaning into what users send. */
const noShells = [
  {
    selector: "Property[key.name='shell'][value.value=true]",
    message: 'Pass an argument list; a shell reads meaning into what users send.',
  },
  {
    selector: "ImportSpecifier[imported.name=/^exec(Sync)?$/][parent.source.value='node:child_process']",
    message: 'Pass an argument list (spawn, execFile); a shell reads meaning into what users send.',
  },
];

const injectedTime = [
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Ask the injected Clock, so that tests need not wait.',
  },
  {
    selector: "MemberExpression[object.name='Date'][property.name='now']",
    message: 'Ask the injected Clock (or performance.now() for a span), so that tests need not wait.',
  },
];

const honestTests = [
  {
    selector: 'CallExpression[callee.name=/^(setTimeout|setInterval|sleep)$/]',
    message: 'Tests do not sleep: poll with a deadline, or move a ManualClock.',
  },
  {
    selector: "CallExpression[callee.property.name='setTimeout']",
    message: 'Tests do not sleep: poll with a deadline, or move a ManualClock.',
  },
  {
    selector: 'ImportDeclaration[source.value=/^(node:)?timers.promises$/]',
    message: 'Tests do not sleep: poll with a deadline, or move a ManualClock.',
  },
  {
    selector: 'MemberExpression[object.name=/^(describe|it|test)$/][property.name=/^(skip|only|todo)$/]',
    message: 'A test runs with all the others, or goes.',
  },
  {
    selector: 'CallExpression[callee.name=/^[xf](describe|it|test)$/]',
    message: 'A test runs with all the others, or goes.',
  },
];

/** Repositories reach rows through `Database`, so that transactions are ambient and owners are checked. */
const rawDatabase = {
  paths: [
    {
      name: 'typeorm',
      importNames: ['DataSource', 'EntityManager', 'QueryRunner'],
      message: 'Use Database of platform/database.',
    },
    {
      name: '@nestjs/typeorm',
      importNames: ['InjectDataSource', 'InjectEntityManager'],
      message: 'Use Database of platform/database.',
    },
  ],
};

export default defineConfig(
  {
    ignores: ['**/dist/', '**/node_modules/', '**/generated/', 'coverage/', '.nexus/'],
  },
  { linterOptions: { noInlineConfig: true } },
  js.configs.recommended,

  {
    files: TYPESCRIPT,
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': true }],
      // Constructor injection needs imports that exist at run time, and a fixer cannot see that.
      '@typescript-eslint/consistent-type-imports': 'off',
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // DTOs and settings are classes for the sake of their decorators; an object of their shape is one of them.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      // An async method without await still keeps its port's word: what it throws arrives as a rejection.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...noShells],
      'no-warning-comments': 'error',
    },
  },
  {
    files: ['src/**/*.ts', 'web/src/**/*.{ts,tsx}'],
    rules: { 'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', { name: 'fetch', message: 'Use HttpClient of platform/http.' }],
      'no-restricted-imports': ['error', rawDatabase],
      'no-restricted-properties': ['error', ...environment],
      'no-restricted-syntax': ['error', ...noShells, ...importedEnvironment, ...injectedTime],
    },
  },
  { files: ['src/platform/clock/**/*.ts'], rules: { 'no-restricted-syntax': ['error', ...noShells] } },
  { files: ['src/platform/config/**/*.ts'], rules: { 'no-restricted-properties': 'off' } },
  { files: ['src/platform/database/**/*.ts', ...ROOT], rules: { 'no-restricted-imports': 'off' } },
  { files: ['src/main.ts', 'bench/**/*.ts'], rules: { 'no-console': 'off' } },
  {
    files: TESTS,
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-restricted-globals': 'off',
      'no-restricted-imports': 'off',
      'no-restricted-properties': 'off',
      'no-restricted-syntax': ['error', ...noShells],
    },
  },
  { files: ['**/*.spec.{ts,tsx}'], rules: { 'no-restricted-syntax': ['error', ...noShells, ...honestTests] } },

  {
    files: ['web/src/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },

  {
    files: SCRIPTS,
    languageOptions: {
      globals: Object.fromEntries(
        [
          'AbortController',
          'AbortSignal',
          'Buffer',
          'URL',
          'clearTimeout',
          'console',
          'fetch',
          'performance',
          'process',
          'setTimeout',
        ].map((name) => [name, 'readonly']),
      ),
    },
    rules: { eqeqeq: 'error', 'no-warning-comments': 'error' },
  },
  { files: ['*.cjs'], languageOptions: { sourceType: 'commonjs' } },
);
