import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createApp } from '../../src/app/app.ts';
import { decodeStore } from '../../src/store/format.ts';
import { runBuild } from '../support/build.ts';
import { testFolder } from '../support/folder.ts';

/*
 * A publication made with the release before site.toml: documents that were edited, moved and removed, and their ledger.
 * Its settings were moved as docs/configuring.md says. What readers know of it must not change.
 */

const FIXTURE = join(import.meta.dirname, '../fixtures/publication');
const NOW = Date.parse('2024-05-01T00:00:00Z');

interface Expected {
  readonly json: readonly unknown[];
  readonly atom: { readonly ids: string[]; readonly updated: string[]; readonly links: string[] };
  readonly rss: { readonly guids: string[]; readonly dates: string[] };
  readonly answers: Readonly<Record<string, readonly [number, string | null]>>;
}

const expected = JSON.parse(readFileSync(join(FIXTURE, 'expected.json'), 'utf8')) as Expected; // written by that release

function all(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, value = '']) => value);
}

test('an upgrade changes no id, no address and no date of a publication', async () => {
  const path = await testFolder();
  const [seeds, out] = [join(path, 'seeds'), join(path, 'out')];
  cpSync(join(FIXTURE, 'seeds'), seeds, { recursive: true });
  const { code, stdout } = await runBuild(['--seeds', seeds, '--out', out, '--now', '2024-05-01']);
  expect({ code, stdout }).toMatchObject({ code: 0 });
  const store = decodeStore(new Uint8Array(readFileSync(join(out, 'store.bin'))).buffer);
  const app = createApp(store, {
    clock: () => NOW,
    readAsset: async (digest) => new Uint8Array(readFileSync(join(out, 'assets/store', digest))).buffer,
  });
  const ask = async (address: string) => app.fetch(new Request(`https://harbour.example${address}`), {});
  const textAt = async (address: string) => (await ask(address)).text();
  const json = JSON.parse(await textAt('/feed.json')) as { readonly items: readonly unknown[] };
  expect(json.items).toMatchObject(expected.json);
  const atom = await textAt('/atom.xml');
  expect(all(atom, /<id>(.*?)<\/id>/g)).toEqual(expected.atom.ids);
  expect(all(atom, /<updated>(.*?)<\/updated>/g)).toEqual(expected.atom.updated);
  const rss = await textAt('/rss.xml');
  expect(all(rss, /<guid[^>]*>(.*?)<\/guid>/g)).toEqual(expected.rss.guids);
  expect(all(rss, /<pubDate>(.*?)<\/pubDate>/g)).toEqual(expected.rss.dates);
  for (const [address, [status, location]] of Object.entries(expected.answers)) {
    // Addresses at which nothing was may come to lead somewhere.
    if (status === 404) continue;
    const response = await ask(address);
    expect([address, response.status, response.headers.get('location')]).toEqual([address, status, location]);
  }
  expect(readFileSync(join(seeds, 'ledger.json'), 'utf8')).toBe(
    readFileSync(join(FIXTURE, 'seeds/ledger.json'), 'utf8'),
  );
});
