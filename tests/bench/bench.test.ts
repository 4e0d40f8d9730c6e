import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { writeDocuments } from '../../scripts/bench/corpus.ts';
import { logPlot, logScale, type Plot } from '../../scripts/bench/log-plot.ts';
import { benchOptions } from '../../scripts/bench/measure.ts';
import { codingTable, wireTable } from '../../scripts/bench/wire.ts';
import { UsageError } from '../../src/config/errors.ts';
import { temporaryFolder } from '../support/folder.ts';

const PLOT: Plot = {
  title: 'Builds <cold> & "warm"',
  description: 'Seconds by documents.',
  xLabel: 'documents',
  yLabel: 'seconds',
  series: [
    { name: 'linear', points: [100, 1000, 10_000].map((x) => ({ x, y: x / 1000 })) },
    { name: 'R&D', points: [100, 1000, 10_000].map((x) => ({ x, y: 2 })) },
  ],
};

interface Drawn {
  readonly svg: {
    readonly title: { readonly '#text': string };
    readonly desc: { readonly '#text': string };
    readonly style: string;
    readonly g: readonly {
      readonly polyline: { readonly points: string };
      readonly text: { readonly '#text': string };
    }[];
  };
}

function draw(plot: Plot): Drawn['svg'] {
  const svg = logPlot(plot);
  expect(XMLValidator.validate(svg)).toBe(true);
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' });
  return (parser.parse(svg) as Drawn).svg; // what logPlot draws
}

function pointsOf({ polyline }: Drawn['svg']['g'][number]): [number, number][] {
  return polyline.points.split(' ').map((point) => {
    const [x = Number.NaN, y = Number.NaN] = point.split(',').map(Number);
    return [x, y];
  });
}

describe('a plot', () => {
  test('says in words what it is, in light and in dark', () => {
    const { title, desc, style, g } = draw(PLOT);
    expect(title['#text']).toBe(PLOT.title);
    expect(desc['#text']).toBe(PLOT.description);
    expect(style).toContain('@media (prefers-color-scheme: dark)');
    expect(g.map(({ text }) => text['#text'])).toEqual(['linear', 'R&D']);
  });

  test('draws what is linear as a straight line and what is constant as a level one', () => {
    const [linear = [], level = []] = draw(PLOT).g.map(pointsOf);
    const [[x1, y1], [x2, y2], [x3, y3]] = linear as [[number, number], [number, number], [number, number]]; // as many as were given
    expect(x2 - x1).toBeCloseTo(x3 - x2, 0);
    expect(y2 - y1).toBeCloseTo(y3 - y2, 0);
    expect(x1).toBeLessThan(x2);
    expect(y1).toBeGreaterThan(y2);
    expect(new Set(level.map(([, y]) => y)).size).toBe(1);
  });

  test('has axes of few round numbers that hold every value', () => {
    const value = fc.double({ min: 1e-4, max: 1e7, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), (values) => {
        const { ticks, place } = logScale(values);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(13);
        for (const at of values.map(place)) {
          expect(at).toBeGreaterThanOrEqual(-1e-9);
          expect(at).toBeLessThanOrEqual(1 + 1e-9);
        }
      }),
      { examples: [[[999_999.9999999999]], [[1e-4]], [[1000, 1e6]]] },
    );
  });
});

describe('the bench', () => {
  test('writes documents of which the newest say the same in a corpus of any size', async () => {
    const [few, many] = [await temporaryFolder({}), await temporaryFolder({})];
    try {
      await writeDocuments(few.path, 30);
      await writeDocuments(many.path, 90);
      const bodies = async (folder: string): Promise<string[]> => {
        const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.md'));
        const texts = await Promise.all(
          names
            .sort()
            .reverse()
            .map((name) => readFile(join(folder, name), 'utf8')),
        );
        // When they were published, and what their neighbours are called, depends on how many there are.
        return texts.map((text) => text.replace(/^date: .*\n/m, '').replace(/\nSee also .*\n$/, ''));
      };
      const [newest, all] = [await bodies(few.path), await bodies(many.path)];
      expect(all).toHaveLength(90);
      expect(new Set(all).size).toBe(90);
      expect(all.slice(0, 30)).toEqual(newest);
    } finally {
      await Promise.all([few.remove(), many.remove()]);
    }
  });

  test('takes the parts, how much to measure and where to draw', () => {
    expect(
      benchOptions(['growth', 'builds', '--sizes', '100,100000', '--rounds', '3', '--plots', 'docs']),
    ).toEqual({
      only: ['growth', 'builds'],
      tools: [],
      sizes: [100, 100_000],
      rounds: 3,
      plots: 'docs',
    });
    expect(() => benchOptions(['--sizes', '100;1000'])).toThrow(UsageError);
    expect(() => benchOptions(['--plot', 'docs'])).toThrow(UsageError);
  });

  test('invents nothing for a peer that is absent', () => {
    const poll = (response: number) => ({ request: 50, response, overhead: 40 });
    const ours = {
      format: 'atom',
      entries: 50,
      identity: poll(200_000),
      gzip: poll(100_000),
      delta: poll(5000),
      notModified: poll(400),
    } as const;
    const [, , alone, beside] = wireTable([
      ours,
      { ...ours, peer: { identity: poll(200_000), gzip: poll(80_000) } },
    ]).split('\n');
    expect(alone).toBe(
      '| Atom, 50 articles | 200 000 (40; 50) | 100 000 (40; 50) | 5 000 (40; 50) | 400 (40; 50) | 1/20.0 | 1/250.0 | – | – | – | – | – |',
    );
    expect(beside).toContain('| 80 000 (40; 50) | 0.80 | 16.00 | 200.00 |');
  });

  test('compares codings with the whole text under gzip', () => {
    const ours = { format: 'atom', entries: 50, text: 140_000, gzip9: 50_000 } as const;
    const [, , alone, beside] = codingTable([
      { ...ours, composed: 70_000, gzip: 50_000, br: 40_000 },
      { ...ours, composed: 70_000, gzip: 50_000, br: 40_000, peer: 45_000 },
    ]).split('\n');
    expect(alone).toBe(
      '| Atom, 50 articles | 140 000 | 50 000 | 70 000 (1.40) | 50 000 (1.00) | 40 000 (0.80) | – |',
    );
    expect(beside).toContain('| 45 000 (0.90) |');
  });
});
