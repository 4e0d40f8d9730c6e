import { identifyHeadings, withoutPairs } from '../../html/text.ts';
import {
  contains,
  type Element,
  type ElementContent,
  findAll,
  HEADINGS,
  h,
  isElement,
  type Parent,
  type Root,
  type RootContent,
  rawText,
  text,
  textLines,
} from '../../html/tree.ts';
import { absoluteUrl } from '../../html/url.ts';
import { lazyRequire } from '../../package.ts';
import { capitalized, decodeLeniently, trimEndOf } from '../../strings.ts';
import { readFence, takeDirections } from './attributes.ts';
import type { Extraction } from './extract-syntax.ts';
import { CODE } from './restore-placeholders.ts';

/** DocFX's `[!div class="…"]` has no title. */
const CALLOUT =
  /^\s*\[!(?:div\s[^\]\n]{0,200}\]\s*|(\p{L}[\p{L}\p{M}\w-]*)(?:\|[^\]]{0,200})?\][+-]?[ \t]*)/u;
/** A hashtag: `#` and a word that begins with a letter. */
const HASHTAG = /(?<=^|[\s(])#(\p{L}[\p{L}\p{M}\p{N}_/-]*)/gu;
const MAX_ABBREVIATIONS = 200;

/**
 * Adapts the parser's output, which is for pages on GitHub, to articles.
 *
 * @param extracted the syntax that was extracted from it
 * @returns the hashtags in the text
 */
export function postProcess(content: Root, { markdown, abbreviations }: Extraction): string[] {
  const hasCallouts = markdown.includes('[!');
  const hasWideBreaks = markdown.search(WIDE_BREAK) >= 0;
  const hasFields = FIELD_MARK.test(markdown);
  const hasMarkup = markdown.includes('</');
  const hasTags = /#\p{L}/u.test(markdown);
  const hasIds = markdown.includes('[#');
  const wanted = new Set<string>();
  const tags: string[] = [];
  const visit = (parent: Parent, isCode: boolean, isLinked: boolean): void => {
    for (const node of parent.children) {
      if (node.type === 'text' && hasTags && !isCode && !isLinked)
        for (const tag of hashtagsIn(node.value)) tags.push(tag);
      if (node.type === 'text' && hasFields && !isCode) node.value = withoutFieldMarks(node.value);
      if (node.type === 'text' && hasWideBreaks && !isCode) node.value = node.value.replace(WIDE_BREAK, '');
      if (node.type !== 'element') continue;
      const { tagName, properties } = node;
      const { href, id } = properties;
      // The parser encodes the names of notes.
      if (typeof id === 'string' && id.includes('%')) properties.id = decodeLeniently(id);
      if (typeof href === 'string') {
        if (href.startsWith('#') && href.length > 1) wanted.add(decodeLeniently(href.slice(1)));
        // Zola's root of all documents.
        if (href.startsWith('@/')) properties.href = href.slice(1);
        cutAddress(node, parent);
      }
      if (tagName === 'code' && properties.className !== undefined) {
        readFence(node);
        takeDirections(node);
        if (isElement(parent, 'pre') && String(properties.className) === 'language-math')
          parent.data = { formula: 'block' };
      }
      if (tagName === 'img') takeSize(node);
      if (hasIds && HEADINGS.includes(tagName)) takeId(node);
      for (const name of hasMarkup ? ['alt', 'title'] : []) {
        const words = properties[name];
        if (typeof words === 'string' && words.includes('</')) properties[name] = withoutPairs(words);
      }
      if (hasCallouts && tagName === 'blockquote') writeCallout(node);
      visit(node, isCode || CODE.has(tagName), isLinked || tagName === 'a');
    }
  };
  if (TASK_LINE.test(markdown)) for (const item of findAll(content, 'li')) markTask(item);
  if (LETTERED_LINE.test(markdown)) for (const block of findAll(content, 'p', 'li')) breakLettered(block);
  visit(content, false, false);
  if (markdown.includes('<a id="^')) nameBlocks(content);
  if (/\[[\s#¶§🔗]{0,4}\]\(|<a\s/u.test(markdown)) removeEmptyLinks(content);
  if (CAPTION_LINE.test(markdown)) captionTables(content);
  if (abbreviations.size > 0) expandAbbreviations(content, abbreviations);
  identifyHeadings(content, wanted);
  return tags;
}

/** Takes the id of a heading from its end, `[#id]`, as in Nextra and Fumadocs. */
function takeId({ children, properties }: Element): void {
  const last = children.at(-1);
  if (last?.type !== 'text') return;
  const [mark = '', id] = /\s\[#([a-z][\w-]{0,200})\]$/i.exec(last.value) ?? [];
  if (id === undefined) return;
  properties.id = id;
  last.value = last.value.slice(0, -mark.length);
}

/** The end of a line within words of Chinese or Japanese, which have no spaces. */
const WIDE = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\u3000-\\u303f\\uff00-\\uff60]';
const WIDE_BREAK = new RegExp(`(?<=${WIDE})\\n(?=${WIDE})`, 'gu');

const FIELD_MARK = /[\p{L}\p{N}]::\s/u;
const FIELD_NAME = '(\\p{L}[\\p{L}\\p{M}\\p{N} _-]{0,40})::\\s+';
const FIELD_LINE = new RegExp(`(?<=^|\\n)${FIELD_NAME}`, 'gu');
const FIELD_IN_TEXT = new RegExp(
  `\\[${FIELD_NAME}([^[\\]\\n]{1,200})\\]|\\(${FIELD_NAME}(?=[^()\\n]{1,200}\\))`,
  'gu',
);

/** Converts inline fields, `[mood:: calm]` or `mood:: calm`, to their rendering in Dataview and Logseq. */
function withoutFieldMarks(text: string): string {
  return text
    .replace(FIELD_LINE, '$1: ')
    .replace(FIELD_IN_TEXT, (_, name?: string, value?: string) =>
      name === undefined ? '(' : `${name}: ${value}`,
    );
}

const TASK_LINE = /^[ \t>]*[-*+] \[[/>?!<*"~-]\] /m;
const TASK = /^\[([/>?!<*"~-])\]\s/;

/** Adds a box to tasks in states that GitHub lacks, such as `[/]` for half done. Cancelled tasks count as done. */
function markTask(item: Element): void {
  const { children } = item.children.find((child) => isElement(child, 'p')) ?? item;
  const [first] = children;
  const [mark, state] = first?.type === 'text' ? (TASK.exec(first.value) ?? []) : [];
  if (first?.type !== 'text' || mark === undefined) return;
  first.value = first.value.slice(mark.length - 1);
  children.unshift(h('input', { type: 'checkbox', ...(/[-~]/.test(state ?? '') && { checked: '' }) }));
}

/** The second item of a list that CommonMark lacks, a first item, and any item. */
const LETTERED_LINE =
  /^[ \t>]*(?:\(?(?:b|ii|②|ב|б|β|#|[٢۲२২๒])[.)] |\(2\) |[2２二]、|（[2２二]）|２．|[•◦▪‣●–—] )/im;
const FIRST_LETTER =
  /(?:^|\n)(?:\(?(?:a|i|①|א|а|α|#|[١۱१১๑])[.)]\s|\(1\)\s|[1１一]、|（[1１一]）|１．|[•◦▪‣●]\s)|^[–—]\s/iu;
const BEFORE_ITEM =
  /\n(?=\(?(?:\p{L}|[ivx]{2,5}|[①-⑳]|#|(?!\d)\p{Nd}{1,2})[.)]\s|\(\d{1,2}\)\s|(?:\p{Nd}{1,2}|[一二三四五六七八九十]{1,3})、|（(?:\p{Nd}{1,2}|[一二三四五六七八九十]{1,3})）|(?!\d)\p{Nd}{1,2}．|[•◦▪‣●–—]\s)/iu;

/** Keeps line breaks between items of lists that CommonMark lacks, such as those with letters or `•`. */
function breakLettered(block: Element): void {
  if (!FIRST_LETTER.test(rawText(block))) return;
  block.children = block.children.flatMap((child): ElementContent[] =>
    child.type === 'text' ? textLines(child.value.split(BEFORE_ITEM)) : [child],
  );
}

const CAPTION_LINE = /^(?:Table)?:[ \t]+\S/m;
const CAPTION = /^(?:Table)?:\s+/;
const ATTRIBUTES = /\s{0,9}\{(?:#([\w:.-]{1,100}))?[^{}]{0,200}\}\s{0,9}$/;

/** Takes Pandoc's captions into their tables: `: words` below a table, `Table: words` above or below it. */
function captionTables(content: Root): void {
  const isWords = (node: RootContent | undefined): node is Element =>
    isElement(node, 'p') && node.children[0]?.type === 'text' && CAPTION.test(node.children[0].value);
  const blocks = content.children.filter((node) => node.type === 'element');
  for (const [index, table] of blocks.entries()) {
    if (table.tagName !== 'table' || contains(table, 'caption')) continue;
    const [above, below] = [blocks[index - 1], blocks[index + 1]];
    const caption = isWords(below)
      ? below
      : isWords(above) && !rawText(above).startsWith(':')
        ? above
        : undefined;
    const [first, last] = [caption?.children[0], caption?.children.at(-1)];
    if (caption === undefined || first?.type !== 'text') continue;
    first.value = first.value.replace(CAPTION, '');
    const [attributes = '', id] = last?.type === 'text' ? (ATTRIBUTES.exec(last.value) ?? []) : [];
    if (last?.type === 'text') last.value = last.value.slice(0, last.value.length - attributes.length);
    if (id !== undefined) table.properties.id ??= id;
    table.children.unshift(h('caption', {}, caption.children));
    content.children.splice(content.children.indexOf(caption), 1);
  }
}

/** East Asian punctuation, which ends an address in a text; GitHub ends it only at ASCII punctuation. */
const AFTER_ADDRESS = /[。，、；：！？）】」』》]/u;

/** Moves the text after a bare address out of its link. */
function cutAddress(link: Element, parent: Parent): void {
  const [only] = link.children;
  const written = only?.type === 'text' && link.children.length === 1 ? only.value : '';
  const at = written.search(AFTER_ADDRESS);
  const href = at > 0 ? absoluteUrl(written) : undefined;
  if (only?.type !== 'text' || href === undefined) return;
  if (href.replace(/^https?/, '') !== absoluteUrl(String(link.properties.href))?.replace(/^https?/, ''))
    return;
  only.value = written.slice(0, at);
  link.properties.href = absoluteUrl(only.value);
  (parent.children as ElementContent[]).splice(parent.children.indexOf(link) + 1, 0, text(written.slice(at)));
}

/** Sets the ids of blocks in a vault, which are written after the blocks. */
function nameBlocks(parent: Parent): void {
  parent.children = (parent.children as ElementContent[]).filter((node, index, all) => {
    if (node.type !== 'element') return true;
    const { id } = node.properties;
    if (node.tagName === 'a' && String(id).startsWith('^') && parent.type === 'element') {
      parent.properties.id ??= id;
      return parent.properties.id !== id;
    }
    nameBlocks(node);
    // A list, a table or a quotation has its id below it.
    const before = all.slice(0, index).findLast((each) => each.type === 'element');
    const isBelow = node.tagName === 'p' && String(node.properties.id).startsWith('^');
    if (!isBelow || rawText(node).trim() !== '' || before === undefined) return true;
    before.properties.id ??= node.properties.id;
    return false;
  });
}

/** Removes empty links and permalink marks of headings, which pages converted to Markdown have. */
function removeEmptyLinks(parent: Parent): void {
  const isHeading = parent.type === 'element' && HEADINGS.includes(parent.tagName);
  parent.children = (parent.children as ElementContent[]).filter((node) => {
    if (node.type !== 'element') return true;
    const isFull = node.children.length > 0;
    removeEmptyLinks(node);
    if (node.tagName === 'p') return !isFull || node.children.length > 0;
    if (
      node.tagName !== 'a' ||
      node.properties.id !== undefined ||
      node.properties.href === undefined ||
      contains(node, 'img', 'svg', 'video', 'audio')
    )
      return true;
    const isMark = isHeading && String(node.properties.href).includes('#');
    return (isMark ? /[^\s#¶§🔗]/u : /\S/u).test(rawText(node));
  });
}

/** Marks abbreviations with their long forms as titles (Markdown Extra). */
function expandAbbreviations(content: Root, abbreviations: ReadonlyMap<string, string>): void {
  const names = [...abbreviations.keys()]
    .slice(0, MAX_ABBREVIATIONS)
    .map((name) => name.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&'));
  const word = new RegExp(`(?<![\\p{L}\\p{N}])(?:${names.join('|')})(?![\\p{L}\\p{N}])`, 'gu');
  const visit = (parent: Parent): void => {
    parent.children = (parent.children as ElementContent[]).flatMap((node): ElementContent[] => {
      if (node.type === 'element' && node.tagName !== 'abbr' && !CODE.has(node.tagName)) visit(node);
      if (node.type !== 'text') return [node];
      const nodes: ElementContent[] = [];
      let at = 0;
      for (const { 0: short, index } of node.value.matchAll(word)) {
        if (index > at) nodes.push(text(node.value.slice(at, index)));
        nodes.push(h('abbr', { title: abbreviations.get(short) }, [text(short)]));
        at = index + short.length;
      }
      return at === 0 ? [node] : [...nodes, text(node.value.slice(at))];
    });
  };
  visit(content);
}

/** The name of an emoji on GitHub; a single letter is none. */
const EMOJI = /(?<![\w:]):([+-]1|[a-z][a-z\d_+-]{1,40}):(?![\w:])/g;
const gemoji = lazyRequire<typeof import('gemoji')>('gemoji');

/** Replaces the names of emoji, as in Docusaurus, Nuxt Content, VitePress and VuePress. */
export function showEmoji(parent: Parent): void {
  for (const node of parent.children) {
    if (node.type === 'element' && !CODE.has(node.tagName)) showEmoji(node);
    if (node.type === 'text' && node.value.includes(':'))
      node.value = node.value.replace(EMOJI, (whole, name: string) => gemoji().nameToEmoji[name] ?? whole);
  }
}

/** `![words|300x200](a.png)` of Obsidian. */
function takeSize({ properties }: Element): void {
  const { alt } = properties;
  const [size, width, height] =
    (typeof alt === 'string' && /(?:\|(?:left|right|center))?\|(\d{1,5})(?:x(\d{1,5})|px|%)?$/.exec(alt)) ||
    [];
  if (size === undefined || typeof alt !== 'string') return;
  properties.alt = alt.slice(0, -size.length);
  if (!size.endsWith('%')) properties.width = width;
  if (height !== undefined) properties.height = height;
}

/** `> [!note] Title` of GitHub and Obsidian. */
function writeCallout(quotation: Element): void {
  const paragraph = quotation.children.find((child) => isElement(child, 'p'));
  const first = paragraph?.children[0];
  if (paragraph === undefined || first?.type !== 'text') return;
  const [opening = '', kind] = CALLOUT.exec(first.value) ?? [];
  first.value = first.value.slice(opening.length);
  if (kind === undefined) return;
  const end = paragraph.children.findIndex(
    (child) => isElement(child, 'br') || (child.type === 'text' && child.value.includes('\n')),
  );
  const breaker = paragraph.children[end];
  const title = paragraph.children.slice(0, end < 0 ? undefined : end);
  const rest = end < 0 ? [] : paragraph.children.slice(end + 1);
  if (breaker?.type === 'text') {
    const at = breaker.value.indexOf('\n');
    title.push(text(breaker.value.slice(0, at)));
    rest.unshift(text(breaker.value.slice(at + 1)));
  }
  const words = title.map(rawText).join('').trim();
  const named = words === '' ? [text(capitalized(kind.toLowerCase()))] : title;
  paragraph.children = [h('strong', {}, named)];
  if (!rest.some((node) => node.type !== 'text' || node.value.trim() !== '')) return;
  const at = quotation.children.indexOf(paragraph) + 1;
  quotation.children.splice(at, 0, h('p', {}, rest));
}

function hashtagsIn(value: string): string[] {
  return [...value.matchAll(HASHTAG)].flatMap(([, tag = '']) =>
    isColour(tag) ? [] : trimEndOf(tag, /[/-]/),
  );
}

/** `#fff`, `#1e90ff` and `#FAFAFA` are colours; `#cafe` and `#decade` are words. */
function isColour(word: string): boolean {
  return (
    /^(?:[0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})$/i.test(word) &&
    (/\d|^[A-F]{6}/.test(word) || /^(.)\1+$/i.test(word))
  );
}
