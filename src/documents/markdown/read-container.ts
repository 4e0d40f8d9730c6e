import { strong } from './admonitions.ts';
import { elementFor } from './read-directive.ts';
import { escapeHtml, type Found, type Range, type SourceText } from './source-text.ts';
import { includedCall, type TemplateCall } from './template-code.ts';

/*
 * Components and shortcodes that hold something: whoever made them, a name such as `callout` is an admonition, `details`
 * is folded, `tab` has a title, and `mermaid` holds code.
 */

/** Those whose name says nothing of what they hold. */
const UNNAMED_BOX = /^(?:admonition|alert|aside|box|callout|hint|message|notice)$/;
const NAMED_BOX =
  /^(?:attention|caution|danger|error|example|important|info|note|question|success|tip|warn|warning)$/;
const FOLDED = /^(?:accordion|collapse|collapsible|details|expand|expandable|fold|spoiler|toggle)$/;
const TITLED = /^(?:accordion-?item|card|panel|section|step|tab(?:-?item|-?pane|-?panel)?|content-?tab)$/;
const CODE =
  /^(?:chart|code|code-?block|d2|diagram|dot|echarts|flowchart|graphviz|highlight|mermaid|plantuml|sequence)$/;
/** Arguments that say how something looks. */
const LOOK = /^(?:\d+|true|false|open|closed|collapsed|center|left|right)$/;

/** Deeper, nothing is a block. */
const MAX_INDENT = 100;
const MAX_LINK = 1000;

/** A tag that is not closed yet. */
export interface OpenContainer {
  readonly name: string;
  /** Markdown in the place of its closing tag. */
  readonly closing: string;
}

export function isBox(name: string): boolean {
  return UNNAMED_BOX.test(name) || NAMED_BOX.test(name);
}

/** The title that an admonition shows: its own, else its kind; empty if it has none. */
export function boxTitle({ name, named, positional }: TemplateCall): string {
  const kind =
    ['type', 'kind', 'level', 'variant', 'status', 'class']
      .map((each) => named.get(each))
      .find((value) => value !== undefined && NAMED_BOX.test(value.toLowerCase())) ??
    positional.find((value) => NAMED_BOX.test(value.toLowerCase())) ??
    (UNNAMED_BOX.test(name) ? '' : name);
  const words = positional.find((value) => /\p{Lu}|\s/u.test(value) && value !== kind);
  return titleIn(named) ?? words ?? kind.charAt(0).toUpperCase() + kind.slice(1);
}

function titleIn(named: TemplateCall['named']): string | undefined {
  return ['title', 'header', 'heading', 'label', 'summary', 'name']
    .map((name) => named.get(name))
    .find(Boolean);
}

/** The beginning of an admonition, as a quotation that `closeBox` ends. */
export function openBox(title: string, indent: string): string {
  const label = title === '' ? '' : `\n${indent}${strong(title)}\n`;
  return `\n${indent}<blockquote>\n${label}`;
}

export function closeBox(indent: string): string {
  return `\n${indent}</blockquote>\n`;
}

/**
 * Reads the opening tag of a shortcode that holds something; undefined when its name says nothing, and only running it
 * would tell.
 *
 * @param close the closing tag
 * @param open changes if the closing tag means something, too
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
  const language = named.get('lang') ?? named.get('language');
  const isCode = CODE.test(name) || (TITLED.test(name) && language !== undefined);
  const title =
    titleIn(named) ??
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
  if (isBlock && isBox(name))
    return opened(`${openBox(boxTitle(call), indent)}\n${indent}`, `\n${closeBox(indent)}\n`);
  if (isBlock && FOLDED.test(name)) {
    const summary = escapeHtml(title ?? name.charAt(0).toUpperCase() + name.slice(1));
    return opened(
      `\n${indent}<details>\n${indent}<summary>${summary}</summary>\n\n${indent}`,
      `\n\n${indent}</details>\n\n`,
    );
  }
  if (isBlock && title !== undefined) return { end, markdown: `\n\n${indent}${strong(title)}\n\n${indent}` };
  const address = named.get('href') ?? named.get('url') ?? named.get('link');
  if (address !== undefined && inside.length < MAX_LINK && !inside.includes('\n'))
    return opened(`<a href="${escapeHtml(address)}">`, '</a>');
  const [before, after] = elementFor(name, '\n')?.split('\n') ?? [];
  return before === undefined || after === undefined ? undefined : opened(before, after);
}

/** Takes the closing tag, of which Zola tells no name, from those that are open; undefined if it means nothing. */
export function closeContainer(name: string, open: OpenContainer[]): string | undefined {
  return name === '' || open.at(-1)?.name === name ? open.pop()?.closing : undefined;
}

export function codeBlock(stated: string, language: string | undefined, indent: number): string {
  const code = stated
    .replace(/^[ \t]*\n/, '')
    .trimEnd()
    .replace(new RegExp(`^[ \\t]{0,${indent}}`, 'gm'), '');
  const languageClass = language === undefined ? '' : ` class="language-${escapeHtml(language)}"`;
  return `<pre><code${languageClass}>${escapeHtml(code)}\n</code></pre>`;
}

/** Markdown that a tag without content is given as an argument, such as `{% include note.html content="…" %}`. */
export function givenWords(stated: TemplateCall, isAlone: boolean): string | undefined {
  const call = includedCall(stated);
  const words = ['content', 'text', 'body', 'message'].map((name) => call.named.get(name)).find(Boolean);
  if (words !== undefined && isAlone && isBox(call.name)) {
    const title = boxTitle(call);
    const label = title === '' ? '' : `> ${strong(title)}\n>\n`;
    return `\n${label}> ${words.replaceAll('\n', ' ')}\n`;
  }
  if (words !== undefined && /\s/.test(words)) return words;
  const [first = words, second] = call.positional;
  const name = /^(?:key|shortcut)$/.test(call.name) ? 'kbd' : call.name;
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
