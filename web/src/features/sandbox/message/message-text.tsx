import { type ReactNode, useState } from 'react';
import { useTexts } from '../../../shared/i18n/texts';
import { useCopy } from '../../../shared/ui/use-copy';
import type { TgEntity } from '../model/bot-api';
import { hrefOf, splitEntities, type TextNode } from '../model/entities';
import { sandboxTexts } from '../texts';
import { useMessageActions } from './actions-context';
import classes from './message-text.module.css';

interface MessageTextProps {
  text: string;
  entities: readonly TgEntity[];
}

export function MessageText({ text, entities }: MessageTextProps) {
  return <span className={classes.text}>{renderNodes(splitEntities(text, entities))}</span>;
}

const BLOCKS = new Set(['pre', 'blockquote', 'expandable_blockquote']);

const isBlock = (node: TextNode | undefined): boolean => node?.kind === 'entity' && BLOCKS.has(node.entity.type);

/** The nodes of one text never move, so their place is a good key. */
const renderNodes = (nodes: TextNode[]): ReactNode =>
  nodes.map((node, index) => {
    if (node.kind === 'entity') return <EntityNode key={index} node={node} />;
    // A block ends its line by itself; the line break after it would leave an empty one.
    return isBlock(nodes[index - 1]) ? node.text.replace(/^\n/, '') : node.text;
  });

const plain = (nodes: TextNode[]): string =>
  nodes.map((node) => (node.kind === 'text' ? node.text : plain(node.children))).join('');

function EntityNode({ node: { entity, children } }: { node: Extract<TextNode, { kind: 'entity' }> }) {
  const content = renderNodes(children);
  switch (entity.type) {
    case 'bold':
      return <strong>{content}</strong>;
    case 'italic':
      return <em>{content}</em>;
    case 'underline':
      return <u>{content}</u>;
    case 'strikethrough':
      return <s>{content}</s>;
    case 'code':
      return <code className={classes.code}>{content}</code>;
    case 'pre':
      return <CodeBlock code={plain(children)} language={entity.language} />;
    case 'blockquote':
    case 'expandable_blockquote':
      return <blockquote className={classes.quote}>{content}</blockquote>;
    case 'spoiler':
      return <Spoiler>{content}</Spoiler>;
    case 'bot_command':
      return <CommandLink command={plain(children)} />;
    case 'url':
    case 'text_link':
    case 'email':
    case 'phone_number':
    case 'mention':
      return <Link href={hrefOf(entity, plain(children))}>{content}</Link>;
    case 'hashtag':
    case 'cashtag':
    case 'text_mention':
      return <span className={classes.link}>{content}</span>;
    default:
      return content;
  }
}

function Link({ href, children }: { href: string | null; children: ReactNode }) {
  if (href === null) return children;
  return (
    <a className={classes.link} href={href} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  );
}

function CommandLink({ command }: { command: string }) {
  const { sendText } = useMessageActions();
  return (
    <button
      type="button"
      className={classes.command}
      onClick={() => {
        sendText(command);
      }}
    >
      {command}
    </button>
  );
}

function Spoiler({ children }: { children: ReactNode }) {
  const t = useTexts(sandboxTexts);
  const [isShown, setShown] = useState(false);
  if (isShown) return <span className={classes.revealed}>{children}</span>;
  return (
    <button
      type="button"
      className={classes.spoiler}
      aria-label={t.message.showSpoiler}
      onClick={() => {
        setShown(true);
      }}
    >
      <span aria-hidden>{children}</span>
    </button>
  );
}

function CodeBlock({ code, language }: { code: string; language?: string }) {
  const t = useTexts(sandboxTexts);
  const { canCopy, copied, copy } = useCopy();
  return (
    <span className={classes.block}>
      <span className={classes.blockHead}>
        <span>{language}</span>
        {canCopy && (
          <button
            type="button"
            className={classes.copy}
            onClick={() => {
              copy(code);
            }}
          >
            {copied ? t.button.copied : t.message.copyCode}
          </button>
        )}
      </span>
      <code className={classes.blockCode}>{code}</code>
    </span>
  );
}
