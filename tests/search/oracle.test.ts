import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { invertDocument } from '../../src/search/document-postings.ts';
import { canonicalQuery, parseQuery, type QueryClause } from '../../src/search/query.ts';
import { tokenize } from '../../src/search/tokenize.ts';
import { article, indexOf, searchIn } from '../support/search-index.ts';

function tokensOf(text: string): readonly string[] {
  const tokens: string[] = [];
  tokenize(text, (token) => tokens.push(token));
  return tokens;
}

/** Reads the whole article. */
function hasClause(text: string, { tokens, isPrefix }: QueryClause): boolean {
  const words = tokensOf(text);
  if (isPrefix) return words.some((word) => word.startsWith(tokens[0] ?? ''));
  return words.some((_, at) => tokens.every((token, i) => words[at + i] === token));
}

function naive(texts: readonly string[], text: string): readonly number[] {
  const query = parseQuery(text);
  if (query === undefined) return [];
  return texts.flatMap((candidate, number) =>
    query.must.every((clause) => hasClause(candidate, clause)) &&
    !query.mustNot.some((clause) => hasClause(candidate, clause))
      ? [number]
      : [],
  );
}

/** Few words, so that they meet often. */
const word = fc.constantFrom(
  'a',
  'ab',
  'abc',
  'ba',
  'été',
  'ΣΟΣ',
  'ışık',
  '東',
  '京',
  '都',
  'ไท',
  'c++',
  "l'ab",
  'न',
);
const text = fc
  .array(fc.tuple(word, fc.constantFrom(' ', ' ', ', ', '', '-')), { maxLength: 14 })
  .map((parts) => parts.flat().join(''));
const query = fc
  .array(
    fc.oneof(
      word,
      text.map((phrase) => `"${phrase}"`),
      fc.constantFrom('ab*', 'ba*', 'ét*', 'c+*', '東*'),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .chain((parts) =>
    fc
      .array(fc.boolean(), { minLength: parts.length, maxLength: parts.length })
      .map((minus) => parts.map((part, i) => (minus[i] && i > 0 ? `-${part}` : part)).join(' ')),
  );

describe('what is found', () => {
  test('is what reading every article finds', () => {
    fc.assert(
      fc.property(
        fc.array(text, { maxLength: 70 }),
        fc.array(query, { minLength: 5, maxLength: 5 }),
        (texts, queries) => {
          const search = indexOf(texts.map((one) => article(one)));
          for (const asked of queries) expect(search(asked).articles).toEqual(naive(texts, asked));
        },
      ),
      { numRuns: 150, seed: 1 },
    );
  });

  test('is the same over three segments', () => {
    const texts = fc.sample(text, { numRuns: 2048 + 128 + 9, seed: 11 });
    const search = indexOf(texts.map((one) => article(one)));
    for (const asked of fc.sample(query, { numRuns: 150, seed: 12 })) {
      expect(search(asked).articles, asked).toEqual(naive(texts, asked));
    }
  });

  test('is of the articles that can be seen, and ranked as if there were no others', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(text, fc.boolean()), { maxLength: 140 }), query, (texts, asked) => {
        const all = indexOf(texts.map(([one]) => article(one)))(
          asked,
          (number) => texts[number]?.[1] === true,
        );
        const seen = texts.flatMap(([one, isVisible], number) => (isVisible ? [{ one, number }] : []));
        const alone = indexOf(seen.map(({ one }) => article(one)))(asked);
        expect(all.ranked).toEqual(alone.ranked.map((place) => seen[place]?.number));
        expect(all.scores).toEqual(alone.scores);
      }),
      { numRuns: 100, seed: 1 },
    );
  });

  test('has its best ones in front', () => {
    const texts = fc.sample(text, { numRuns: 400, seed: 13 });
    const search = indexOf(texts.map((one) => article(one)));
    fc.assert(
      fc.property(query, fc.integer({ min: 1, max: 30 }), fc.nat(6), (asked, count, remainder) => {
        const isWanted = (number: number): boolean => number % 7 !== remainder;
        const { ranked, best } = search(asked);
        expect(best(count, isWanted)).toEqual(ranked.filter(isWanted).slice(0, count));
      }),
      { numRuns: 100, seed: 1 },
    );
  });

  test('has every article for every word of it', () => {
    const anyText = fc.array(fc.string({ unit: 'grapheme', maxLength: 8 }), { maxLength: 12 });
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 1, maxLength: 5 }), (texts) => {
        const search = searchIn(texts.map((words) => invertDocument(article(words.join(' ')))));
        for (const [number, words] of texts.entries()) {
          for (const token of tokensOf(words.join(' '))) {
            expect(search(token).articles, token).toContain(number);
            expect(search(`"${token.toUpperCase()}"`).articles, token).toContain(number);
          }
        }
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});

