import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { decodeStore } from '../../src/store/format.ts';
import { StoreError } from '../../src/store/integrity.ts';
import { createShelf } from '../../src/store/record-reader.ts';
import { fill } from '../../src/templates/fragment.ts';
import { type Example, shelfOf, textOf, write } from '../support/store.ts';

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
    expect(shelf.segmentBeside(599)).toBeUndefined();
    expect(shelf.segmentBeside(0)).toBe(0);
    for (const { digest, bytes: content } of segments)
      expect(createHash('sha256').update(content).digest('hex').startsWith(digest)).toBe(true);
  });

  test('is read when it is asked for, each segment once', async () => {
    const asked: string[] = [];
    const read = new Map(segments.map(({ digest, bytes: content }) => [digest, content.buffer]));
    const shelf = createShelf(index.segments, index.blobs, async (digest) => {
      asked.push(digest);
      return read.get(digest);
    });
    expect(shelf.open([599])).not.toBeInstanceOf(Promise);
    const records = await shelf.open([0, 1, 2, 599]);
    expect([0, 1, 599].map((article) => records.slug(article))).toEqual(['s0', 's1', 's599']);
    expect(textOf(records, 2, 'rss')).toBe(`rss /articles/s2 ${bodies[2]?.body}`);
    expect(shelf.open([1])).not.toBeInstanceOf(Promise);
    expect(asked).toEqual([segments[0]?.digest]);
  });

  test('is let go with its segment: what is kept of a record is only what was asked for', async () => {
    const records = await shelfOf(index, segments).open([0]);
    for (const name of ['body', 'rss', 'mention'] as const) {
      const { fragment } = records.fragment(0, name);
      const literals = fill(fragment, () => []);
      const held = new Set(literals.map(({ bytes: literal }) => literal.buffer));
      const needed = literals.reduce((sum, { length, deflatedLength }) => sum + length + deflatedLength, 0);
      expect([...held].reduce((sum, { byteLength }) => sum + byteLength, 0)).toBeLessThan(needed + 200);
    }
  });

  test('is missed by name, and the rest goes on', async () => {
    const shelf = createShelf(index.segments, index.blobs, async () => undefined);
    await expect(shelf.open([0])).rejects.toThrow(
      `Cannot read ${segments[0]?.digest} of the store: there is none`,
    );
    expect((await shelf.open([599])).slug(599)).toBe('s599');
    const cutOff = createShelf(index.segments, index.blobs, () =>
      Promise.reject(new TypeError('no network')),
    );
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
    const cut = createShelf(index.segments, index.blobs, async () => segments[0]?.bytes.slice(0, 100).buffer);
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
