import type { Article } from '../article.ts';
import { articlePath } from '../routes/paths.ts';
import { HOLES } from '../templates/holes.ts';
import { contentMarkdown } from './html-to-markdown.ts';

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
 * An article as Markdown below front matter, with a hole for the origin: in the words of its author if these are
 * Markdown, else made of its HTML.
 */
export function markdownForm(article: Article): string {
  const markdown = article.sourceMarkdown ?? contentMarkdown(article.content);
  return `${frontMatter(article)}\n${markdown.replace(/^\n+/, '').trimEnd()}\n`;
}
