import { expect, test, vi } from 'vitest';
import { type BuildReport, changeReporter, printReport } from '../../src/pipeline/report.ts';

const NOTHING: BuildReport = {
  outcomes: [],
  pages: [],
  warnings: [],
  notes: [],
  ignored: [],
  ignoredDocuments: [],
  folder: 'seeds',
  timeZone: 'UTC',
  isVerbose: false,
};

/** The lines that some work prints. */
function printed(work: () => void): { readonly log: string[]; readonly warn: string[] } {
  const lines = { log: [] as string[], warn: [] as string[] };
  for (const name of ['log', 'warn'] as const)
    vi.spyOn(console, name).mockImplementation((line: string) => void lines[name].push(line));
  work();
  vi.restoreAllMocks();
  return lines;
}

function warningsOf(warnings: readonly string[]): string[] {
  return printed(() => printReport({ ...NOTHING, warnings })).warn;
}

test('exports of other systems are named, with the command that converts them', () => {
  const ignored = [
    'a.wordpress.2021-02-03.xml',
    'x.ghost.2021-02-03-10-00-00.json',
    'blog-02-03-2021.xml',
    'data.xml',
  ];
  const { log } = printed(() => printReport({ ...NOTHING, ignored }));
  expect(log.slice(0, 4)).toEqual([
    expect.stringMatching(
      /^seeds\/a\.wordpress.* is an export of WordPress, .*npx wordpress-export-to-markdown$/,
    ),
    expect.stringMatching(/^seeds\/x\.ghost.* is an export of Ghost, /),
    expect.stringMatching(/^seeds\/blog-.* is an export of Blogger, /),
    'ignored    seeds/data.xml: not a document',
  ]);
});

test('template code is counted by the name of the call, whatever its arguments are', () => {
  const codes = [
    '{{% def id="AIA" name="Přístup" %}}',
    '{{% def id="CA" abbr="a \\"b\\"…',
    "{{< note 'x' >}}",
  ];
  const warnings = codes.flatMap((code, at) =>
    [1, 2].map((line) => `Cannot run "${code}" in seeds/a${at}.md:${line}: expected Markdown; left it out`),
  );
  expect(warningsOf(warnings)).toEqual([
    'warning: Cannot run 6 pieces of template code, first in seeds/a0.md:1, seeds/a0.md:2, seeds/a1.md:1, ' +
      'seeds/a1.md:2, seeds/a2.md:1 and seeds/a2.md:2: ' +
      '{{%def 4, {{<note 2; expected Markdown; left them out and kept the text around and between them',
  ]);
});

test('articles are listed before pages, which may be newer', () => {
  const outcomes = ['page.md', 'old.md', 'new.md'].map((path, index) => ({
    path,
    status: 'published' as const,
    slug: path.slice(0, -3),
    published: [3, 1, 2][index] ?? 0,
  }));
  const pages = [{ path: 'page.md', slug: 'page', title: 'Page', reason: 'stated', isInNav: false }];
  const { log } = printed(() => printReport({ ...NOTHING, outcomes, pages }));
  expect(log.slice(0, 3).map((line) => line.split(' ').at(-1))).toEqual([
    'seeds/new.md',
    'seeds/old.md',
    'seeds/page.md',
  ]);
});

test('a preview does not repeat what only has the instant of the build', () => {
  const report = (published: number): BuildReport => ({
    ...NOTHING,
    outcomes: [{ path: 'a.md', status: 'published', slug: 'a', published }],
    warnings: [
      `No date in seeds/a.md: it is published as of this build, ${new Date(published).toISOString().replace('.000', '')}`,
    ],
  });
  const print = changeReporter('http://127.0.0.1:8787');
  const printAt = (published: number) =>
    printed(() => print(report(published), new Map([['a.md', 'stat']]), 0));
  printAt(0);
  expect(printAt(1000)).toEqual({
    warn: [],
    log: ['1 document: 1 published, 0 scheduled, 0 refused; built in 0.00 s'],
  });
});

test('messages of one kind are one line, which names eight places', () => {
  const messages = Array.from(
    { length: 10 },
    (_, at) => `Cannot parse draft "wip" in seeds/a${at}.md:2: expected true or false; held it back`,
  );
  const [line = ''] = warningsOf(messages);
  expect(line).toMatch(
    / \(10 times, also "wip" in seeds\/a1\.md:2, .* "wip" in seeds\/a7\.md:2 and 2 more\)$/,
  );
  expect(warningsOf(messages.slice(7))).toHaveLength(3);
});

test('messages for which there is no room are named by their places', () => {
  const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJ'.split('');
  const lines = warningsOf(letters.map((letter) => `Cannot ${letter} seeds/x${letter}.md:2`));
  expect(lines.at(-1)).toMatch(/… and \d+ more of other kinds: seeds\/x\w\.md:2, .*seeds\/xJ\.md:2$/);
});
