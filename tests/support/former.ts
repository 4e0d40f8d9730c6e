import { expect } from 'vitest';
import type { SourceFile } from '../../src/documents/stated.ts';
import { file, makeApp, markdownOf } from './app.ts';

/** A document in Markdown. */
export const post = (path: string, more: Readonly<Record<string, unknown>> = {}): SourceFile =>
  file(
    path,
    markdownOf({ title: `The post ${path}`, date: '2020-05-02', lang: 'en', body: 'Text.', ...more }),
  );

/** Where requests end, by their addresses; after at most one redirect. */
export async function ends(
  files: readonly SourceFile[],
  addresses: readonly string[],
  options: Parameters<typeof makeApp>[1] = {},
): Promise<Record<string, string | number>> {
  const { ask } = await makeApp(files, options);
  const found = addresses.map(async (address): Promise<[string, string | number]> => {
    const response = await ask(address);
    if (response.status !== 308 && response.status !== 301) return [address, response.status];
    const { pathname } = new URL(response.headers.get('location') ?? '', 'https://news.example');
    expect((await ask(pathname)).status, pathname).toBe(pathname.startsWith('/media/') ? 404 : 200);
    return [address, pathname];
  });
  return Object.fromEntries(await Promise.all(found));
}
