import { Textarea } from '@mantine/core';
import { type ClipboardEvent, type KeyboardEvent, type Ref, useId } from 'react';
import type { BotCommand } from '../api';
import { CommandList, commandOptionId } from './command-list';
import classes from './composer.module.css';
import { useCommandMenu } from './use-command-menu';

interface MessageInputProps {
  ref: Ref<HTMLTextAreaElement>;
  label: string;
  placeholder: string;
  text: string;
  onText: (text: string) => void;
  commands: readonly BotCommand[];
  /** In a group a command names its bot, or every bot there would take it. */
  wordsOf: (command: BotCommand) => string;
  onSend: (words: string) => void;
  onEscape: () => void;
  onFiles: (files: File[]) => void;
}

/** Enter sends, Shift+Enter breaks the line, a slash opens the commands, pasted files are attached. */
export function MessageInput(props: MessageInputProps) {
  const { ref, label, placeholder, text, onText, commands, wordsOf, onSend, onEscape, onFiles } = props;
  const listId = useId();
  const menu = useCommandMenu(text, commands, {
    onSend: (command) => {
      onSend(wordsOf(command));
    },
    onComplete: (command) => {
      onText(`${wordsOf(command)} `);
    },
  });
  const isMenuOpen = menu.commands.length > 0;

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (menu.onKeyDown(event)) event.preventDefault();
    else if (event.key === 'Escape') onEscape();
    else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      onSend(text);
    }
  };
  const onPaste = (event: ClipboardEvent): void => {
    const files = [...event.clipboardData.files];
    if (files.length === 0) return;
    event.preventDefault();
    onFiles(files);
  };

  return (
    <>
      {isMenuOpen && (
        <CommandList
          id={listId}
          commands={menu.commands}
          selected={menu.selected}
          onPick={(command) => {
            onSend(wordsOf(command));
          }}
        />
      )}
      <Textarea
        ref={ref}
        className={classes.input}
        classNames={{ input: classes.textarea }}
        variant="unstyled"
        autosize
        minRows={1}
        maxRows={9}
        enterKeyHint="send"
        aria-label={label}
        placeholder={placeholder}
        aria-autocomplete="list"
        aria-controls={isMenuOpen ? listId : undefined}
        aria-activedescendant={isMenuOpen ? commandOptionId(listId, menu.selected) : undefined}
        value={text}
        onChange={(event) => {
          onText(event.currentTarget.value);
        }}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
      />
    </>
  );
}
