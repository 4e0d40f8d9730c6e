import { type Features, markdownToHtml } from 'satteri';
import { plainText, withoutNoteMarks } from '../../html/character-references.ts';
import type { Draft } from '../draft.ts';
import { readFileName } from '../file-name.ts';
import { readFields } from '../front-matter/read-fields.ts';
import { readVisibility, withStrictest } from '../front-matter/visibility.ts';
import { kindOf } from '../kinds.ts';
import { findVisibilityLabels } from '../plain-text/labels.ts';
import type { DocumentSource } from '../source.ts';
import { DocumentError } from '../stated.ts';
import { assertBounded } from './bounds.ts';
import { type Piece, type SetAside, setAside } from './extract-syntax.ts';
import { polish } from './post-process.ts';
import { putBack } from './restore-placeholders.ts';
import { separateTitle } from './title.ts';
import { unindent } from './unindent.ts';

/** What generators put where the summary ends. */
const SUMMARY_END =
  /<!--\s*(?:more\b[^>]{0,200}|truncate|(?:end[-_ ]?)?excerpt|read[-_ ]?more|summary)\s*-->/i;
/** What Markdown is, to the parser. */
export const FEATURES: Features = {
  gfm: { footnotes: { clobberPrefix: '', backLabel: '' } },
  frontmatter: false,
};
/** Labels stand in so many first lines. */
const MAX_HEADER = 20;
/** Code that makes a table of contents, which nobody misses: `{{TOC}}`, `{{< toc >}}`, `<TableOfContents />`. */
const CONTENTS_CODE = /^(?:\{\{[<%]?\s*|\{%-?\s*(?:include\s+)?|<)(?:table[-_]?of[-_]?contents|toc)\b/i;
/** So many pieces of template code are reported one by one. */
const MAX_WARNINGS = 100;

/**
 * Reads Markdown: CommonMark with GitHub's tables, task lists, footnotes, strikethrough and bare URLs, below front
 * matter and by the conventions of Jekyll, Hugo, Eleventy, Astro, Zola, Docusaurus and Obsidian. Without a title in
 * front matter, a heading is the title: see `separateTitle`.
 *
 * @throws DocumentError when a date in its front matter cannot be understood
 */
export function parseMarkdown(source: DocumentSource): Draft {
  const { path } = source;
  const { stated, body, aside } = readMarkdown(source);
  const whole = putBack(renderMarkdown(aside.markdown, path), aside);
  const polished = polish(whole.html, /<a\s/i.test(body));
  const titled = separateTitle(polished.html, stated.title);
  const { summary, html } = separateSummary(titled.html);

  const title = stated.title ?? titled.title;
  const tags = [...new Set([...(stated.tags ?? []), ...polished.tags])];
  const warnings = [...source.warnings, ...reportLeftOut([...aside.leftOut, ...whole.leftOut], path)];
  const draft: Draft = {
    ...stated,
    ...(title !== undefined && { title }),
    ...(stated.summary === undefined && summary !== undefined && { summary }),
    ...(tags.length > 0 && { tags }),
    html,
    ...(isPlain(body, aside) && { markdown: body }),
    ...(warnings.length > 0 && { warnings }),
  };
  return withStrictest(draft, readVisibility(labelsOf(source), path));
}

/** Labelled lines at the top, which are text like any other in Markdown, but count if they hide it. */
function labelsOf({ body, bodyLine }: DocumentSource): ReturnType<typeof findVisibilityLabels> {
  const lines = body.split('\n', MAX_HEADER);
  return findVisibilityLabels(lines.map((text, index) => ({ text, number: bodyLine + index })));
}

/** A Markdown document before it is rendered. */
interface MarkdownSource {
  /** What its front matter and its name say. */
  readonly stated: Omit<Draft, 'html'>;
  /** What stands below. */
  readonly body: string;
  readonly aside: SetAside;
}

/** @throws DocumentError as `parseMarkdown` does */
export function readMarkdown({ path, fields, body: written, bodyLine }: DocumentSource): MarkdownSource {
  const isMdx = kindOf(path) === 'mdx';
  const body = isMdx ? unindent(written) : written;
  const stated = readFields(fields, readFileName(path), path);
  assertBounded(body, path, bodyLine);
  const aside = setAside(body, { title: stated.title, firstLine: bodyLine, isMdx });
  // Marks are longer than what they stand for.
  if (aside.pieces.length > 0) assertBounded(aside.markdown, path, bodyLine);
  return { stated, body, aside };
}

/** @throws DocumentError when the parser gives up, as it does when it would write more than a string can hold */
function renderMarkdown(markdown: string, path: string): string {
  try {
    return markdownToHtml(markdown, { features: FEATURES }).html;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DocumentError(
      `Cannot read seeds/${path}: its Markdown comes to too much (${reason}); expected an article`,
    );
  }
}

/** Whether it holds neither HTML, nor definitions that nothing may refer to, nor anything that is no Markdown. */
function isPlain(body: string, { markdown, leftOut }: SetAside): boolean {
  return markdown === body && leftOut.length === 0 && !/<[a-z!?/]|\]:/i.test(body);
}

/** What stands above the marker is the summary; the marker goes. */
function separateSummary(html: string): { summary?: string; html: string } {
  const marker = SUMMARY_END.exec(html);
  if (marker === null) return { html };
  const summary = plainText(withoutNoteMarks(html.slice(0, marker.index)));
  const rest = html.replace(new RegExp(SUMMARY_END, 'gi'), '');
  return { ...(summary !== '' && { summary }), html: rest };
}

function reportLeftOut(pieces: readonly Piece[], path: string): string[] {
  const missed = pieces
    .filter(
      ({ code, isSilent, headingId }) => !isSilent && headingId === undefined && !CONTENTS_CODE.test(code),
    )
    .sort((one, other) => one.line - other.line);
  const lines = missed.slice(0, MAX_WARNINGS).map(({ code, line }) => {
    const quoted = code.replace(/\s+/g, ' ');
    const shown = quoted.length > 80 ? `${quoted.slice(0, 79)}…` : quoted;
    return `Cannot run "${shown}" in seeds/${path}:${line}: expected Markdown; left it out`;
  });
  const more = missed.length - lines.length;
  if (more > 0)
    lines.push(`Cannot run ${more} more pieces of code in seeds/${path}: expected Markdown; left them out`);
  return lines;
}
