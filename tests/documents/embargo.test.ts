import { describe, expect, test } from 'vitest';
import { parseDocument } from '../../src/documents/parse.ts';
import type { Reading } from '../../src/documents/parsed-document.ts';
import { readDocument } from '../../src/documents/read-document.ts';
import { file, makeSite } from '../support/app.ts';

describe('an embargo', () => {
  const EMBARGOED = { year: 2026, month: 12, day: 1 };

  test.each([
    ['a.txt', 'Budget\n\n28.11.2026\n\nEMBARGOED UNTIL 1 December 2026\n\nThe text of the speech.\n'],
    ['a.txt', 'Embargo: 1.12.2026\n\nBudget\n\n- 28.11.2026\n\nThe text of the speech.\n'],
    [
      'a.txt',
      '---\ndate: 2026-11-28\n---\nBudget\n\nEmbargoed until: 2026-12-01\n\nThe text of the speech.\n',
    ],
    ['a.md', '---\ntitle: Budget\ndate: 2026-11-28\nembargo: 2026-12-01\n---\nThe text of the speech.\n'],
    ['a.md', '---\nembargo_until: 2026-12-01\npublishDate: 2026-11-28\n---\nThe text of the speech.\n'],
  ])('is the date of publication of %s: %j', (path, text) => {
    const draft = parseDocument(file(path, text));
    expect(draft.published).toMatchObject(EMBARGOED);
    expect(draft.visibility).toBeUndefined();
  });

  test.each([
    ['a.txt', 'Budget\n\n28.11.2026\nEmbargo: until further notice\n\nThe text of the speech.\n', 'further'],
    ['a.md', '---\ndate: 2026-11-28\nembargo: tomorrow\n---\nThe text of the speech.\n', 'expected a date'],
  ])('without a date holds %s back: %j', (path, text, warning) => {
    const draft = parseDocument(file(path, text));
    expect(draft.visibility).toBe('draft');
    expect(draft.warnings?.join()).toContain(warning);
  });

  const read = (path: string, text: string): Reading => readDocument(file(path, text), makeSite());
  const publishedBy = (path: string, text: string): string | undefined => {
    const reading = read(path, text);
    const { instant, stated = false } = (reading.status === 'read' && reading.parsed.published) || {};
    return instant === undefined ? undefined : `${new Date(instant).toISOString()} ${stated}`;
  };
  const DATE_AND_LINE = [
    [
      'a.md',
      '---\ntitle: Budget\ndate: 2026-11-28\n---\n',
      '**STRICTLY EMBARGOED UNTIL 1 December 2026**\n\n',
    ],
    ['a.md', '---\ndate: 2026-11-28\n---\n', '# Budget\n\n> Embargo: 1 December 2026\n\n'],
    ['2026-11-28-a.md', '', '*Under embargo until 1 December 2026.*\n\n'],
    [
      'a.html',
      '<meta name="date" content="2026-11-28"><title>Budget</title>',
      '<p><b>Embargoed until</b> 1 December 2026</p>',
    ],
  ] as const;

  test.each(DATE_AND_LINE)(
    'at the top of the text is the date of publication of %s: %j',
    (path, head, line) => {
      const text = `${head}${line}<p>The speech begins.</p>`;
      expect(publishedBy(path, text)).toBe('2026-12-01T00:00:00.000Z true');
    },
  );

  test.each(DATE_AND_LINE)('that is over changes no date of %s: %j', (path, head, line) => {
    const past = line.replace('1 December', '1 November');
    expect(publishedBy(path, `${head}${past}<p>The speech begins.</p>`)).toMatch(/^2026-11-28T00:00/);
  });

  test('at the top of the text without a date refuses the document', () => {
    const reading = read('a.md', '**EMBARGOED UNTIL 6 on Tuesday**\n\nThe text of the speech.\n');
    expect(reading).toMatchObject({ status: 'refused', reason: expect.stringContaining('"6 on Tuesday"') });
    expect(read('a.md', '## Embargo: 5 facts\n\nThe text of the speech.\n').status).toBe('read');
  });

  test('is no label in a headline', () => {
    const draft = parseDocument(file('a.txt', 'Embargo: EU agrees on oil\n\n28.11.2026\n\nThe text.\n'));
    expect(draft).toMatchObject({ title: 'Embargo: EU agrees on oil', published: { day: 28 } });
    expect(draft.visibility).toBeUndefined();
  });
});
