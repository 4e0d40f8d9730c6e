import type { Article } from '../article.ts';
import { frontMatter } from './front-matter.ts';
import { contentMarkdown } from './html-to-markdown.ts';

/**
 * An article as Markdown below front matter, with a hole for the origin: in the words of its author if these are
 * Markdown, else made of its HTML.
 */
export function markdownForm(article: Article): string {
  const markdown = article.sourceMarkdown ?? contentMarkdown(article.content);
  return `${frontMatter(article)}\n${markdown.replace(/^\n+/, '').trimEnd()}\n`;
}
