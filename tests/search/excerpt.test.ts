import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Excerpt, excerpt } from '../../src/search/excerpt.ts';
import { parseQuery, type Query } from '../../src/search/query.ts';

function query(text: string): Query {
  const parsed = parseQuery(text);
  if (parsed === undefined) throw new Error(`no query: ${text}`);
  return parsed;
}

/** With what is marked in brackets, and an ellipsis where it is cut. */
function shown({ text, highlights: marks, isCutBefore, isCutAfter }: Excerpt): string {
  let [out, at] = ['', 0];
  for (const [start, end] of marks) {
    out += `${text.slice(at, start)}[${text.slice(start, end)}]`;
    at = end;
  }
  return `${isCutBefore ? '…' : ''}${out}${text.slice(at)}${isCutAfter ? '…' : ''}`;
}

describe('an excerpt', () => {
  test.each([
    ['IŞIK isik ışık ve İstanbul’da', 'isik istanbul', '[IŞIK] [isik] [ışık] ve [İstanbul]’da'],
    ['Die Größe, die GROSSE Straße', 'grösse strass*', 'Die [Größe], die [GROSSE] [Straße]'],
    ['L’homme et l’HOMME', "l'homme", '[L’homme] et [l’HOMME]'],
    ['one two one two three', '"two three"', 'one two one [two three]'],
    ['今天北京晴，南京雨。', '北京 南京', '今天[北京]晴，[南京]雨。'],
    ['كتاب المُدَرِّسَة', 'المدرسه', 'كتاب [المُدَرِّسَة]'],
    ['นักท่องเที่ยวไปกรุงเทพมหานคร', 'กรุงเทพ', 'นักท่องเที่ยวไป[กรุงเทพ]มหานคร'],
    ['a ½ cup', '1', 'a [½] cup'],
    ['nothing here', 'absent', 'nothing here'],
    ['in C and C++', 'c++', 'in C and [C++]'],
    ['', 'absent', ''],
  ])('of %j for %j', (text, asked, expected) => {
    expect(shown(excerpt(text, query(asked), 200))).toBe(expected);
  });

  const text =
    'The council met on Monday. It rained. On Tuesday the harbour was closed, and the mayor spoke of the flood for two hours. The flood, she said, was nothing. Nobody else spoke of the harbour again.';

  test('is the passage with most of the words', () => {
    expect(shown(excerpt(text, query('harbour mayor flood'), 90))).toBe(
      '…the [harbour] was closed, and the [mayor] spoke of the [flood] for two hours. The [flood], she…',
    );
    expect(shown(excerpt(text, query('again'), 40))).toBe('…Nobody else spoke of the harbour [again].');
  });

  test('is the beginning when none of them is in the text', () => {
    expect(shown(excerpt(text, query('absent'), 30))).toBe('The council met on Monday. It…');
  });

  test('is short, cut between words, and marks what was looked for, whatever the text', () => {
    const words = fc.array(fc.constantFrom('été', 'Haus', '東京', 'ab', '😀', 'şık,', 'x'.repeat(40)), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(
        words,
        fc.constantFrom('ete', '東京 ab', 'sik*', '"ab haus"', '"ab haus" -ete'),
        fc.integer({ min: 50, max: 200 }),
        (parts, asked, length) => {
          const whole = parts.join(' ');
          const found = excerpt(whole, query(asked), length);
          expect(found.text.length).toBeLessThanOrEqual(length);
          const at = whole.indexOf(found.text);
          expect(at).toBeGreaterThanOrEqual(0);
          if (whole.trim() !== '') expect(found.text).not.toBe('');
          expect(` ${whole} `).toContain(` ${found.text.replace(/^ /, '').replace(/,$/, '')}`);
          let before = 0;
          for (const [start, end] of found.highlights) {
            expect(start).toBeGreaterThanOrEqual(before);
            before = end;
            expect(excerpt(found.text.slice(start, end), query(asked), 1000).highlights).toEqual([
              [0, end - start],
            ]);
          }
          const all = excerpt(whole, query(asked), 1e6).highlights.length;
          expect(found.highlights.length > 0).toBe(all > 0);
        },
      ),
      { numRuns: 500, seed: 1 },
    );
  });

  test('of a text and a query of any length takes bounded work', () => {
    const long = 'a b '.repeat(500_000);
    expect(excerpt(long, query('a b "a b a" c*'), 100).text.length).toBeLessThanOrEqual(100);
    expect(excerpt('x'.repeat(1_000_000), query('y'), 100).text.length).toBeGreaterThan(0);
  });
});
