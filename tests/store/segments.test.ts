import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { EVERYTHING } from '../../src/facets.ts';
import { decodeStore } from '../../src/store/format.ts';
import { type Asset, StoreError } from '../../src/store/integrity.ts';
import { createRecordReaders } from '../../src/store/record-reader.ts';
import { openStore } from '../../src/store/store.ts';
import { rowDeflatedLength, rowLength } from '../../src/templates/fragment.ts';
import { type Example, shelfOf, textIn, textOf, write } from '../support/store.ts';

describe('what has no place in the worker', () => {
  // Incompressible, so that a few hundred are more than the worker may weigh.
  const bodies = Array.from({ length: 600 }, (_, number): Example => {
    const noise = createHash('shake256', { outputLength: 6000 }).update(String(number)).digest('base64');
    return { slug: `s${number}`, published: number, body: `<p>${noise}</p>` };
  });
  const { bytes, segments } = write(bodies);
  const index = decodeStore(bytes.buffer);

  test('is the oldest, in segments that are named by their contents', () => {
    expect(gzipSync(bytes).length).toBeLessThan(2_500_000);
    expect(segments.length).toBeGreaterThan(10);
    const shelf = shelfOf(index, segments);
    expect(shelf.externalSegment(599)).toBeUndefined();
    expect(shelf.externalSegment(0)).toBe(0);
    for (const { digest, bytes: content } of segments)
      expect(createHash('sha256').update(content).digest('hex').startsWith(digest)).toBe(true);
  });

  test('is read when it is asked for, each segment once', async () => {
    const asked: string[] = [];
    const read = new Map(segments.map(({ digest, bytes: content }) => [digest, content.buffer]));
    const shelf = createRecordReaders(index, async (digest) => {
      asked.push(digest);
      return read.get(digest);
    }).at(0);
    const records = await shelf.open([0, 1, 2, 599]);
    expect([0, 1, 599].map((article) => records.slug(article))).toEqual(['s0', 's1', 's599']);
    expect(textOf(records, 2, 'rss')).toBe(`rss /articles/s2 ${bodies[2]?.body}`);
    expect(asked).toEqual([segments[0]?.digest]);
  });

  test('is let go with its segment: what is kept of a record is only what was asked for', async () => {
    const records = await shelfOf(index, segments).open([0]);
    for (const name of ['body', 'rss', 'mention'] as const) {
      const held = new Set<ArrayBufferLike>();
      let needed = 0;
      records
        .fragment(0, name)
        .detach()
        .write(
          {
            packed(pack, row) {
              held.add(pack.bytes.buffer);
              needed += rowLength(pack, row) + rowDeflatedLength(pack, row);
            },
            text: () => {},
          },
          () => {},
        );
      expect(held.size).toBe(1);
      expect([...held].reduce((sum, { byteLength }) => sum + byteLength, 0)).toBeLessThan(needed + 200);
    }
  });

  test('has the rendition of the instant, and stores once what several have', async () => {
    const first = bodies[0]?.body ?? '';
    const later = [
      [1000, '<p>second</p>'],
      [2000, first],
    ] as const;
    const renewed = write([{ ...bodies[0], slug: 's0', published: 0, later }, ...bodies.slice(1)]);
    const index = decodeStore(renewed.bytes.buffer);
    const bytesOf = (parts: readonly Asset[]): number =>
      parts.reduce((sum, part) => sum + part.bytes.length, 0);
    expect(bytesOf(renewed.segments) - bytesOf(segments)).toBeLessThan(2000);
    for (const { now, from, until, body, changed } of [
      { now: 999, from: 599, until: 1000, body: first, changed: 0 },
      { now: 1000, from: 1000, until: 2000, body: '<p>second</p>', changed: 1000 },
      { now: 2000, from: 2000, until: Number.POSITIVE_INFINITY, body: first, changed: 2000 },
    ]) {
      const store = openStore(index, now);
      expect(store).toMatchObject({ from, until });
      expect(store.select(EVERYTHING).until).toBe(until);
      expect([0, 1].map(store.changed)).toEqual([changed, 1]);
      const records = await shelfOf(index, renewed.segments, now).open([0, 1, 599]);
      expect([0, 1, 599].map((article) => records.slug(article))).toEqual(['s0', 's1', 's599']);
      expect(textOf(records, 0, 'rss')).toBe(`rss /articles/s0 ${body}`);
      expect(textOf(records, 1, 'rss')).toBe(`rss /articles/s1 ${bodies[1]?.body}`);
      const others = await shelfOf(index, renewed.forms, now).openTextFormats([0]);
      const markdown = textIn(others.fragment(0, 'markdown'), () => {});
      expect(markdown.endsWith(` ${body}`)).toBe(true);
    }
  });

  test('is checked whatever rendition is asked for', async () => {
    const later = [[1000, '<p>second</p>']] as const;
    const renewed = write([{ ...bodies[0], slug: 's0', published: 0, later }, ...bodies.slice(1)]);
    const index = decodeStore(renewed.bytes.buffer);
    const [{ bytes: segment } = { bytes: new Uint8Array() }] = renewed.segments;
    const { byteOffset, byteLength } = segment;
    const view = new DataView(segment.buffer, byteOffset, byteLength);
    const [start, end] = [view.getUint32(8, true), view.getUint32(12, true)];
    for (const at of [start, start + 4 * 9, (start + end) >>> 1, end - 1]) {
      const damaged = renewed.segments.map((part, number) => {
        const copy = part.bytes.slice();
        if (number === 0) copy[at] = (copy[at] ?? 0) ^ 1;
        return { ...part, bytes: copy };
      });
      for (const now of [999, 1000])
        await expect(shelfOf(index, damaged, now).open([0])).rejects.toThrow('its checksum is wrong');
    }
  });

  test('is missed by name, and the rest goes on', async () => {
    const shelf = createRecordReaders(index, async () => undefined).at(0);
    await expect(shelf.open([0])).rejects.toThrow(
      `Cannot read ${segments[0]?.digest} of the store: there is none`,
    );
    expect((await shelf.open([599])).slug(599)).toBe('s599');
    const cutOff = createRecordReaders(index, () => Promise.reject(new TypeError('no network'))).at(0);
    await expect(cutOff.open([0])).rejects.toThrow(StoreError);
  });

  test('is checked: a damaged record is not shown', async () => {
    const damaged = segments.map(({ digest, bytes: content }) => {
      const copy = content.slice();
      copy[copy.length - 1] = (copy[copy.length - 1] ?? 0) ^ 1;
      return { digest, bytes: copy };
    });
    const records = await shelfOf(index, damaged).open([0]);
    expect(records.slug(0)).toBe('s0');
    const last = index.segments.start(1) - 1;
    expect(() => records.slug(last)).toThrow('its checksum is wrong');
    const misplaced = segments.map(({ digest, bytes: content }) => {
      const copy = content.slice();
      new DataView(copy.buffer).setUint32(12, 0xffff_fff0, true);
      return { digest, bytes: copy };
    });
    for (const article of [0, 1])
      await expect(shelfOf(index, misplaced).open([article])).rejects.toThrow(StoreError);
    const cut = createRecordReaders(index, async () => segments[0]?.bytes.slice(0, 100).buffer).at(0);
    await expect(cut.open([0])).rejects.toThrow('it is not the segment that was built');
  });

  test('stays what it is when articles come, but near to where they come', () => {
    const digests = (examples: readonly Example[]): Set<string> =>
      new Set(write(examples).segments.map(({ digest }) => digest));
    const before = digests(bodies);
    const appended = digests([...bodies, { slug: 'new', published: 600 }]);
    expect([...before].filter((digest) => !appended.has(digest))).toEqual([]);
    const inserted = digests([
      ...bodies.slice(0, 300),
      { slug: 'new', published: 299 },
      ...bodies.slice(300),
    ]);
    expect([...before].filter((digest) => !inserted.has(digest)).length).toBeLessThanOrEqual(2);
  });
});
