import { capitalized, partsBetween, wordList } from '../../strings.ts';
import { elementFor } from './read-directive.ts';
import { texAsCode } from './read-math.ts';
import {
  escapeHtml,
  type Found,
  followFences,
  type Range,
  type SourceText,
  wantedIn,
} from './source-text.ts';
import { argument, includedCall, type TemplateCall } from './template-code.ts';
import { columnsOf, TAB_COLUMNS, withoutIndent } from './unindent.ts';

/*
 * Python-Markdown and MkDocs write admonitions as `!!! note "Title"`, folded ones as `??? note` and `???+ note`, tabs
 * as `=== "Title"`, and indent what they hold by four spaces. PyMdown
 * also writes `/// note | Title`, which `///` closes.
 */

const INDENTED =
  /^([ \t]*)(?:!!!|\?\?\?\+?)[ \t]+(\p{L}[\p{L}\p{M}\w-]*)((?:[ \t]+[\w-]+)*)(?:[ \t]+"(.*)")?[ \t]*$/u;
const TAB = /^([ \t]*)===[!+]?[ \t]+"(.{1,200})"[ \t]*$/;
const SLASHED = /^([ \t]*)(\/{3,9})(?:[ \t]{1,9}([a-z][a-z-]{0,40})(?:[ \t]{0,9}\|(.{0,300}))?)?\s*$/;
const SLASHED_OPTION = /^(?: {4}|\t)[ \t]*[a-z][\w-]*:(?:\s|$)/;
const MAYBE =
  /^[ \t]*(?:(?:!!!|\?\?\?\+?)[ \t]+\p{L}|===[!+]?[ \t]+"|`{3,9}ad-|\/{3,9}[ \t]+[a-z]|==[ \t]|@tab\b|#{1,6}[ \t]+\[[^[\]\n]{1,200}\]\(#tab\/)/mu;
/** A box as a code block with options at its top, as in Obsidian's plugin Admonition. */
const FENCED = /^([ \t]*)(`{3,9})ad-([a-z][\w-]*)[ \t]*$/;
const OPTION = /^[ \t]*(title|collapse|icon|color):(.*)$/;
/** Deeper ones are text. */
const MAX_NESTED = 6;

/** Converts indented admonitions to those between colons, which `readAdmonition` reads; lines keep their numbers. */
export function fenceAdmonitions(markdown: string): string {
  if (!MAYBE.test(markdown)) return markdown;
  return fenceIn(withColons(withTabLabels(markdown.split('\n'))), MAX_NESTED).join('\n');
}

/** `== npm` and `@tab npm` in a block of tabs, as in VitePress and VuePress. */
const TAB_LABEL = /^[ \t]*(?:==[ \t]+|@tab(?::active)?[ \t]+)([^=\n]{1,200})$/;
/** DocFX's `# [npm](#tab/npm)`; a rule ends its tabs. */
const TAB_HEADING = /^#{1,6}[ \t]+\[([^[\]]{1,200})\]\(#tab\/[^()\s]+\)[ \t]*$/;

/** Writes the labels of tabs as `===` does, in bold. */
function withTabLabels(lines: readonly string[]): readonly string[] {
  const fenceAt = followFences();
  let open: string | undefined;
  let hasHeadings = false;
  return lines.map((line) => {
    if (fenceAt(line) !== undefined) return line;
    if (line.trim() === open) open = undefined;
    open ??= /^[ \t]*(:{3,9})[ \t]*(?:code-)?tabs\b/.exec(line)?.[1];
    const heading = TAB_HEADING.exec(line)?.[1];
    const isEnd = hasHeadings && /^(?:-{3,}|\*{3,}|_{3,})[ \t]*$/.test(line);
    hasHeadings = heading !== undefined || (hasHeadings && !isEnd);
    const label = heading ?? (open === undefined ? undefined : TAB_LABEL.exec(line)?.[1]);
    if (label === undefined) return isEnd ? '' : line;
    return `\n${strong(label.replace(/^tab[ \t]|#[\w-]+$/g, '').trim())}\n`;
  });
}

/** Writes blocks between slashes as those between colons, if each is closed. */
function withColons(lines: readonly string[]): readonly string[] {
  const fenceAt = followFences();
  let depth = 0;
  let isHead = false;
  const written = lines.map((line) => {
    const [whole, indent = '', slashes = '', name, title = ''] =
      (fenceAt(line) === undefined && SLASHED.exec(line)) || [];
    isHead &&= SLASHED_OPTION.test(line);
    if (isHead) return '';
    if (whole === undefined || depth < 0) return line;
    depth += name === undefined ? -1 : 1;
    isHead = name !== undefined;
    const kind = name?.replace(/^(?:.*caption|html|define)$/, 'container').replace(/^tab$/, 'details') ?? '';
    return `${indent}${':'.repeat(slashes.length)}${kind} ${kind === 'container' ? '' : title.trim()}`.trimEnd();
  });
  return depth === 0 ? written : lines;
}

function fenceIn(lines: readonly string[], nested: number): readonly string[] {
  if (nested === 0) return lines;
  const written: string[] = [];
  const fenceAt = followFences();
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const fence = fenceAt(line);
    const [, margin = '', ticks = '', name = ''] = (fence === 'opening' && FENCED.exec(line)) || [];
    const closing = name === '' ? -1 : lines.indexOf(margin + ticks, at + 1);
    if (closing > 0) {
      const held = lines.slice(at + 1, closing);
      const count = held.findIndex((each) => !OPTION.test(each));
      const options = held.slice(0, count < 0 ? undefined : count).map((each) => OPTION.exec(each) ?? []);
      const title = options.find(([, option]) => option === 'title')?.[2]?.trim();
      const colons = margin + ':'.repeat(3 + nested);
      written.push(`${colons}${name}${title === undefined ? '' : ` ${title || NO_TITLE}`}`);
      written.push(...options.map(() => ''), ...fenceIn(held.slice(options.length), nested - 1), colons);
      for (let passed = at; passed < closing; ) fenceAt(lines[++passed] ?? '');
      at = closing;
      continue;
    }
    if (fence === 'inside') {
      written.push(line);
      continue;
    }
    const [tab, tabIndent = '', tabTitle = ''] = TAB.exec(line) ?? [];
    const [opening = tab, indent = tabIndent, kind = '', , title = tab && tabTitle] =
      INDENTED.exec(line) ?? [];
    const columns = columnsOf(line) + TAB_COLUMNS;
    const end = opening === undefined ? at : endOfBody(lines, at + 1, columns);
    if (opening === undefined || (end === at + 1 && title === undefined)) {
      written.push(line);
      continue;
    }
    const colons = tab === undefined ? ':'.repeat(3 + nested) : '';
    if (tab !== undefined) written.push(`${indent}${strong(tabTitle)}`, '');
    else written.push(`${indent}${colons}${kind}${title === undefined ? '' : ` ${title || NO_TITLE}`}`);
    const body = lines.slice(at + 1, end).map((each) => indent + withoutIndent(each, columns));
    for (const each of fenceIn(body, nested - 1)) written.push(each);
    written.push(`${indent}${colons}`);
    at = lines[end]?.trim() === '' ? end : end - 1;
  }
  return written;
}

/** The title of an admonition that states an empty one. */
const NO_TITLE = '""';

/** The index of the line after the last one with this indentation. */
function endOfBody(lines: readonly string[], start: number, columns: number): number {
  let end = start;
  for (let at = start; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line.trim() === '') continue;
    if (columnsOf(line) < columns) break;
    end = at + 1;
  }
  return end;
}

