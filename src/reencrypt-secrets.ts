import type { Command } from './command.js';
import { Reencryption } from './platform/crypto/reencryption.js';

/** Not well: something does not open, or still needs a key that the operator would like to take away. */
export const reencryptSecrets: Command = {
  summary: 'Encrypt everything with the first of ENCRYPTION_KEYS; the service may run meanwhile',
  run: async (app, say) => {
    const unopened: string[] = [];
    const needed = new Set<string>();
    for await (const report of app.get(Reencryption).run()) {
      say(`${report.column}: ${report.reencrypted} encrypted anew, ${report.current} were already`);
      for (const id of report.unopened) unopened.push(`${report.column} of ${id}`);
      for (const key of report.otherKeys) needed.add(key);
    }
    for (const place of unopened) say(`Does not open: ${place}`);
    say(needed.size === 0 ? 'No older key is needed any more' : `Still needed: ${[...needed].sort().join(', ')}`);
    if (needed.size > 0 && unopened.length === 0) say('Run it again when every process knows the newest key');
    return unopened.length === 0 && needed.size === 0;
  },
};
