import type { Setting } from './setting.js';
import type { ConfigGroup } from './settings.js';

/** The text of `.env.example`: every variable with its meaning, commented out at its default. */
export function envExample(groups: readonly ConfigGroup[]): string {
  const head = '# Every variable of Nexus. All have defaults: an empty environment starts a complete sandbox.\n';
  return [head, ...groups.map(section)].join('\n');
}

function section(group: ConfigGroup): string {
  return `# ── ${group.title} ──\n${Object.values(group.settings).map(entry).join('')}`;
}

function entry({ env, description, expects, secret, defaultText, whenUnset }: Setting<unknown>): string {
  const facts = [secret ? 'secret' : '', expects, whenUnset === undefined ? '' : `when unset: ${whenUnset}`];
  return `# ${description} (${facts.filter(Boolean).join('; ')})\n# ${env}=${defaultText ?? ''}\n`;
}