/** What people and programs put into a search box. */
const soup = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '"',
          '“',
          '»',
          '*',
          '-',
          ' ',
          '\u0000',
          '\ud800',
          '\udc00',
          '\u202e',
          '\u200f',
          '\u200c',
          '́',
          "'",
        ),
        fc.constantFrom(
          '; DROP TABLE',
          '<script>',
          '%00',
          '&amp;',
          'ﷺ',
          '㍿',
          'ﬃ',
          'İ',
          'ﾞ',
          'ᄒ',
          'ᅡ',
          'ᆫ',
          'ㅎㅏㄴ',
          'ำ',
          'C#',
        ),
        fc.string({ unit: 'grapheme', maxLength: 5 }),
        word,
      ),
      { maxLength: 60 },
    )
    .map((parts) => parts.join('')),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 200 })
    .map((units) => String.fromCharCode(...units)),
);

describe('a query that may be anything', () => {
  const search = indexOf([article('a word of it'), article('東京都 été')]);

  test('is answered', () => {
    fc.assert(
      fc.property(soup, (asked) => {
        expect(search(asked).ranked.length).toBeLessThanOrEqual(2);
      }),
      { numRuns: 1000, seed: 1 },
    );
  });

  test('has one canonical form, which asks for the same', () => {
    fc.assert(
      fc.property(soup, (asked) => {
        const canonical = canonicalQuery(asked);
        if (canonical === undefined) {
          expect(parseQuery(asked)).toBeUndefined();
          return;
        }
        expect(canonicalQuery(canonical)).toBe(canonical);
        expect(parseQuery(canonical)).toEqual(parseQuery(asked));
        expect(canonical.isWellFormed()).toBe(true);
        expect(canonical.length).toBeLessThan(4096);
      }),
      { numRuns: 3000, seed: 1 },
    );
  });
});

describe('the tokens of a text', () => {
  test('are short and take little work, whatever the text', () => {
    const marks = '\u0301\u0316\u0327'.repeat(300_000);
    expect(tokensOf(`a${marks} be ${'x'.repeat(1_000_000)}`)).toEqual(['a', 'be', 'x'.repeat(64)]);
    expect(tokensOf(`न${marks} be`).map(({ length }) => length)).toEqual([64, 2]);
    expect(tokensOf(`ש${'"ש'.repeat(300_000)} ${'\u200c'.repeat(300_000)}be`).at(-1)).toBe('be');
    expect(tokensOf('東'.repeat(100_000))).toHaveLength(100_000);
  });

  test('give themselves again, are in order, and do not depend on the normalisation form', () => {
    fc.assert(
      fc.property(soup, (one) => {
        let before = 0;
        const tokens: string[] = [];
        tokenize(one, (token, start, end) => {
          expect(start).toBeGreaterThanOrEqual(before);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(one.length);
          expect(token.length).toBeLessThanOrEqual(64);
          before = start;
          tokens.push(token);
        });
        for (const token of tokens) expect(tokensOf(token)).toEqual([token]);
        expect(tokensOf(one.normalize('NFC'))).toEqual(tokens);
        expect(tokensOf(one.normalize('NFD'))).toEqual(tokens);
      }),
      { numRuns: 3000, seed: 1 },
    );
  });
});
