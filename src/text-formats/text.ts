import type { Article, Source } from '../article.ts';
import type { Site } from '../config/site.ts';
import { articlePath } from '../routes/paths.ts';
import { HOLES } from '../templates/holes.ts';
import { contentLines, footnotes } from './text-lines.ts';
import { wrap } from './wrap.ts';

/** Lines are as long as mail's (RFC 5322 §2.1.1 allows 78), which every terminal has room for. */
const COLUMNS = 72;

/**
 * An article as plain text, with a hole for the origin: title, day, authors and source; the content in lines of
 * `COLUMNS` columns; the addresses of its links as footnotes, and its own.
 */
export function textForm(article: Article, { timeZone, language: siteLanguage }: Site): string {
  const { title, slug, published, authors, source, content: tree, enclosures } = article;
  const languages = [article.language, siteLanguage, 'en'];
  const own = HOLES.origin + articlePath(slug);
  const notes = footnotes(own);
  const content = contentLines(tree, COLUMNS, notes);
  const head = [
    ...wrap(title, COLUMNS),
    '',
    day(published, languages, timeZone),
    ...wrap(authors.map(({ name }) => name).join(', '), COLUMNS),
    ...(source === undefined ? [] : sourceLines(source, languages)),
  ].filter((line, index) => index === 1 || line !== '');
  const files = enclosures.map(({ url, title: name }) => (name === undefined ? url : `${name}: ${url}`));
  return [head, content, files, notes.lines(), [own]]
    .filter((block) => block.length > 0)
    .map((lines) => withoutEmptyEnds(lines).join('\n'))
    .join('\n\n')
    .concat('\n');
}

function withoutEmptyEnds(lines: readonly string[]): readonly string[] {
  const isFull = (line: string): boolean => line !== '';
  return lines.slice(Math.max(0, lines.findIndex(isFull)), lines.findLastIndex(isFull) + 1);
}

function sourceLines({ title, uri, published }: Source, languages: readonly string[]): string[] {
  const when = published === undefined ? '' : `, ${day(Date.parse(published), languages, 'UTC')}`;
  return [...wrap(title + when, COLUMNS), ...(uri === undefined ? [] : [uri])];
}

/** Making one takes a hundred times as long as using it. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** @param languages the first in which there are words is taken */
function day(instant: number, languages: readonly string[], timeZone: string): string {
  const key = `${languages.join()} ${timeZone}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat([...languages], { dateStyle: 'long', timeZone });
  formats.set(key, format);
  return format.format(instant);
}
