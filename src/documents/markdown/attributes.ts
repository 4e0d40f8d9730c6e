import { type Element, text } from '../../html/tree.ts';
import { defined } from '../stated.ts';
import { type Found, followFences, matchAt, type SourceText, WANTED, wantedIn } from './source-text.ts';
import { figure } from './template-code.ts';

/** The id of the block above, alone on its line, as in kramdown and Python-Markdown. */
const BLOCK_ID = /^[ \t>]*\{:?\s*(?:\.[\w-]+\s+){0,9}#([\w:.-]{1,200})(?:\s[^{}\n]{0,500})?\}[ \t]*$/;
const HEADING_LINE = /^ {0,3}(?:#{1,6}[ \t]|=+[ \t]*$|-+[ \t]*$)/;
const FENCE_LINE = /^[ \t>]*(`{3,}|~{3,})/;
/** The beginning of a block: the marks of quotations, lists and tables. */
const BLOCK_MARKS = /^(?:[ \t>]*(?:[-*+][ \t]+|\d{1,9}[.)][ \t]+)*\|?[ \t]*)/;

/** Adds an anchor to each block to whose id a link refers; lines keep their numbers. */
export function identifyBlocks(markdown: string): string {
  if (!/^[ \t>]*\{:?[^{}\n]*#/m.test(markdown)) return markdown;
  const wanted = new Set([...markdown.matchAll(WANTED)].map(([, id, referred]) => id ?? referred));
  const lines = markdown.split('\n');
  let blockStart = 0;
  const fenceAt = followFences();
  for (const [index, line] of lines.entries()) {
    const fence = fenceAt(line);
    if (fence === 'inside') continue;
    const id = BLOCK_ID.exec(line)?.[1];
    const isBelow = index > blockStart && !HEADING_LINE.test(lines[index - 1] ?? '');
    if (id !== undefined && wanted.has(id) && isBelow) {
      const first = lines[blockStart] ?? '';
      const anchor = `<a id="${id}"></a>`;
      if (!FENCE_LINE.test(first)) {
        const [marks] = BLOCK_MARKS.exec(first) ?? [''];
        lines[blockStart] = marks + anchor + first.slice(marks.length);
      } else if (lines[blockStart - 1]?.trim() === '') lines[blockStart - 1] = `\n${anchor}`;
      lines[index] = '';
    }
    if (fence === 'opening') blockStart = index;
    else if (line.trim() === '') blockStart = index + 1;
  }
  return lines.join('\n');
}

/** Words end unambiguously, so the pattern does not backtrack. */
const LIST =
  /\{(?:-|\/\*[ \t]{0,9}#[\p{L}\p{M}\p{N}_:.-]{1,200}[ \t]{0,9}\*\/|::?\/?(?:[^{}\n]|\n(?=[ \t]*[^\s])){0,500}|(?:\s*(?:(?:#[\p{L}\p{M}\p{N}_:.-]+|\.[\w:.[\]()%/-]+)(?=[\s#}])|(?:controls|download|muted|loop|autoplay)(?=[\s}])|[\w-]+=(?:"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[\w.%-]+(?=[\s#}]))))+\s*)\}/uy;

/**
 * Reads `{#id .class}`, the same in a comment of MDX, and kramdown's `{: .class}` behind what they belong to, or on a
 * line of their own; undefined if `start` begins something else. Of what they say, only the id of a heading is kept,
 * and one that a link leads to.
 */
export function readAttributeList(source: SourceText, start: number): Found | undefined {
  const { text, next, columnOf } = source;
  const [list] = matchAt(LIST, text, start);
  if (list === undefined) return undefined;
  const end = start + list.length;
  const comment = list.startsWith('{::comment') ? next(/\{:\/(?:comment)?\}/, end) : undefined;
  if (comment !== undefined) return { end: comment.end, piece: { isSilent: true } };

  const before = text.slice(start - Math.min(columnOf(start), 1000), start);
  const behind = text.slice(end, end + 200);
  const isLineEnd = /^[ \t#]*(?:\n|$)/.test(behind);
  const isHeading =
    isLineEnd && (/^ {0,3}#{1,6}[ \t]/.test(before) || /^[^\n]*\n {0,3}(?:=+|-+)[ \t]*(?:\n|$)/.test(behind));
  const id = /#([\p{L}\p{M}\p{N}_:.-]+)/u.exec(list)?.[1];
  // Hashes may close a heading.
  const closing = isHeading ? (/(?<=\S)[ \t]{1,20}#{1,6}[ \t]{0,20}$/.exec(before)?.[0].length ?? 0) : 0;
  if (isHeading && id !== undefined)
    return { start: start - closing, end, piece: { isSilent: true, headingId: id } };
  const [image = '', caption = '', src] = /!\[([^[\]\n]{0,500})\]\(([^()\s<>]{1,500})\)$/.exec(before) ?? [];
  const alt =
    src === undefined ? undefined : /\balt="((?:[^"\\\n]|\\.)*)"/.exec(list)?.[1]?.replaceAll('\\"', '"');
  if (src !== undefined && alt !== undefined) {
    const named = new Map(Object.entries({ src, alt, caption: caption === alt ? '' : caption }));
    const piece = figure({ name: 'figure', named, positional: [] }) ?? {};
    return { start: start - image.length, end, piece };
  }
  const isOwnLine = isLineEnd && before.trim() === '';
  const isOfItem = list.startsWith('{:') && /^[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+$/.test(before);
  const isKramdown = isOfItem || (isLineEnd && list.startsWith('{:')) || /^\{:[:/]/.test(list);
  // After a link, a picture, a span, emphasis, code, a formula or a tag; `call(x){y=1}` is prose.
  const isAttached =
    /[`>]$|^[ \t>]*\$\$[ \t]*$|(?<=\S)\$\$$|\]\((?:[^()\n]|\([^()\n]*\)){0,500}\)$|(?<![\w\]])\[[^[\]\n]{0,500}\]$|\]\[[^[\]\n]{0,500}\]$|(?<=[^\s*_])[*_]{1,3}$/.test(
      before,
    );
  const lineStart = start - before.length;
  const above = isOwnLine ? text.slice(Math.max(0, lineStart - 500), lineStart) : '';
  const isBelowHeading = /(?:^|\n) {0,3}(?:#{1,6}[ \t][^\n]*|=+[ \t]*|-+[ \t]*)\n$/.test(above);
  if (isBelowHeading && id !== undefined) return { end, piece: { isSilent: true, headingId: id } };
  const isWanted = id !== undefined && wantedIn(source).has(id);
  const anchor = isWanted ? `<a id="${id}"></a>` : undefined;
  if (anchor !== undefined && before.endsWith('[]()')) return { start: start - 4, end, markdown: anchor };
  const [span = '', words = ''] = SPAN.exec(before) ?? [];
  if (span !== '') {
    const shown = /\.(?:aside|column-margin)\b/.test(list) ? ` (${words})` : words;
    return { start: start - span.length, end, markdown: (anchor ?? '') + shown };
  }
  if (!isHeading && !isOwnLine && !isKramdown && !isAttached) return undefined;
  return anchor === undefined ? { end, piece: { isSilent: true } } : { end, markdown: anchor };
}

/** Pandoc's `[words]{.class}`; the words may hold links. */
const SPAN = /(?<![\w\]!])\[((?:[^[\]\n{}<>`$\\=^]|(?<!\w)\[[^[\]\n]{1,200}\]\([^()\s]{1,300}\)){0,500})\]$/;

/** The language in an info string: `rust,ignore`, `js{1,3}`, `{.python}`. */
const LANGUAGE = /^language-\{?\.?((?:\w[\w+#.-]*)?)/;
/** `title="a.js"`, with different keywords in Docusaurus, Hugo, Astro, Zola, Quarto and MDX. */
const TITLE =
  /(?:^|[\s{,:])(?:title|file-?name|file|name|caption)\s?=\s?(?:"([^"\n]{1,200})"|'([^'\n]{1,200})'|([^\s"',{}]{1,200}))/i;
/** `js [a.js]`, as VitePress writes it. */
const BRACKETED = /(?:^|\s)\[([^\]\n=]{1,200})\]$/;
/** `js:a.js`, as Gatsby and Qiita write it; VitePress writes options there. */
const AFTER_COLON = /^[\w+#.-]+:([^\s{}=]{1,200})(?=[\s{]|$)/;
const NO_TITLE = /^(?:no-)?line-numbers/;
/** `{1,3-5}`, and `hl_lines=[1,"3-5"]` as Hugo and Zola write it. */
const LINES = /\{\s?(\d[\d,\s-]{0,200})\}|(?:hl_lines|highlight|mark)\s?=\s?["[{']{0,2}([\d,\s"'-]{1,200})/i;

/** Reads the info string of a code block: its language becomes the class, the rest its data. */
export function readFence(code: Element): void {
  const { properties } = code;
  const [className] = Array.isArray(properties.className) ? properties.className : [];
  const name = String(className);
  const [opening = '', word] = LANGUAGE.exec(name) ?? [];
  if (word === undefined) return;
  const { meta = '', ...data } = (code.data ?? {}) as { meta?: string }; // of the parser
  const info = `${name.slice('language-'.length)} ${meta}`.trim();
  // An id may precede it: `{#list .js}`.
  const stated = word || /^\{#[^{}]*?\s\.(\w[\w+#-]*)/.exec(info)?.[1] || '';
  const language = name.startsWith('=', opening.length) ? '' : stated;
  if (language === '') delete properties.className;
  else properties.className = [`language-${language}`];
  const [, ...titles] = TITLE.exec(info) ?? BRACKETED.exec(info) ?? AFTER_COLON.exec(info) ?? [];
  const title = titles.find((each) => each !== undefined && !NO_TITLE.test(each));
  const [, ...lines] = LINES.exec(info) ?? [];
  const numbers = lines.find((each) => each !== undefined)?.replace(/[^\d,-]+/g, ',');
  code.data = { ...data, ...defined({ title, lines: numbers }) };
}

/** Highlighting comments of Docusaurus and Gatsby, which are not shown, on their own lines or after code. */
const DIRECTION =
  /[ \t]{0,40}(?:\/\/|#|--|;|%|<!--|\{?\/\*)[ \t]{0,5}(?:highlight-(next-line|start|end|line|range\{[\d,-]{1,40}\})|\[!code[ \t]([^\]\n]{1,40})\])[ \t]{0,5}(?:-->|\*\/\}?)?[ \t]{0,5}$/;
/** Languages of documents about such comments. */
const ABOUT = /^language-(?:md|markdown|mdx|text|txt)$/;

/** Removes highlighting comments from code, and marks their lines. */
export function takeDirections(code: Element): void {
  const [only, ...others] = code.children;
  if (only?.type !== 'text' || others.length > 0 || !/highlight-|\[!code/.test(only.value)) return;
  if (ABOUT.test(String(code.properties.className))) return;
  const shown: string[] = [];
  const marked: number[] = [];
  let isMarking = false;
  let isNext = false;
  for (const line of only.value.split('\n')) {
    const [comment, word, rule = ''] = DIRECTION.exec(line) ?? [];
    const rest = comment === undefined ? line : line.slice(0, -comment.length);
    if (word === 'start' || word === 'end') isMarking = word === 'start';
    if (comment === undefined || rest.trim() !== '') {
      shown.push(rest);
      if (isMarking || isNext || word === 'line' || /^(?:hl|highlight|\+\+)/.test(rule))
        marked.push(shown.length);
      isNext = false;
    }
    isNext ||= word === 'next-line';
  }
  code.children = [text(shown.join('\n'))];
  const lines = [code.data?.lines, ...marked].filter((each) => each !== undefined).join(',');
  if (lines !== '') code.data = { ...code.data, lines };
}
