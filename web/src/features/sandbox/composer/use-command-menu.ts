import { type KeyboardEvent, useState } from 'react';
import type { BotCommand } from '../api';
import { matchingCommands } from './matching-commands';

interface CommandMenu {
  commands: readonly BotCommand[];
  selected: number;
  /** Takes the keys that steer the menu; false when the key is not for it. */
  onKeyDown: (event: KeyboardEvent) => boolean;
}

/** Commands that fit what is typed, steered from the input: arrows move, Enter sends, Tab completes, Escape hides. */
export function useCommandMenu(
  text: string,
  known: readonly BotCommand[],
  { onSend, onComplete }: { onSend: (command: BotCommand) => void; onComplete: (command: BotCommand) => void },
): CommandMenu {
  const [position, setPosition] = useState({ text, index: 0 });
  const [hiddenAt, setHiddenAt] = useState<string | null>(null);

  const commands = hiddenAt === text ? [] : matchingCommands(text, known);
  const selected = position.text === text ? Math.min(position.index, commands.length - 1) : 0;

  const onKeyDown = (event: KeyboardEvent): boolean => {
    const command = commands[selected];
    if (!command || event.shiftKey) return false;
    const move = (step: number): void => {
      setPosition({ text, index: (selected + step + commands.length) % commands.length });
    };
    switch (event.key) {
      case 'ArrowDown':
        move(1);
        return true;
      case 'ArrowUp':
        move(-1);
        return true;
      case 'Tab':
        onComplete(command);
        return true;
      case 'Enter':
        onSend(command);
        return true;
      case 'Escape':
        setHiddenAt(text);
        return true;
      default:
        return false;
    }
  };

  return { commands, selected, onKeyDown };
}
