import { splitTex } from './read-math.ts';
import { type Found, followFences, type SourceText } from './source-text.ts';

/*
 * Python-Markdown and MkDocs write admonitions as `!!! note "Title"`, folded ones as `??? note` and `???+ note`, tabs as
 * `=== "Title"`, and indent what they hold by four spaces.
 */

const INDENTED =
  /^([ \t]*)(?:!!!|\?\?\?\+?)[ \t]+(\p{L}[\p{L}\p{M}\w-]*)((?:[ \t]+[\w-]+)*)(?:[ \t]+"(.*)")?[ \t]*$/u;
const TAB = /^([ \t]*)===[!+]?[ \t]+"(.{1,200})"[ \t]*$/;
const MAYBE = /^[ \t]*(?:(?:!!!|\?\?\?\+?)[ \t]+\p{L}|===[!+]?[ \t]+")/mu;
const INDENT = 4;
/** Deeper ones are text. */
const MAX_NESTED = 6;

/** Writes indented admonitions as those between colons, which `readAdmonition` reads; lines keep their numbers. */
export function fenceAdmonitions(markdown: string): string {
  if (!MAYBE.test(markdown)) return markdown;
  return fenceIn(markdown.split('\n'), MAX_NESTED).join('\n');
}

function fenceIn(lines: readonly string[], nested: number): string[] {
  const written: string[] = [];
  const fenceAt = followFences();
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (fenceAt(line) === 'inside') {
      written.push(line);
      continue;
    }
    const [tab, tabIndent = '', tabTitle = ''] = TAB.exec(line) ?? [];
    const [opening = tab, indent = tabIndent, kind = '', , title = tab && tabTitle] =
      INDENTED.exec(line) ?? [];
    const end = opening === undefined ? at : endOfBody(lines, at + 1, columnsOf(indent) + INDENT);
    if (opening === undefined || nested === 0 || (end === at + 1 && title === undefined)) {
      written.push(line);
      continue;
    }
    const colons = tab === undefined ? ':'.repeat(3 + nested) : '';
    if (tab !== undefined) written.push(`${indent}${strong(tabTitle)}`, '');
    else written.push(`${indent}${colons}${kind}${title === undefined ? '' : ` ${title || NO_TITLE}`}`);
    const body = lines
      .slice(at + 1, end)
      .map((each) => indent + withoutIndent(each, columnsOf(indent) + INDENT));
    const isFollowedByBlank = lines[end]?.trim() === '';
    for (const each of fenceIn(body, nested - 1)) written.push(each);
    written.push(`${indent}${colons}`);
    at = isFollowedByBlank ? end : end - 1;
  }
  return written;
}

/** The title of those that state an empty one. */
const NO_TITLE = '""';

/** The line behind the last one that is indented so far. */
function endOfBody(lines: readonly string[], start: number, columns: number): number {
  let end = start;
  for (let at = start; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line.trim() === '') continue;
    if (columnsOf(/^[ \t]*/.exec(line)?.[0] ?? '') < columns) break;
    end = at + 1;
  }
  return end;
}

function columnsOf(indent: string): number {
  return indent.replaceAll('\t', ' '.repeat(INDENT)).length;
}

function withoutIndent(line: string, columns: number): string {
  const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
  return ' '.repeat(Math.max(0, columnsOf(indent) - columns)) + line.slice(indent.length);
}

/** A longer line is read so far. */
const MAX_LENGTH = 500;
/** `:::note Title`, MyST's `:::{note} Title`, or Pandoc's and Quarto's `::: {.callout-note title="Title"}`. */
const OPENING = /^(:{3,9})[ \t]*(?:(\p{L}[\p{L}\p{M}\w-]*)|\{([A-Za-z][\w-]*)\}|\{([^{}]*)\})?/u;
/** Boxes that only place what they hold, in the words of VitePress, Quarto and MyST. */
const PLACES =
  /^(?:code-group|columns?|center|container|div|grid|group|margin|panel-tabset|raw|row|tabs?|tab-set|tab-item|v-pre|wrapper)$/i;
const CONTENTS = /^(?:contents|toc|toctree)$/i;
/** Classes of boxes that say something, in front of their kind or alone. */
const CALLOUT =
  /\.(?:callout-|admonition-)?(note|tip|info|hint|important|warning|caution|danger|attention|error|seealso|abstract|question|success|failure|bug|example|details|spoiler)(?![\w-])/i;

/** An admonition that is not closed yet. */
export interface OpenAdmonition {
  readonly colons: string;
  readonly isBox: boolean;
}

/**
 * Reads the line that opens an admonition, or the `:::` that closes it, as a quotation with a title; undefined when it is
 * neither. What only places its content is left out.
 *
 * @param open changes with each line that is read
 */
export function readAdmonition(
  { text, next, columnOf }: SourceText,
  start: number,
  open: OpenAdmonition[],
): Found | undefined {
  const indent = ' '.repeat(columnOf(start));
  const end = next(/$/m, start)?.start ?? text.length;
  const line = text.slice(start, Math.min(end, start + MAX_LENGTH));
  const [opening = '', colons = '', word, directive, attributes] = OPENING.exec(line) ?? [];
  const rest = line.slice(opening.length);
  const kind =
    word ?? directive ?? (attributes === undefined ? undefined : (CALLOUT.exec(attributes)?.[1] ?? ''));
  if (kind === undefined) {
    if (rest.trim() !== '' || open.at(-1)?.colons !== colons) return undefined;
    return { end, markdown: open.pop()?.isBox ? `\n${indent}</blockquote>\n` : '' };
  }
  const close = next(new RegExp(`^[ \\t]*${colons}[ \\t]*$`, 'm'), end);
  if (close === undefined) return undefined;
  if (CONTENTS.test(kind)) return { end: close.end, markdown: '' };
  const isBox = kind !== '' && !PLACES.test(kind);
  open.push({ colons, isBox });
  if (!isBox) return { end, markdown: '' };
  const hasHeading =
    attributes !== undefined && /^\s*\n[ \t]*#{1,6}[ \t]/.test(text.slice(end, end + MAX_LENGTH));
  const stated = titleOf(rest) || /\btitle="([^"]*)"/.exec(attributes ?? rest)?.[1] || '';
  const title = stated || (hasHeading ? NO_TITLE : kind.charAt(0).toUpperCase() + kind.slice(1));
  const words = title === NO_TITLE ? '' : `\n${indent}${strong(title)}\n`;
  return { end, markdown: `\n${indent}<blockquote>\n${words}` };
}

/** The words of `[Title]{.class}` and of `Title`. */
function titleOf(stated: string): string {
  const text = stated.trim();
  const braces = text.endsWith('}') ? (text.startsWith('{') ? 0 : text.lastIndexOf('{')) : -1;
  const words =
    braces < 0 || (braces > 0 && text.indexOf('}', braces) < text.length - 1)
      ? text
      : text.slice(0, braces).trimEnd();
  const title = words.startsWith('[') && words.includes(']') ? words.slice(1) : words;
  return title.endsWith(']') ? title.slice(0, -1) : title;
}

/** A title in bold; formulas in it are code that Markdown does not read. */
export function strong(title: string): string {
  const words = splitTex(title, /\$|\\[([]/g)
    .map((part) =>
      typeof part === 'string' ? part : `<code class="language-math">${asEntities(part.tex)}</code>`,
    )
    .join('');
  const mark = words.includes('*') ? '__' : '**';
  return mark + words + mark;
}

function asEntities(text: string): string {
  return text.replace(/[!-/:-@[-`{-~]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
