import { operatorTexts } from '../../../bots/operator/operator.texts.js';
import type { AlertDefinition } from '../../ops/index.js';
import * as alerts from '../alerts.js';

const words: Partial<Record<string, { en: string }>> = operatorTexts;

/** Besides its subject, which each of them has. */
const PARAMS: Record<string, readonly string[]> = {
  generation_key_billing: ['key', 'account', 'reason'],
  generation_key_invalid: ['key', 'account', 'reason'],
  generation_no_healthy_key: ['keys'],
  generation_balance_low: ['account', 'balance', 'threshold'],
  generation_model_paused: ['model', 'reason'],
  generation_config_failures: ['jobs'],
  generation_queue_old: ['minutes', 'jobs'],
  generation_failure_rate: ['failureRate', 'jobs'],
};

const isDefinition = (value: unknown): value is AlertDefinition => typeof value === 'object';
const definitions = Object.values<unknown>(alerts).filter(isDefinition);

describe('the words of the alerts of generation', () => {
  it('are known for all of them', () => {
    expect(definitions.map(({ name }) => name).sort()).toEqual(Object.keys(PARAMS).sort());
  });

  it.each(definitions)('$name: they say what is known of it, when it begins and when it is over', ({ name }) => {
    for (const key of [`alert.${name}`, `alert.${name}.resolved`]) {
      const text = words[key]?.en ?? '';
      expect(text).not.toBe('');
      const asked = [...text.matchAll(/\{(\w+)\}/g)].map(([, param]) => param);
      expect(['subject', ...(PARAMS[name] ?? [])]).toEqual(expect.arrayContaining(asked));
    }
  });

  it.each(definitions.flatMap(({ actions }) => actions))('%s: its button, and what it has done', (action) => {
    expect(words[`alert.action.${action}`]).toBeDefined();
    expect(words[`alert.done.${action}`]?.en).toContain('{by}');
  });
});
