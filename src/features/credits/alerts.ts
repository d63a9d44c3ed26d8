import { defineAlert } from '../ops/index.js';

/** Of the ledger; how many `problems` its last proof has found. */
export const creditsUnproven = defineAlert({
  name: 'credits_unproven',
  severity: 'critical',
  quietMin: 720,
  actions: [],
});
