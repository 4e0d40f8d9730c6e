import { describe, expect, test } from 'vitest';
import type { SourceFile } from '../src/documents/document.ts';
import {
  compileFiles,
  documentOf,
  file,
  makeAppFrom,
  makeSite,
  NOW,
  seedFiles,
  type TestApp,
} from './support/app.ts';

const BODY =
  'A paragraph long enough to be known again wherever it goes, with words that no other document has: zephyr, quixotic, marmalade, obelisk, tangerine, verdigris, saffron, halcyon.';
const DAY = 86_400_000;

interface Folder {
  files: SourceFile[];
  ledger: string | undefined;
  now: number;
}

/** Builds a folder as it stands, keeps the ledger, and serves the result. */
async function build(folder: Folder): Promise<TestApp> {
  const { ledger } = await compileFiles(seedFiles(folder.files, {}, folder.ledger), makeSite(), folder.now);
  const app = await makeAppFrom(seedFiles(folder.files, {}, folder.ledger), { now: () => folder.now });
  folder.ledger = ledger;
  folder.now += DAY;
  return app;
}

async function items({ ask }: TestApp): Promise<Record<string, string>[]> {
  return JSON.parse(await (await ask('/feed.json')).text()).items;
}

describe('an article stays itself', () => {
  test('when its file is renamed and moved, its headline changed and its text edited', async () => {
    const folder: Folder = {
      files: [file('a.txt', documentOf('First Title', '1.2.2021', BODY))],
      ledger: undefined,
      now: NOW,
    };
    const [first] = await items(await build(folder));
    folder.files = [file('2021/b.txt', documentOf('First Title', '1.2.2021', BODY))];
    const [moved] = await items(await build(folder));
    expect(moved).toEqual(first);

    folder.files = [file('2021/b.txt', documentOf('Second Title', '1.2.2021', `${BODY} More.`))];
    const editedAt = folder.now;
    const [edited] = await items(await build(folder));
    expect(edited).toMatchObject({
      id: first?.id,
      url: first?.url,
      date_published: first?.date_published,
      title: 'Second Title',
    });
    expect(edited?.date_modified).toBe(new Date(editedAt).toISOString());

    folder.files = [file('2021/b.txt', documentOf('Second Title', '1.2.2021', `${BODY}  More.\n\n`))];
    expect(await items(await build(folder))).toEqual([edited]);
  });

  test('when the ledger is lost and the file has not moved', async () => {
    const folder: Folder = {
      files: [file('a.txt', documentOf('Title', '1.2.2021', BODY))],
      ledger: undefined,
      now: NOW,
    };
    const before = await items(await build(folder));
    folder.ledger = undefined;
    expect(await items(await build(folder))).toEqual(before);
  });

  test('when it is removed and brought back; meanwhile it is gone, and feeds say so', async () => {
    const kept = file('kept.txt', documentOf('Kept', '1.1.2021', 'Something else altogether.'));
    const gone = file('gone.txt', documentOf('Gone', '1.2.2021', BODY));
    const folder: Folder = { files: [kept, gone], ledger: undefined, now: NOW };
    const before = await items(await build(folder));
    folder.files = [kept];
    const removedAt = new Date(folder.now);
    const without = await build(folder);
    expect(await items(without)).toEqual(before.slice(1));
    const answer = await without.ask('/articles/gone', { accept: 'text/html' });
    expect(answer.status).toBe(410);
    expect(await answer.text()).toContain('has been removed');
    expect(await (await without.ask('/atom.xml')).text()).toContain(
      `<at:deleted-entry xmlns:at="http://purl.org/atompub/tombstones/1.0" ref="${before[0]?.id}" when="${removedAt.toISOString()}"/>`,
    );
    expect((await without.ask('/atom.xml')).headers.get('last-modified')).toBe(removedAt.toUTCString());
    expect((await without.ask('/articles/never-was')).status).toBe(404);

    folder.files = [gone, kept];
    const again = await build(folder);
    // Newer than the notice of its removal, so that readers take it back (RFC 6721 §5).
    const [back, ...others] = before;
    expect(await items(again)).toEqual([
      { ...back, date_modified: new Date(folder.now - DAY).toISOString() },
      ...others,
    ]);
    expect((await again.ask('/articles/gone')).status).toBe(200);
  });

  test('and keeps its address from a newcomer of the same name', async () => {
    const folder: Folder = {
      files: [file('b.txt', documentOf('Same', '1.2.2022', BODY))],
      ledger: undefined,
      now: NOW,
    };
    await build(folder);
    folder.files.push(file('a.txt', documentOf('Same', '1.2.2020', 'An older one that came later.')));
    const urls = (await items(await build(folder))).map(({ url }) => url);
    expect(urls).toEqual([
      'https://news.example/articles/same',
      'https://news.example/articles/same-2020-02-01',
    ]);
  });
});
