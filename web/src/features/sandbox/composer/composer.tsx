import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTexts } from '../../../shared/i18n/texts';
import { ChevronIcon, CommandsIcon, KeyboardIcon, SendIcon } from '../../../shared/ui/icons';
import type { BotCommand, SandboxBot } from '../api';
import type { TgMessage } from '../model/bot-api';
import type { Draft, LocalFile } from '../model/conversation-reducer';
import { sandboxTexts } from '../texts';
import { AttachMenu } from './attach-menu';
import { AttachmentStrip } from './attachment-strip';
import classes from './composer.module.css';
import { draftsOf } from './drafts-of';
import { MessageInput } from './message-input';
import { ReplyBar } from './reply-bar';
import { ReplyKeyboard } from './reply-keyboard';
import { SamplesMenu } from './samples-menu';
import type { Attachments } from './use-attachments';
import { useKeyboardVisibility } from './use-keyboard-visibility';

interface ComposerProps {
  bot: SandboxBot;
  isGroup: boolean;
  /** The message whose reply keyboard is in force. */
  keyboardMessage: TgMessage | null;
  replyTo: TgMessage | null;
  onCancelReply: () => void;
  attachments: Attachments;
  onSend: (drafts: Draft[]) => void;
}

/** With a keyboard on the screen, as phones have it, taking the focus unasked would cover half of the page. */
const mayTakeFocus = (): boolean => matchMedia('(hover: hover)').matches;

export function Composer(props: ComposerProps) {
  const { bot, isGroup, keyboardMessage, replyTo, onCancelReply, attachments, onSend } = props;
  const t = useTexts(sandboxTexts);
  const [text, setText] = useState('');
  const input = useRef<HTMLTextAreaElement>(null);
  const keys = useKeyboardVisibility(keyboardMessage);
  const keyboard = keyboardMessage?.reply_markup;

  const focus = (): void => {
    input.current?.focus();
  };
  useEffect(() => {
    if (mayTakeFocus()) focus();
  }, [replyTo, attachments.files.length]);

  const send = (words: string, files: readonly LocalFile[] = []): void => {
    const drafts = draftsOf(words, files, replyTo);
    if (drafts.length === 0) return;
    onSend(drafts);
    onCancelReply();
  };
  const sendTyped = (words: string): void => {
    send(words, attachments.take());
    setText('');
    focus();
  };

  const hasFiles = attachments.files.length > 0;
  const label = hasFiles ? t.composer.captionPlaceholder : t.composer.placeholder;
  return (
    <div className={classes.composer}>
      {replyTo && <ReplyBar message={replyTo} onCancel={onCancelReply} />}
      <AttachmentStrip attachments={attachments} />
      <div className={classes.line}>
        <AttachMenu
          onMedia={attachments.add}
          onFiles={(files) => {
            attachments.add(files);
            attachments.setAsFiles(true);
          }}
        />
        <SamplesMenu
          onFill={(url) => {
            setText(url);
            focus();
          }}
          onSend={send}
        />
        {bot.commands.length > 0 && (
          <Tooltip label={t.composer.commands}>
            <ActionIcon
              aria-label={t.composer.commands}
              onClick={() => {
                setText(text === '/' ? '' : '/');
                focus();
              }}
            >
              <CommandsIcon />
            </ActionIcon>
          </Tooltip>
        )}
        <MessageInput
          ref={input}
          label={label}
          placeholder={replyTo?.reply_markup?.input_field_placeholder ?? keyboard?.input_field_placeholder ?? label}
          text={text}
          onText={setText}
          commands={bot.commands}
          wordsOf={({ command }: BotCommand) => (isGroup ? `/${command}@${bot.username}` : `/${command}`)}
          onSend={sendTyped}
          onEscape={onCancelReply}
          onFiles={attachments.add}
        />
        {keyboard && (
          <ActionIcon
            aria-label={keys.isShown ? t.composer.hideKeyboard : t.composer.showKeyboard}
            aria-expanded={keys.isShown}
            onClick={keys.toggle}
          >
            {keys.isShown ? <ChevronIcon /> : <KeyboardIcon />}
          </ActionIcon>
        )}
        <ActionIcon
          variant="filled"
          color="nexus"
          size={40}
          aria-label={t.composer.send}
          disabled={text.trim() === '' && !hasFiles}
          onClick={() => {
            sendTyped(text);
          }}
        >
          <SendIcon />
        </ActionIcon>
      </div>
      {keyboard?.keyboard && keys.isShown && (
        <ReplyKeyboard
          rows={keyboard.keyboard}
          onPress={(words) => {
            send(words);
            if (keyboard.one_time_keyboard) keys.toggle();
          }}
        />
      )}
    </div>
  );
}

/** Stands in the composer's place. */
export function BlockedBar({ onUnblock }: { onUnblock: () => void }) {
  const t = useTexts(sandboxTexts);
  return (
    <div className={classes.blocked}>
      {t.composer.blocked}
      <Button variant="light" onClick={onUnblock}>
        {t.composer.unblock}
      </Button>
    </div>
  );
}
