import { useTexts } from '../../../shared/i18n/texts';
import type { Fault } from '../api';
import { sandboxTexts } from '../texts';
import type { SandboxTexts } from '../texts.en';
import classes from './faults-panel.module.css';

export function FaultRow({ fault }: { fault: Fault }) {
  const t = useTexts(sandboxTexts);
  const left = fault.times === undefined ? null : fault.times - fault.fired;
  return (
    <li className={classes.fault}>
      <span className={classes.method}>{fault.method ?? t.faults.anyMethod}</span>
      <span>{effectOf(fault, t.faults.summary)}</span>
      {left !== null && <span className={classes.times}>× {left}</span>}
    </li>
  );
}

function effectOf(fault: Fault, words: SandboxTexts['faults']['summary']): string {
  switch (fault.kind) {
    case 'error':
      return words.error(fault.status, fault.retryAfter);
    case 'delay':
      return words.delay(fault.ms);
    case 'drop':
      return words.drop[fault.when];
    case 'hang':
      return words.hang;
  }
}
