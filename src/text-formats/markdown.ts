import type { Element, ElementContent, Root, Text } from 'hast';
import type { Handle, toMdast } from 'hast-util-to-mdast';
import type { Nodes, Parents, PhrasingContent, RootContent } from 'mdast';
import type { gfmToMarkdown } from 'mdast-util-gfm';
import type { defaultHandlers, toMarkdown } from 'mdast-util-to-markdown';
import type { Article } from '../article.ts';
import type { Site } from '../config/site.ts';
import { keyOf, sliceOf } from '../facets.ts';
import { recordingOf } from '../html/text.ts';
import { attribute, h, isElement, rawText, text } from '../html/tree.ts';
import { lazyRequire } from '../package.ts';
import {
  articlePath,
  FEED_FORMATS,
  feedPath,
  formatNames,
  formatPath,
  paths,
  slicePath,
  valuePath,
} from '../routes/paths.ts';
import { wordMap, wordSet } from '../strings.ts';
import { HOLES } from '../templates/holes.ts';
import { withoutSpans } from './text.ts';

/** The metadata of an article as front matter in YAML, with a hole for the origin. */
function frontMatter(article: Article): string {
  const { title, slug, published, updated, language, authors, tags, source } = article;
  const lines = [
    `title: ${quoted(title)}`,
    `date: ${new Date(published).toISOString()}`,
    `updated: ${new Date(updated).toISOString()}`,
    `language: ${quoted(language)}`,
    ...(authors.length === 0 ? [] : ['authors:']),
    ...authors.flatMap(({ name, uri }) => [
      `  - name: ${quoted(name)}`,
      ...(uri === undefined ? [] : [`    url: ${quoted(uri)}`]),
    ]),
    ...(tags.length === 0 ? [] : [`tags: [${tags.map(quoted).join(', ')}]`]),
    ...(source === undefined ? [] : ['source:', `  title: ${quoted(source.title)}`]),
    ...(source?.uri === undefined ? [] : [`  url: ${quoted(source.uri)}`]),
    ...(source?.published === undefined ? [] : [`  date: ${source.published}`]),
    `canonical: ${quoted(HOLES.origin + articlePath(slug))}`,
  ];
  return `---\n${lines.join('\n')}\n---\n`;
}

/** JSON's strings are strings of YAML 1.2 too (§1.3). */
function quoted(text: string): string {
  return JSON.stringify(text);
}

/**
 * An article as Markdown below front matter, with a hole for the origin: its author's Markdown if there is any,
 * otherwise its HTML converted.
 */
export function articleMarkdown(article: Article): string {
  const markdown = article.sourceMarkdown ?? contentMarkdown(article.content);
  return `${frontMatter(article)}\n${markdown.replace(/^\n+/, '').trimEnd()}\n`;
}

const converter = lazyRequire<{ toMdast: typeof toMdast }>('hast-util-to-mdast');

/** The delimiters of elements in Markdown. */
const MARKED = wordMap('em=* i=* u=* strong=** b=** del=~~ s=~~');
/** Elements without Markdown syntax, which are written as HTML tags. */
const HTML_TAGS: ReadonlySet<string> = new Set(['sub', 'sup', 'kbd', 'mark', 'ins']);
/* They enclose the name of such a tag while the tree is converted: noncharacters, which no article contains. */
const TAG_START = '\uFDEE';
const TAG_END = '\uFDEF';

export function contentMarkdown(root: Root): string {
  const children = prepareAll(root.children as ElementContent[]); // no doctypes
  const tree = converter().toMdast({ ...root, children } satisfies Root, { handlers: { code: inlineCode } });
  tighten(tree);
  keepLines(tree);
  return writeMarkdown(tree).replaceAll(TAG_START, '<').replaceAll(TAG_END, '>');
}

/** Code within a line; a formula stands between dollars. */
const inlineCode: Handle = (state, code, parent) => {
  if (attribute(code, 'class') !== 'language-tex') return { type: 'inlineCode', value: rawText(code) };
  const mark = isElement(parent, 'p') && parent.children.length === 1 ? '$$' : '$';
  const tex = rawText(code).trim().replace(/\s+/g, ' ');
  return { type: 'html', value: mark + (state.inTable ? tex.replaceAll('|', '\\|') : tex) + mark };
};