/** In characters; the rest of the line is not read. */
const MAX_LENGTH = 500;
/** `:::note Title`, MyST's `:::{note} Title`, or Pandoc's and Quarto's `::: {.callout-note title="Title"}`. */
const OPENING = /^(:{3,9})[ \t]*(?:(\p{L}[\p{L}\p{M}\w-]*)|\{([A-Za-z][\w-]*)\}|\{([^{}]*)\})?/u;
/** Boxes for layout, by their names in VitePress, Quarto and MyST. */
const PLACES =
  /^(?:code-(?:group|tabs)|columns?|center|container|div|grid|group|margin|panel-tabset|raw|row|tabs?|tab-set|tab-item|v-pre|wrapper)$/i;
const CONTENTS = /^(?:contents|toc|toctree)$/i;
/** Classes of boxes with a kind, before the kind or alone. */
const CALLOUT =
  /\.(?:callout-|admonition-)?(note|tip|info|hint|important|warning|caution|danger|attention|error|seealso|abstract|question|success|failure|bug|example|details|spoiler)(?![\w-])/i;

export interface OpenAdmonition {
  /** What closes it; absent in Pandoc, where any number of colons does. */
  readonly colons: string | undefined;
  readonly isBox: boolean;
}

/**
 * Reads the line that opens an admonition, or the `:::` that closes it, as a quotation with a title; undefined if it is
 * neither. What only places its content is left out.
 *
 * @param open changes with each line that is read
 */
