import { defineAlert } from '../../ops/index.js';

export const DISABLE = 'provider.disable';
export const END_COOLDOWN = 'provider.end_cooldown';
export const EXTEND_COOLDOWN = 'provider.extend_cooldown';

/** Of a provider; `errorRate` in percent, of the last hour. */
export const providerDown = defineAlert({
  name: 'provider_down',
  severity: 'critical',
  quietMin: 15,
  actions: [DISABLE, END_COOLDOWN, EXTEND_COOLDOWN],
});

/** Of a provider that cannot work as it is set up; `reason`. */
export const providerConfig = defineAlert({
  name: 'provider_config',
  severity: 'critical',
  quietMin: 30,
  actions: [DISABLE],
});

/** Of a provider that fails by its own fault, again and again; the `code` of the error. */
export const providerBug = defineAlert({
  name: 'provider_bug',
  severity: 'warning',
  quietMin: 30,
  actions: [DISABLE, END_COOLDOWN, EXTEND_COOLDOWN],
});

/** Of a provider; `spent` and `budget` in dollars of the day. */
export const budgetWarning = defineAlert({
  name: 'budget_warning',
  severity: 'warning',
  quietMin: 60,
  actions: [DISABLE],
});

/** Of a provider; `used` and `limit` in units of the month. */
export const quotaWarning = defineAlert({
  name: 'quota_warning',
  severity: 'warning',
  quietMin: 60,
  actions: [DISABLE],
});

/** Of a platform. */
export const allProvidersDown = defineAlert({
  name: 'all_providers_down',
  severity: 'critical',
  quietMin: 5,
  actions: [],
});

/** Of a machine; `freeGb` and `reserveGb`. */
export const diskLow = defineAlert({ name: 'disk_low', severity: 'critical', quietMin: 30, actions: [] });

/** Of yt-dlp; its `version`, how many `days` old it is, and as a `reason` what should be looked after. */
export const ytDlpOld = defineAlert({ name: 'ytdlp_old', severity: 'warning', quietMin: 1_440, actions: [] });