/** @param open the delimiters of the enclosing elements; `cell` within a cell of a table */
function prepareAll(
  nodes: readonly ElementContent[],
  open: ReadonlySet<string> = new Set(),
): ElementContent[] {
  const prepared: ElementContent[] = [];
  for (const node of nodes.flatMap((each) =>
    each.type === 'element' ? prepareElement(each, open) : [each],
  )) {
    const last = prepared.at(-1);
    // The library is slow for thousands of adjacent texts.
    if (node.type === 'text' && last?.type === 'text')
      prepared[prepared.length - 1] = { ...last, value: last.value + node.value };
    else prepared.push(node);
  }
  return prepared;
}

/**
 * Prepares a tree for the library: the caption of a table becomes a paragraph above it, a link without a target becomes
 * its text, and nested emphasis is emphasised once: the library takes time that grows with the cube of the depth.
 */
function prepareElement(stated: Element, open: ReadonlySet<string>): ElementContent[] {
  const element = stated.tagName === 'table' ? withoutSpans(stated) : stated;
  const { tagName } = element;
  // A cell of a table is one line, in which a break is a tag.
  if (tagName === 'br' && open.has('cell')) return [tag(tagName)];
  if (tagName === 'pre' && open.has('cell')) {
    const lines = rawText(element)
      .split('\n')
      .filter((line) => line.trim() !== '');
    return lines.flatMap((line, index) => [...(index > 0 ? [tag('br')] : []), h('code', {}, [text(line)])]);
  }
  const mark = /^t[dh]$/.test(tagName) ? 'cell' : MARKED.get(tagName);
  const children = prepareAll(element.children, mark === undefined ? open : new Set([...open, mark]));
  if (mark !== undefined && mark !== 'cell' && open.has(mark)) return children;
  if (HTML_TAGS.has(tagName)) return [tag(tagName), ...children, tag(`/${tagName}`)];
  if (tagName === 'a' && attribute(element, 'href') === undefined) return children;
  if (tagName === 'audio' || tagName === 'video') return [linkToRecording(element)];
  if (tagName !== 'table') return [{ ...element, children }];
  const captions = children
    .filter((node) => isElement(node, 'caption'))
    .map((caption) => ({ ...caption, tagName: 'p' }));
  return [...captions, { ...element, children: children.filter((node) => !isElement(node, 'caption')) }];
}

/** A link to the recording of a player: the poster of a film, otherwise the name. */
function linkToRecording(player: Element): Element {
  const { url = '', name } = recordingOf(player);
  const poster = attribute(player, 'poster');
  return h('a', { href: url }, [poster === undefined ? text(name) : h('img', { src: poster, alt: name })]);
}

function tag(name: string): Text {
  return text(TAG_START + name + TAG_END);
}

/** A list is as loose as its items are. */
function tighten(node: Nodes): void {
  if (node.type === 'list') node.spread = node.children.some(({ spread }) => spread);
  if ('children' in node) for (const child of node.children) tighten(child);
}

const BLOCKS = wordSet(
  'blockquote code footnoteDefinition heading list listItem paragraph table tableCell tableRow thematicBreak',
);
/** Nodes that are written on one line. */
const LINES = wordSet('emphasis delete heading link paragraph strong tableCell');

/**
 * Replaces blocks within a line, such as a heading in a heading, with their text: the library takes time that doubles
 * with each nested block.
 */
function keepLines(node: Nodes): void {
  if (!('children' in node)) return;
  if (LINES.has(node.type)) node.children = wordsInLine(node) as typeof node.children; // without blocks, they are allowed there
  for (const child of node.children) keepLines(child);
}

function wordsInLine({ children }: Parents): RootContent[] {
  if (!children.some(({ type }) => BLOCKS.has(type))) return children;
  const line: RootContent[] = [];
  let isAfterBlock = false;
  for (const child of children) {
    const isBlock = BLOCKS.has(child.type);
    const words = isBlock ? blockInLine(child) : [child];
    if (words.length === 0) continue;
    if (line.length > 0 && (isBlock || isAfterBlock)) line.push({ type: 'text', value: ' ' });
    line.push(...words);
    isAfterBlock = isBlock;
  }
  return line;
}