export function readAdmonition(source: SourceText, start: number, open: OpenAdmonition[]): Found | undefined {
  const { text, next, columnOf } = source;
  const indent = ' '.repeat(columnOf(start));
  const end = next(/$/m, start)?.start ?? text.length;
  const line = text.slice(start, Math.min(end, start + MAX_LENGTH));
  const [opening = '', colons = '', word, directive, attributes] = OPENING.exec(line) ?? [];
  const rest = line.slice(opening.length);
  const kind =
    word ?? directive ?? (attributes === undefined ? undefined : (CALLOUT.exec(attributes)?.[1] ?? ''));
  if (kind === undefined) {
    const last = open.at(-1);
    if (rest.trim() !== '' || last === undefined || (last.colons ?? colons) !== colons) return undefined;
    return { end, markdown: open.pop()?.isBox ? closeBox(indent) : '' };
  }
  // DocFX closes its marks on the same line: `:::row:::`, `:::image source="a.png" alt-text="A":::`.
  if (/:::[ \t]*$/.test(rest)) {
    const [src, alt = ''] = ['source', 'alt-text'].map(
      (key) => new RegExp(`\\s${key}="([^"]*)"`).exec(rest)?.[1],
    );
    return { end, markdown: src === undefined || kind !== 'image' ? '' : `![${alt}](<${src}>)` };
  }
  const closing = attributes === undefined ? colons : undefined;
  const close = next(new RegExp(`^[ \\t]*${closing ?? ':{3,9}'}[ \\t]*$`, 'm'), end);
  // Without an end, it goes on to that of the text.
  if (close === undefined)
    return rest.trim() === '' && word !== undefined ? { end, markdown: '' } : undefined;
  if (CONTENTS.test(kind)) return { end: close.end, markdown: '' };
  if (isWithheld(attributes)) return { end: endOfBox(text, end), markdown: '' };
  const isBox = kind !== '' && !PLACES.test(kind);
  open.push({ colons: closing, isBox });
  const id = /#([\w:.-]+)/.exec(attributes ?? '')?.[1];
  const anchor = id !== undefined && wantedIn(source).has(id) ? `<a id="${id}"></a>` : '';
  if (!isBox) return { end, markdown: anchor };
  const hasHeading =
    attributes !== undefined && /^\s*\n[ \t]*#{1,6}[ \t]/.test(text.slice(end, end + MAX_LENGTH));
  const stated = bracketedTitle(rest) || /\btitle="([^"]*)"/.exec(attributes ?? rest)?.[1] || '';
  const title = stated || (hasHeading ? NO_TITLE : capitalized(kind));
  return { end, markdown: anchor + openBox(title === NO_TITLE ? '' : title, indent) };
}

