import type { ConfigGroup } from './settings.js';

/** The text of `.env.example`: every variable with its meaning, commented out at its default. */
export function envExample(groups: readonly ConfigGroup[]): string {
  const head = '# Every variable of Nexus. All have defaults: an empty environment starts a complete sandbox.\n';
  return [head, ...groups.map(section)].join('\n');
}

function section(group: ConfigGroup): string {
  const lines = Object.values(group.settings).map(
    ({ env, description, expects, secret, defaultText }) =>
      `# ${description} (${secret ? 'secret; ' : ''}${expects})\n# ${env}=${defaultText ?? ''}\n`,
  );
  return `# ── ${group.title} ──\n${lines.join('')}`;
}
