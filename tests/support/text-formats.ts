import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceFile } from '../../src/documents/stated.ts';
import { makeApp, makeSite, type TestApp } from './app.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures');

export const GOLDENS = join(import.meta.dirname, '../goldens');

export function fixture(path: string): SourceFile {
  return { path, bytes: readFileSync(join(FIXTURES, path)) };
}

export interface Item {
  readonly url: string;
  readonly content_html: string;
  readonly title: string;
}

/** The feed items of documents, and a function that sends requests to their site. */
export async function itemsOf(documents: readonly SourceFile[]): Promise<{
  items: readonly Item[];
  ask: TestApp['ask'];
  read: TestApp['read'];
}> {
  const { ask, read } = await makeApp(documents, {
    site: makeSite({ feedSize: 500, feedBytes: 10_000_000 }),
  });
  const { items } = await (await ask('/feed.json')).json<{ items: Item[] }>();
  return { items, ask, read };
}
