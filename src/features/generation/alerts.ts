import { defineAlert } from '../ops/index.js';

export const UNBLOCK_KEY = 'generation.unblock_key';
export const RESUME_MODEL = 'generation.resume_model';

/** Of a key whose account has no money: its `key`, `account`, and as a `reason` what KIE has said. */
export const keyBilling = defineAlert({
  name: 'generation_key_billing',
  severity: 'critical',
  quietMin: 15,
  actions: [UNBLOCK_KEY],
});

/** Of a key that KIE does not know, or that cannot be decrypted: its `key`, `account` and a `reason`. */
export const keyInvalid = defineAlert({
  name: 'generation_key_invalid',
  severity: 'critical',
  quietMin: 15,
  actions: [],
});

/** There are keys, and none may be used; how many `keys` there are. Its subject is `kie`. */
export const noHealthyKey = defineAlert({
  name: 'generation_no_healthy_key',
  severity: 'critical',
  quietMin: 15,
  actions: [],
});

/** Of an account: its `balance` and the `threshold`, in KIE's credits. */
export const balanceLow = defineAlert({
  name: 'generation_balance_low',
  severity: 'warning',
  quietMin: 1_440,
  actions: [],
});

/** Of a model that KIE has switched off: its `model` (the slug) and as a `reason` what KIE has said. */
export const modelPaused = defineAlert({
  name: 'generation_model_paused',
  severity: 'critical',
  quietMin: 1_440,
  actions: [RESUME_MODEL],
});

/** KIE does not take what it is asked for, or no model is left; how many `jobs` have failed so lately. Its subject is `kie`. */
export const configFailures = defineAlert({
  name: 'generation_config_failures',
  severity: 'critical',
  quietMin: 60,
  actions: [],
});

/** How many `minutes` the oldest job that could be worked on waits, and how many `jobs` do. Its subject is `queue`. */
export const queueOld = defineAlert({
  name: 'generation_queue_old',
  severity: 'critical',
  quietMin: 30,
  actions: [],
});

/** `failureRate` in percent of the `jobs` that have ended lately. Its subject is `jobs`. */
export const failureRate = defineAlert({
  name: 'generation_failure_rate',
  severity: 'critical',
  quietMin: 30,
  actions: [],
});
