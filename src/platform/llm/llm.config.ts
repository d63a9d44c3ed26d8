import { text, url } from '../config/setting.js';
import { defineConfig, type ConfigOf } from '../config/settings.js';

export const llmConfig = defineConfig('LLM', {
  baseUrl: url('LLM_BASE_URL', {
    whenUnset: 'https://api.openai.com/v1, or the stand-in in the sandbox',
    description: 'An API like that of OpenAI',
  }),
  apiKey: text('LLM_API_KEY', { secret: true, description: 'Its key' }),
  model: text('LLM_MODEL', { default: 'gpt-4o-mini', description: 'The model that is asked; it must see pictures' }),
});

export type LlmConfig = ConfigOf<typeof llmConfig>;
