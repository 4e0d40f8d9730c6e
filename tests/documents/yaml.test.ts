import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSimpleYaml } from '../../src/documents/front-matter/simple-yaml.ts';
import { parseYamlFields } from '../../src/documents/front-matter/yaml-fields.ts';

const names = ['title', 'pub_date', 'Tags', 'a-b', 'null', 'x1'];
const pieces =
  'a|B c|é|日本|2021-02-03|10:30|: |:|#| #|"|\'|\\|[|]|{|}|,| , |a, b|null|NULL|~|true|&|*|!|?|-|- |%|@|`|>|\t|  |\u00a0|\u2028|\u0085|\ufeff|😀|.'.split(
    '|',
  );
const value = fc.oneof(
  fc.array(fc.constantFrom(...pieces, '|'), { minLength: 1, maxLength: 5 }).map((parts) => parts.join('')),
  fc
    .tuple(fc.constantFrom('"', "'"), fc.array(fc.constantFrom(...pieces), { maxLength: 4 }))
    .map(([quote, parts]) => `${quote}${parts.join('')}${quote}`),
  fc
    .array(fc.constantFrom('a', 'b c', 'é.f', 'null', '1', '-', '"q"'), { maxLength: 4 })
    .map((items) => `[${items.join(', ')}]`),
);
const line = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.tuple(fc.constantFrom(...names), value).map(([name, text]) => `${name}: ${text}`),
  },
  fc.constantFrom('', '  more', '- a', '# no', 'a', 'a:', '---', '...', '? a', 'a: b: c', '\ta: b'),
);

describe('simple front matter', () => {
  test('comes to the same by the short way', () => {
    let short = 0;
    fc.assert(
      fc.property(fc.array(line, { maxLength: 4 }), (lines) => {
        const text = `${lines.join('\n')}\n`;
        const simple = readSimpleYaml(text, 2);
        if (simple === undefined) return;
        short++;
        // A comment is not simple and says nothing.
        expect(simple).toEqual(parseYamlFields(`${text}# comment\n`, 2));
      }),
      { numRuns: 20_000, seed: 3 },
    );
    expect(short).toBeGreaterThan(2000);
  });
});
