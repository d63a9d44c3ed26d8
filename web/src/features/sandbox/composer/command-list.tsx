import { useEffect, useRef } from 'react';
import { useTexts } from '../../../shared/i18n/texts';
import type { BotCommand } from '../api';
import { sandboxTexts } from '../texts';
import classes from './command-list.module.css';

interface CommandListProps {
  id: string;
  commands: readonly BotCommand[];
  selected: number;
  onPick: (command: BotCommand) => void;
}

export const commandOptionId = (listId: string, index: number): string => `${listId}-${index}`;

/** The list above the input while a command is typed. The focus stays in the input, which moves `selected`. */
export function CommandList({ id, commands, selected, onPick }: CommandListProps) {
  const t = useTexts(sandboxTexts);
  const current = useRef<HTMLDivElement>(null);

  useEffect(() => {
    current.current?.scrollIntoView({ block: 'nearest' });
  }, [selected]);

  return (
    <div id={id} role="listbox" aria-label={t.composer.commands} className={classes.list}>
      {commands.map((command, index) => (
        <div
          key={command.command}
          ref={index === selected ? current : undefined}
          id={commandOptionId(id, index)}
          role="option"
          aria-selected={index === selected}
          className={classes.option}
          onMouseDown={(event) => {
            event.preventDefault();
            onPick(command);
          }}
        >
          <span className={classes.command}>/{command.command}</span>
          <span className={classes.description}>{command.description}</span>
        </div>
      ))}
    </div>
  );
}