/** Content that Quarto shows or hides, always or in a format or a profile. */
const CONDITIONAL = /\.content-(visible|hidden)(?![\w-])(?:[^{}]*?\s(when|unless)-([a-z]+)="?([\w-]*))?/;

/** Whether a box is only for other formats than HTML, or is never shown. */
function isWithheld(attributes = ''): boolean {
  const [whole, shown, word, subject, value = ''] = CONDITIONAL.exec(attributes) ?? [];
  const isMet =
    word === undefined || (subject === 'format' && value.startsWith('html')) === (word === 'when');
  return whole !== undefined && isMet === (shown === 'hidden');
}

/** The end of the line that closes a box, which may contain others. */
function endOfBox(text: string, start: number): number {
  let depth = 1;
  for (const { 0: line, index } of text.slice(start).matchAll(/^[ \t]{0,9}:{3,9}[^\n]{0,500}$/gm)) {
    depth += /[^:\s]/.test(line) ? 1 : -1;
    if (depth === 0) return start + index + line.length;
  }
  return text.length;
}

/** The text of `[Title]{.class}` and of `Title`. */
function bracketedTitle(stated: string): string {
  const words = stated
    .trim()
    .replace(/^\{.*\}$|\{[^{}]*\}$/s, '')
    .trimEnd();
  const title = words.startsWith('[') && words.includes(']') ? words.slice(1) : words;
  return title.endsWith(']') ? title.slice(0, -1) : title;
}

export function strong(title: string): string {
  const words = texAsCode(title);
  const mark = words.includes('*') ? '__' : '**';
  return mark + words + mark;
}

/*
 * Components and shortcodes that hold something: whoever made them, a name such as `callout` is an admonition,
 * `details` is folded, `tab` has a title, and `mermaid` holds code.
 */

/** Those whose name says nothing of what they hold. */
const UNNAMED_BOX = /^(?:admonition|alert|aside|box|callout|hint|message|notice)$/;
const NAMED_BOX =
  /^(?:attention|caution|danger|error|example|important|info|note|question|success|tip|warn|warning)$/;
const FOLDED =
  /^(?:accordion|collapse|collapsible|details|expand|expandable|fold(?:ing)?|hideblock|hidetoggle|spoiler|toggle)$/;
const TITLED = /^(?:accordion-?item|card|panel|section|step|tab(?:-?item|-?pane|-?panel)?|content-?tab)$/;
const CODE =
  /^(?:chart|code|code-?block|d2|diagram|dot|echarts|flowchart|graphviz|highlight|mermaid|plantuml|sequence)$/;
/** Arguments for the look of a component. */
const LOOK = /^(?:\d+|true|false|open|closed|collapsed|center|left|right)$/;

/** Deeper ones are not blocks. */
const MAX_INDENT = 100;
const MAX_LINK = 1000;

export interface OpenContainer {
  readonly name: string;
  /** The Markdown that replaces its closing tag. */
  readonly closing: string;
  /** The labels of the tabs that it will hold. */
  readonly labels?: string[];
}

export function isBox(name: string): boolean {
  return UNNAMED_BOX.test(name) || NAMED_BOX.test(name);
}

export function isQuotation(name: string): boolean {
  return /^(?:(?:block|pull)-?)?quote$|^epigraph$/.test(name);
}

/**
 * Writes the opening tag of an admonition or a quotation, with its title or its credit; `closeContainer` writes the
 * other. Undefined if it is neither.
 */
export function beginBox(call: TemplateCall, indent: string, open: OpenContainer[]): string | undefined {
  const { name } = call;
  if (!isBox(name) && !isQuotation(name)) return undefined;
  const credit = isBox(name) ? '' : creditOf(call);
  open.push({ name, closing: `${credit && `\n\n${indent}— ${credit}`}\n${closeBox(indent)}\n` });
  return `${openBox(isBox(name) ? boxTitle(call) : '', indent)}\n${indent}`;
}

/** Who wrote a quotation, and where, with a link if there is one. */
function creditOf({ named, positional }: TemplateCall): string {
  const isUrl = (words: string): boolean => /^https?:\/\//.test(words);
  const stated = wordList('author by attribution name source cite title').flatMap(
    (key) => named.get(key) || [],
  );
  const words = [
    stated.filter((each) => !isUrl(each)).join(', '),
    ...positional.filter((each) => !isUrl(each) && !LOOK.test(each)),
  ];
  const credit = words.join(' ').trim();
  const url = argument(named, 'link url href sourceurl') ?? [...stated, ...positional].find(isUrl);
  return url === undefined ? credit : `[${credit || url}](<${url}>)`;
}

/** The title of an admonition: its own, otherwise its kind; empty without both. */
function boxTitle({ name, named, positional }: TemplateCall): string {
  const kind =
    ['type', 'kind', 'level', 'variant', 'status', 'class']
      .map((each) => named.get(each))
      .find((value) => value !== undefined && NAMED_BOX.test(value.toLowerCase())) ??
    positional.find((value) => NAMED_BOX.test(value.toLowerCase())) ??
    (UNNAMED_BOX.test(name) ? '' : name);
  const words = positional.find((value) => /\p{Lu}|\s/u.test(value) && value !== kind);
  return titleIn(named) ?? words ?? capitalized(kind);
}

function titleIn(named: TemplateCall['named']): string | undefined {
  return argument(named, 'title header heading label summary name tabname');
}

/** The beginning of an admonition, as a quotation that `closeBox` ends. */
function openBox(title: string, indent: string): string {
  const label = title === '' ? '' : `\n${indent}${strong(title)}\n`;
  return `\n${indent}<blockquote>\n${label}`;
}

function closeBox(indent: string): string {
  return `\n${indent}</blockquote>\n`;
}

/**
 * Reads the opening tag of a shortcode that holds something; undefined if its name says nothing, and only running it
 * would tell.
 *
 * @param close the closing tag
 * @param open is changed if the closing tag needs to be converted
 */
export function readContainer(
  { text, columnOf }: SourceText,
  { start, end }: Range,
  call: TemplateCall,
  close: Range,
  open: OpenContainer[],
): Found | undefined {
  const { name, named, positional } = call;
  const column = columnOf(start);
  const indent = column > MAX_INDENT ? '-' : text.slice(start - column, start);
  const isBlock = indent.trim() === '' && /^[ \t]*(?:\n|$)/.test(text.slice(close.end, close.end + 100));
  const opened = (markdown: string, closing: string): Found => {
    open.push({ name, closing });
    return { end, markdown };
  };
  if (name === 'tabs') {
    open.push({ name, closing: '', labels: partsBetween(named.get('items') ?? '', ',') });
    return { end, markdown: '' };
  }
  const language = named.get('lang') ?? named.get('language');
  const isCode = CODE.test(name) || (TITLED.test(name) && language !== undefined);
  const title =
    titleIn(named) ??
    (name === 'tab' ? open.findLast((each) => each.labels !== undefined)?.labels?.shift() : undefined) ??
    (TITLED.test(name) || FOLDED.test(name) ? positional.find((each) => !LOOK.test(each)) : undefined);
  const inside = text.slice(end, close.start);
  // GitBook wraps a fence, which is code already.
  if (isCode && /^\s*(?:`{3}|~{3})/.test(inside)) {
    return opened(title === undefined ? '' : `\n${indent}${strong(title)}\n\n${indent}`, '');
  }
  if (isCode) {
    if (!isBlock && !inside.includes('\n'))
      return { end: close.end, piece: { html: `<code>${escapeHtml(inside)}</code>` } };
    const isNamed = /^(?:code|highlight)/.test(name);
    const code = codeBlock(inside, language ?? (isNamed ? positional[0] : name), indent.length);
    const label = TITLED.test(name) && title !== undefined ? `<p>${escapeHtml(title)}</p>` : '';
    return { end: close.end, piece: { blockHtml: label + code } };
  }
  const box = isBlock ? beginBox(call, indent, open) : undefined;
  if (box !== undefined) return { end, markdown: box };
  if (isBlock && FOLDED.test(name)) {
    const summary = escapeHtml(title ?? capitalized(name));
    return opened(
      `\n${indent}<details>\n${indent}<summary>${summary}</summary>\n\n${indent}`,
      `\n\n${indent}</details>\n\n`,
    );
  }
  if (isBlock && title !== undefined) return { end, markdown: `\n\n${indent}${strong(title)}\n\n${indent}` };
  const address =
    argument(named, name === 'file' ? 'src url' : 'href url link') ??
    (/^(?:btn|button|cta)$/.test(name)
      ? positional.find((each) => /^(?:https?:\/)?\//.test(each))
      : undefined);
  if (
    address !== undefined &&
    inside.length < MAX_LINK &&
    !inside.trim().includes('\n') &&
    !/\]\(|<a\s/.test(inside)
  )
    return opened(`<a href="${escapeHtml(address)}">`, '</a>');
  const [before, after] = elementFor(name, '\n')?.split('\n') ?? [];
  return before === undefined || after === undefined ? undefined : opened(before, after);
}

/** Reads the closing tag, of which Zola tells no name; it is left out if nothing of that name is open. */
export function closeContainer(name: string, open: OpenContainer[], end: number): Found {
  const closing = name === '' || open.at(-1)?.name === name ? open.pop()?.closing : undefined;
  return closing === undefined ? { end, piece: { isSilent: true } } : { end, markdown: closing };
}

export function codeBlock(stated: string, language: string | undefined, indent: number): string {
  const code = stated
    .replace(/^[ \t]*\n/, '')
    .trimEnd()
    .replace(new RegExp(`^[ \\t]{0,${indent}}`, 'gm'), '');
  const languageClass = language === undefined ? '' : ` class="language-${escapeHtml(language)}"`;
  return `<pre><code${languageClass}>${escapeHtml(code)}\n</code></pre>`;
}

/** The Markdown in an argument of a tag without content, such as `{% include note.html content="…" %}`. */
export function givenWords(stated: TemplateCall, isAlone: boolean): string | undefined {
  const call = includedCall(stated);
  const words = argument(call.named, 'content text body message');
  if (words !== undefined && isAlone && isBox(call.name)) {
    const title = boxTitle(call);
    const label = title === '' ? '' : `> ${strong(title)}\n>\n`;
    return `\n${label}> ${words.replaceAll('\n', ' ')}\n`;
  }
  if (words !== undefined && /\s/.test(words)) return words;
  const name = /^(?:key|shortcut)$/.test(call.name) ? 'kbd' : call.name;
  // Quarto's `kbd mac=Cmd-B win=Ctrl-B linux=Ctrl-B`
  const keys = name === 'kbd' ? [...new Set(call.named.values())].join(' / ') : '';
  const [first = words ?? (keys || undefined), second] = call.positional;
  if (name === 'br') return '<br>';
  if (first === undefined || LOOK.test(first)) return undefined;
  const title = second ?? call.named.get('title');
  if (name === 'ruby' && second !== undefined)
    return `<ruby>${escapeHtml(first)}<rt>${escapeHtml(second)}</rt></ruby>`;
  if (/^(?:glossary|hover|term|tooltip)$/.test(name)) return elementFor('abbr', escapeHtml(first), title);
  if (/^(?:color|colour|font|style)$/.test(name)) return second && escapeHtml(second);
  if (/^(?:badge|btn|button|chip|label|pill)$/.test(name)) return escapeHtml(first);
  return elementFor(name, escapeHtml(first), title);
}
