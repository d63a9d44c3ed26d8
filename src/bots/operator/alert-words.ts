import type { InlineKeyboardMarkup } from 'telegraf/types';
import type { Alert } from '../../features/ops/index.js';
import type { BotTexts, Language } from '../../telegram/index.js';

/** Says something to the operator; `other` is for what has no words of its own. */
export class AlertWords {
  constructor(
    private readonly texts: BotTexts,
    private readonly bot: string,
    private readonly language: Language,
  ) {}

  raised(alert: Alert): string {
    return this.say(`alert.${alert.name}`, 'alert.other', variablesOf(alert));
  }

  resolved(alert: Alert): string {
    return this.say(`alert.${alert.name}.resolved`, 'alert.other.resolved', variablesOf(alert));
  }

  /** The message of an alert: what it says, and what was done about it. */
  message(alert: Alert): string {
    const done = pressesOf(alert).map(({ action, by }) =>
      this.say(`alert.done.${action}`, 'alert.done.other', { ...variablesOf(alert), action, by }),
    );
    return [this.raised(alert), ...done].join('\n');
  }

  /** What may still be done about it; undefined when there is nothing. */
  buttons(alert: Alert): InlineKeyboardMarkup | undefined {
    const { id, actions, resolvedAt } = alert;
    const done = pressesOf(alert).map(({ action }) => action);
    const left = resolvedAt ? [] : actions.filter((action) => !done.includes(action));
    if (left.length === 0) return undefined;
    const button = (action: string) => ({
      text: this.say(`alert.action.${action}`, 'alert.action.other', { action }),
      callback_data: `alert:${id}:${action}`,
    });
    return { inline_keyboard: left.map((action) => [button(action)]) };
  }

  private say(key: string, other: string, variables: Record<string, string | number>): string {
    return this.texts.text(this.bot, this.texts.has(this.bot, key) ? key : other, this.language, variables);
  }
}

function variablesOf({ params, subject, name }: Alert): Record<string, string | number> {
  return { name, subject, ...params };
}

/** Since it was told last: told again, an alert begins anew. */
function pressesOf({ presses, tellings }: Alert): Alert['presses'] {
  return presses.filter(({ telling }) => telling === tellings);
}
