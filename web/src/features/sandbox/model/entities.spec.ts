import { hrefOf, splitEntities, type TextNode } from './entities';
import type { TgEntity } from './bot-api';

const entity = (type: string, offset: number, length: number, extra: Partial<TgEntity> = {}): TgEntity => ({
  type,
  offset,
  length,
  ...extra,
});

/** `plain <bold>fat <italic>both</italic></bold>` says more in a test than a tree of objects. */
const draw = (nodes: TextNode[]): string =>
  nodes
    .map((node) =>
      node.kind === 'text' ? node.text : `<${node.entity.type}>${draw(node.children)}</${node.entity.type}>`,
    )
    .join('');

const split = (text: string, ...entities: TgEntity[]): string => draw(splitEntities(text, entities));

describe('splitEntities', () => {
  it('leaves plain text alone', () => {
    expect(split('hello')).toBe('hello');
    expect(splitEntities('', [])).toEqual([]);
  });

  it('keeps what lies before, between and after', () => {
    expect(split('a bold and code.', entity('bold', 2, 4), entity('code', 11, 4))).toBe(
      'a <bold>bold</bold> and <code>code</code>.',
    );
  });

  it('nests, whatever the order', () => {
    expect(split('fat both end', entity('italic', 4, 4), entity('bold', 0, 8))).toBe(
      '<bold>fat <italic>both</italic></bold> end',
    );
    expect(split('same', entity('bold', 0, 4), entity('italic', 0, 4))).toBe('<bold><italic>same</italic></bold>');
  });

  it('keeps siblings after a nested one apart', () => {
    expect(split('ab cd ef', entity('bold', 0, 5), entity('code', 0, 2), entity('link', 6, 2))).toBe(
      '<bold><code>ab</code> cd</bold> <link>ef</link>',
    );
  });

  it('counts in UTF-16 units, so an emoji before the entity shifts it by two', () => {
    expect(split('👍 ok', entity('bold', 3, 2))).toBe('👍 <bold>ok</bold>');
  });

  it('cuts what overlaps or runs over the end', () => {
    expect(split('abcdef', entity('bold', 0, 4), entity('italic', 2, 4))).toBe('<bold>ab<italic>cd</italic></bold>ef');
    expect(split('abc', entity('bold', 1, 99), entity('code', 50, 2))).toBe('a<bold>bc</bold>');
  });
});

describe('hrefOf', () => {
  it.each([
    [entity('url', 0, 0), 'https://example.org/a', 'https://example.org/a'],
    [entity('url', 0, 0), 'example.org', 'http://example.org'],
    [entity('text_link', 0, 0, { url: 'https://a.b' }), 'here', 'https://a.b'],
    [entity('text_link', 0, 0, { url: 'javascript:alert(1)' }), 'here', null],
    [entity('text_link', 0, 0, { url: ' javascript:alert(1)' }), 'here', null],
    [entity('email', 0, 0), 'a@b.c', 'mailto:a@b.c'],
    [entity('phone_number', 0, 0), '+7 (900) 1', 'tel:+79001'],
    [entity('mention', 0, 0), '@nexus_bot', 'https://t.me/nexus_bot'],
  ])('%j of %s', (link, text, href) => {
    expect(hrefOf(link, text)).toBe(href);
  });
});
