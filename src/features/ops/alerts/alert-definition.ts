/** A kind of alert: what a product raises, and what the operator may do about it at a press. */
export interface AlertDefinition {
  /** E.g. `provider_down`; its words are the bot text `alert.{name}`, its resolved notice `alert.{name}.resolved`. */
  name: string;
  severity: 'critical' | 'warning';
  /** The same subject is not told again for this long, not even when it was over in between. Whole minutes. */
  quietMin: number;
  /** Names of actions, each handled by one method marked `@HandlesAlertAction`; its label is `alert.action.{name}`. */
  actions: readonly string[];
}

/** What is left of the 64 bytes of Telegram's `callback_data` beside `alert:{id}:`. */
const LONGEST_ACTION = 38;
const ACTION = /^[a-z0-9_.]+$/;

/** @throws when the name of an action does not fit into a button: the alert could never be sent */
export function defineAlert(definition: AlertDefinition): AlertDefinition {
  const unfit = definition.actions.find((name) => name.length > LONGEST_ACTION || !ACTION.test(name));
  if (unfit !== undefined) throw new Error(`The action ${unfit} of the alert ${definition.name} fits no button`);
  return definition;
}
