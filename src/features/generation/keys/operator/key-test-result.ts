import type { GenerationError } from '../../kie/error-class.js';

/** What came of a test, and how long KIE took for it. */
export type KeyTestResult = ({ ok: true; balance: number } | { ok: false; error: GenerationError }) & { ms: number };
