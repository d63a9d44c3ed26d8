export type { Sandbox, SandboxBot, SandboxOptions } from './sandbox-options.js';
export { startSandbox } from './start-sandbox.js';
