import { describe, expect, test } from 'vitest';
import type { SourceFile } from '../../src/documents/stated.ts';
import {
  compileFiles,
  documentOf,
  file,
  makeAppFrom,
  makeSite,
  markdownOf,
  NOW,
  seedFiles,
  type TestApp,
} from '../support/app.ts';

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

async function items({ read }: TestApp): Promise<Record<string, string>[]> {
  return JSON.parse(await read('/feed.json')).items;
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
    expect(await without.read('/atom.xml')).toContain(
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

  test('and says what it was and when it went, wherever that is known', async () => {
    const kept = file('kept.txt', documentOf('Kept', '1.1.2021', 'Something else altogether.'));
    const documents = ['Kürzlich', 'Kürzlich: a < b & "alt"'].map((title) =>
      file('gone.md', markdownOf({ title, date: '2021-02-01', slug: 'gone', body: BODY })),
    );
    const folder: Folder = { files: [kept], ledger: undefined, now: NOW };
    for (const document of documents) {
      folder.files = [kept, document];
      await build(folder);
    }
    folder.files = [kept];
    const known = folder.ledger;
    const removed = new Date(folder.now).toISOString();
    const told = async (accept: string, app: TestApp): Promise<string> => {
      const answer = await app.ask('/articles/gone', { accept });
      expect(answer.status).toBe(410);
      return answer.text();
    };

    const app = await build(folder);
    const page = await told('text/html', app);
    expect(page).toContain('<strong dir="auto">Kürzlich: a &#60; b &#38; &#34;alt&#34;</strong>');
    expect(page).toContain(`<time datetime="${removed}">`);
    expect(page).toMatch(/name="q" value="Kürzlich a b alt"/);
    expect(JSON.parse(await told('application/json', app))).toEqual({
      type: 'about:blank',
      title: 'Gone',
      status: 410,
      detail: `The article “Kürzlich: a < b & "alt"” was removed on ${removed.slice(0, 10)}.`,
      article: 'Kürzlich: a < b & "alt"',
      removed,
    });
    expect(await told('text/plain', app)).toBe(
      `Gone. The article “Kürzlich: a < b & "alt"” was removed on ${removed.slice(0, 10)}.\n`,
    );
    const later = await build(folder);
    expect(await told('text/html', later)).toBe(page);

    // A ledger of a Tidings that knew no titles, or one out of which the publisher took the title.
    for (const ledger of [known, folder.ledger]) {
      folder.ledger = ledger?.replace(/"title": "Kü.*?(?<!\\)", /, '');
      const silent = await build(folder);
      expect(await told('text/html', silent)).not.toContain('Kürzlich');
      expect(await told('text/html', silent)).toContain('Removed on <time');
      expect(await told('text/plain', silent)).toMatch(
        /^Gone\. The article was removed on 2026-\d\d-\d\d\.\n$/,
      );
    }
    folder.files = [kept, ...documents.slice(0, 1)];
    await build(folder);
    folder.files = [kept];
    expect(await told('text/html', await build(folder))).toContain('Kürzlich');
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