function blockInLine(block: RootContent): RootContent[] {
  if (block.type === 'code') return [{ type: 'inlineCode', value: block.value }];
  return 'children' in block ? wordsInLine(block) : [];
}

const writer = lazyRequire<{ toMarkdown: typeof toMarkdown; defaultHandlers: typeof defaultHandlers }>(
  'mdast-util-to-markdown',
);
const extension = lazyRequire<{ gfmToMarkdown: typeof gfmToMarkdown }>('mdast-util-gfm');

/** Prose that is no markup anywhere in a line: most titles and summaries. */
const PROSE = /^(?!.*www)[‘“’"]?\p{L}(?: ?[\p{L}\p{M}\p{N},;:.'’‘"“”?–—…-])*$/u;

/** Writes a link and, after a colon, plain text about it, on one line. */
function markdownLine(linked: { readonly text: string; readonly url: string }, rest: string): string {
  if (PROSE.test(linked.text) && PROSE.test(rest) && !/[\s()<>\\&_*]/.test(linked.url))
    return `[${linked.text}](${linked.url}): ${rest}`;
  const link: PhrasingContent = {
    type: 'link',
    url: linked.url,
    children: [{ type: 'text', value: linked.text }],
  };
  return writeMarkdown({
    type: 'paragraph',
    children: [link, { type: 'text', value: `: ${rest}` }],
  }).trimEnd();
}

/** Escapes plain text. */
function markdownText(text: string): string {
  if (PROSE.test(text)) return text;
  return writeMarkdown({ type: 'paragraph', children: [{ type: 'text', value: text }] }).trimEnd();
}

function writeMarkdown(tree: Nodes): string {
  const { toMarkdown, defaultHandlers } = writer();
  const extensions = [extension().gfmToMarkdown()];
  const link: typeof defaultHandlers.link = (...all) => withPlainQuery(defaultHandlers.link(...all));
  link.peek = defaultHandlers.link.peek;
  return toMarkdown(tree, { bullet: '-', rule: '*', listItemIndent: 'one', extensions, handlers: { link } });
}

/** The library escapes every `&` of an address; only those of character references need it. */
function withPlainQuery(link: string): string {
  const end = link.lastIndexOf('](');
  return link.slice(0, end + 1) + link.slice(end + 1).replace(/\\&(?!#?\w{1,40};)/g, '&');
}

/** The description of the site for language models (llmstxt.org), with holes for its newest and its older articles. */
export function llmsTxt(site: Site): string {
  const feeds = FEED_FORMATS.map((format) =>
    link(formatNames[format], feedPath(format), 'the newest articles, whole'),
  );
  const podcasts = site.podcasts.map(({ title, collection, description }) => {
    const path = valuePath('collection', keyOf(collection), 'rss');
    return link(markdownText(title), path, `the podcast, as RSS: ${markdownText(description)}`);
  });
  return `# ${markdownText(site.title)}

> ${markdownText(site.description)}

Every article is at its address as a page, with \`.md\` behind it as Markdown, with \`.txt\` as plain text, with \`.json\` as an item of JSON Feed. \`${slicePath(sliceOf([], 'words'), 'json')}\` finds the articles with these words.

## Articles

${HOLES.list}
## Feeds

${feeds.join('')}${podcasts.join('')}${link('All feeds', paths.opml, 'by tag, source, author, language and year, as OPML')}
## Optional

${HOLES.pager}${link('Sitemap', paths.sitemap, 'every article')}`;
}

/** The link to older articles if there are any, with a hole for the path. */
export function llmsOlder(): string {
  return link('Older articles', HOLES.ownPath, 'page by page');
}

/** An article in that list. */
export function llmsLine({ title, slug, summary }: Article): string {
  const url = HOLES.origin + formatPath(slug, 'markdown');
  return `- ${markdownLine({ text: title, url }, summary)}\n`;
}

function link(name: string, path: string, notes: string): string {
  return `- [${name}](${HOLES.origin}${path}): ${notes}\n`;
}
