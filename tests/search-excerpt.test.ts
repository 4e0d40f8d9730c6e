import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalHtml } from '../src/html/canonical.ts';
import { withoutNoteMarks } from '../src/html/character-references.ts';
import { plainTextOf } from '../src/html/plain-text.ts';
import { type Excerpt, excerpt } from '../src/search/excerpt.ts';
import { parseQuery, type Query } from '../src/search/query.ts';

function query(text: string): Query {
  const parsed = parseQuery(text);
  if (parsed === undefined) throw new Error(`no query: ${text}`);
  return parsed;
}

/** With what is marked in brackets, and an ellipsis where it is cut. */
function shown({ text, marks, isCutBefore, isCutAfter }: Excerpt): string {
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
          for (const [start, end] of found.marks) {
            expect(start).toBeGreaterThanOrEqual(before);
            before = end;
            expect(excerpt(found.text.slice(start, end), query(asked), 1000).marks).toEqual([
              [0, end - start],
            ]);
          }
          const all = excerpt(whole, query(asked), 1e6).marks.length;
          expect(found.marks.length > 0).toBe(all > 0);
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

describe('the plain text of canonical HTML', () => {
  test('whose notes are many or none takes bounded work', () => {
    for (const part of ['<sup ', '<sup><a>', '<a><sup>', '<sup><a>1,'])
      expect(withoutNoteMarks(part.repeat(50_000))).toBe(part.repeat(50_000));
  });

  test.each([
    ['<p>One <em>em</em>phasis.</p><p>Two</p>', 'One emphasis. Two'],
    ['<ul><li>a</li><li>b</li></ul>c<br>d<hr>e', 'a b c d e'],
    ['<p>a &lt; b &amp;amp; "c" \\ d</p>', 'a < b &amp; "c" \\ d'],
    ['<pre><code class="language-x">a\n\tb</code></pre>', 'a b'],
    ['<table><tr><th>x</th><td>y</td></tr></table>', 'x y'],
    [
      '<p><a href="https://example.org/?a=1&amp;b=%3E">H<sub>2</sub>O</a><img src="x" alt="no"> end</p>',
      'H2O end',
    ],
    [
      '<p>It is closed.<sup id="fnref1"><a href="#fn1">1</a></sup> So.<a href="#fn2"><sup>[b]</sup></a> <sup><a href="#x">1</a>, <a href="#y">2</a></sup></p><ol><li id="fn1"><p>Says he. <a href="#fnref1">↩\ufe0e</a> <a href="#fnref1-2">↩<sup>2</sup></a></p></li></ol>',
      'It is closed. So. Says he.',
    ],
    [
      '<p>x<sup>2</sup> the <sup><a href="/tm">TM</a></sup> <a href="/a">A<sup>1</sup></a> <a href="/b">↩</a></p>',
      'x2 the TM A1',
    ],
    ['', ''],
  ])('of %j', (html, expected) => {
    expect(plainTextOf(canonicalHtml(html))).toBe(expected);
  });
});
