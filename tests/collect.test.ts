import { describe, expect, test } from 'vitest';
import type { Article } from '../src/article.ts';
import { collectArticles } from '../src/documents/collect.ts';
import { documentOf, file, makeSite, NOW, seedFiles } from './support/app.ts';

async function articleOf(path: string, text: string): Promise<Article> {
  const { articles } = await collectArticles(seedFiles([file(path, text)]), makeSite(), NOW);
  const [article] = articles;
  if (article === undefined) throw new Error(`no article of ${path}`);
  return article;
}

describe('an article', () => {
  test.each([
    ['a.txt', undefined],
    ['news/a.txt', 'news'],
    ['News & Views/2021/a.txt', 'News & Views'],
    ['_posts/2021-02-03-a.md', 'posts'],
    ['_posts/en/2021-02-03-a.md', 'posts'],
    ['high-water/index.md', undefined],
    ['high-water/index.fr.md', undefined],
    ['blog/high-water/index.md', 'blog'],
  ])('of seeds/%s is in the collection %s', async (path, collection) => {
    expect((await articleOf(path, documentOf('A', '3.2.2021'))).collection).toBe(collection);
  });

  test.each([
    ['en', 'ltr'],
    ['ar', 'rtl'],
    ['az-Arab', 'rtl'],
    ['ku', 'ltr'],
  ])('in the language %s is written %s', async (language, direction) => {
    const article = await articleOf(
      'a.md',
      `---\ntitle: A\ndate: 2021-02-03\nlang: ${language}\n---\nText.\n`,
    );
    expect(article.direction).toBe(direction);
  });
});
