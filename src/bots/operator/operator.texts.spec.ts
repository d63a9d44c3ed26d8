import type { Catalog } from '../../features/bot-messages/index.js';
import { operatorTexts } from './operator.texts.js';

const placeholders = (text: string) => new Set(text.match(/\{\w+\}/g));

describe('the words for the operator', () => {
  it.each(Object.entries(operatorTexts as Catalog))('say the same in both languages: %s', (_key, { en, ru }) => {
    expect(placeholders(ru)).toEqual(placeholders(en));
  });

  it.each(Object.keys(operatorTexts).filter((key) => /^alert\.[a-z_]+$/.test(key)))(
    'say when it is over: %s',
    (key) => {
      expect(Object.keys(operatorTexts)).toContain(`${key}.resolved`);
    },
  );

  it('are as the operator knows them', () => {
    expect(operatorTexts['alert.provider_down'].en).toBe('🔴 {provider} down: {errorRate} % errors');
    expect(operatorTexts['alert.budget_warning'].en).toBe('💰 {provider} budget warning: ${spent}/${budget}');
    expect(operatorTexts['alert.all_providers_down'].en).toBe('🚨 CRITICAL: no working providers for {platform}');
  });
});
