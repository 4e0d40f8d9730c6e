import type { Article } from '../article.ts';
import { serialize } from '../html/canonical.ts';
import {
  contains,
  type Element,
  type ElementContent,
  findAll,
  HEADINGS,
  h,
  type Root,
  type RootContent,
  rawText,
  root,
  text,
  withReplaced,
} from '../html/tree.ts';
import { baseName, decodeLeniently, trimEndOf } from '../strings.ts';
import { HOLES } from '../templates/holes.ts';
import { withCode } from './code.ts';
import { CODE_STYLE, MATH_STYLE } from './extra-styles.ts';
import { Html, html } from './html.ts';
import { languageAttributes } from './language.ts';
import type { Messages } from './messages/en.ts';
import { withVersions } from './pictures.ts';

/** The beginning of code; articles cannot state this class. */
const CODE = "<figure class='code'>";

/** The maximum length of the markup of a formula that fits a small screen; UTF-16 code units. */
const MAX_NARROW = 400;

/**
 * The content of an article, adapted for its page: scrolling tables, code and formulas can be focused by keyboard, the
 * stylesheet sizes columns, sections have headings, those skip no level, and pictures have alternative text.
 * Unchanged content is not stored twice.
 */
export function contentMarkup(article: Article, messages: Messages): Html {
  const { content: tree, contentHtml, pictures, language, pageContent = tree } = article;
  const coded = contentHtml.includes('<pre') ? withCode(pageContent) : pageContent;
  const sectioned = contentHtml.includes('<section') ? withSections(coded, messages, language) : coded;
  const shownTree = contentHtml.includes('<img') ? withAlternatives(sectioned) : sectioned;
  const shown = shownTree === tree ? contentHtml : withFocus(serialize(shownTree));
  const scrolling = /<(?:table|pre)\b/.test(shown)
    ? shown
        .replaceAll(/<(?:table|pre)\b/g, "$& tabindex='0'")
        .replaceAll(/(?<=<t[dh](?: [^<>]*)?) align='(left|center|right)'/g, " class='$1'")
    : shown;
  const content = withVersions(levelHeadings(scrolling), pictures);
  return new Html(content === contentHtml ? HOLES.body : content);
}

/** Sections need a heading: corrections get one, notes one for assistive technology, and others are divisions. */
function withSections(content: Root, messages: Messages, language: string): Root {
  const attributes = languageAttributes(messages, language) && {
    lang: messages.language,
    dir: messages.direction,
  };
  const show = (nodes: readonly RootContent[]): RootContent[] =>
    nodes.map((node) => {
      if (node.type !== 'element' || node.children.length === 0) return node;
      const children = show(node.children) as ElementContent[]; // no doctypes
      if (node.tagName !== 'section' || contains(node, ...HEADINGS)) return { ...node, children };
      const heading =
        node.properties.id === 'corrections'
          ? h('h2', { ...attributes }, [text(messages.corrections)])
          : rawText(node).includes('↩')
            ? h('h2', { className: ['skip'], ...attributes }, [text(messages.notes)])
            : undefined;
      return heading === undefined
        ? { ...node, tagName: 'div', children }
        : { ...node, children: [heading, ...children] };
    });
  return root(show(content.children));
}

/**
 * A picture without alternative text is decoration. If it is all that a link has, it gets the name of the target.
 *
 * @returns the same tree if nothing changes
 */
function withAlternatives(content: Root): Root {
  const alternatives = new Map<Element, string>();
  for (const element of findAll(content, 'a', 'img')) {
    const { tagName, properties } = element;
    if (tagName === 'img') {
      if (properties.alt === undefined && !alternatives.has(element)) alternatives.set(element, '');
    } else if (typeof properties.href === 'string' && properties.title === undefined) {
      const pictures = findAll(element, 'img');
      const [first] = pictures;
      if (first === undefined || pictures.some((picture) => picture.properties.alt)) continue;
      if (rawText(element).trim() === '') alternatives.set(first, targetName(properties.href));
    }
  }
  if (alternatives.size === 0) return content;
  return withReplaced(content, (element) => {
    const alt = alternatives.get(element);
    return alt === undefined ? undefined : [{ ...element, properties: { ...element.properties, alt } }];
  });
}

/** `two boats` for `https://a.example/media/two-boats.jpg`, and `a.example` for `https://a.example/`. */
function targetName(href: string): string {
  const [address = ''] = href.replace(HOLES.origin, '').split(/[?#]/);
  const name = decodeLeniently(baseName(trimEndOf(address, /\//)));
  const isHost = /^https?:\/\/[^/]*\/?$/.test(address);
  const isFile = !isHost && !address.startsWith('mailto:');
  const words = isFile ? name.replace(/\.\w{2,5}$/, '').replace(/[-_]+/g, ' ') : name.replace('mailto:', '');
  return words.trim() || href;
}

/** Formulas that may be wider than a small screen scroll, so they can be focused by keyboard. */
function withFocus(markup: string): string {
  let close = '';
  return markup.replaceAll(/<math(?: display='block')?>|<\/math>/g, (tag, at: number) => {
    if (tag === '</math>') return tag + close;
    const isLong = tag === '<math>' && markup.indexOf('</math>', at) - at > MAX_NARROW;
    const isScrolling = tag !== '<math>' || isLong;
    close = isScrolling ? '</span>' : '';
    return isScrolling ? `<span class='${isLong ? 'math-inline' : 'math'}' tabindex='0'>${tag}` : tag;
  });
}

/** The additional rules for a content, for the `head` of its page. */
export function contentStyles({ markup }: Html): Html | undefined {
  const styles = [
    ...(markup.includes('<math') ? [MATH_STYLE] : []),
    ...(hasCode({ markup }) ? [CODE_STYLE] : []),
  ];
  return styles.length === 0
    ? undefined
    : html`${styles.map((style) => html`<style>${new Html(style)}</style>\n`)}`;
}

/** Whether a content has code to copy. */
export function hasCode({ markup }: Html): boolean {
  return markup.includes(CODE);
}

/** Puts each heading one level below its parent, whatever levels the author skipped. */
function levelHeadings(html: string): string {
  const above: number[] = [];
  return html.replace(/<(\/?)h([2-6])(?=[ >])/g, (_, close: string, stated: string) => {
    const level = Number(stated);
    if (close === '') {
      while ((above.at(-1) ?? 0) >= level) above.pop();
      above.push(level);
    }
    return `<${close}h${above.length + 1}`;
  });
}
