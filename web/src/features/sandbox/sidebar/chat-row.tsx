import type { ReactNode } from 'react';
import { Avatar } from '../../../shared/ui/avatar';
import classes from './chat-row.module.css';

interface ChatRowProps {
  id: number;
  name: string;
  detail: string;
  icon?: ReactNode;
  /** A small sign after the name. */
  sign?: ReactNode;
  isSelected: boolean;
  onSelect: () => void;
}

export function ChatRow({ id, name, detail, icon, sign, isSelected, onSelect }: ChatRowProps) {
  return (
    <li>
      <button type="button" className={classes.row} aria-current={isSelected ? 'page' : undefined} onClick={onSelect}>
        <Avatar id={id} name={name} size={46} icon={icon} />
        <span className={classes.words}>
          <span className={classes.name}>
            <span className={classes.nameText}>{name}</span>
            {sign}
          </span>
          <span className={classes.detail}>{detail}</span>
        </span>
      </button>
    </li>
  );
}
