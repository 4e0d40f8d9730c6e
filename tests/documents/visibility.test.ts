import { describe, expect, test } from 'vitest';
import { parseDocument } from '../../src/documents/parse.ts';
import { compileFiles, file, makeApp, makeSite, markdownOf, NOW, seedFiles } from '../support/app.ts';
import { KINDS, outcome, parse, type ReadDraft } from '../support/content.ts';

/** A document of any kind with these lines of YAML. */
function state(yaml: string, path?: string): ReadDraft {
  return parse(`---\n${yaml}\n---\n<p>Some text.</p>\n`, path);
}

describe('who is to see a document', () => {
  const FRONT_MATTER: readonly (readonly [string, string])[] = [
    ['---\ndraft: true\n---\n', 'draft'],
    ['---\r\ndraft: true\r\n---\r\n', 'draft'],
    ['\uFEFF---\ndraft: true\n---\n', 'draft'],
    ['\uFEFF\uFEFF---\ndraft: true\n---\n', 'draft'],
    ['\n \n---\ndraft: true\n---\n', 'draft'],
    ['\u200B---\t\ndraft:\ttrue\t\n---\t\n', 'draft'],
    ['---yaml\nDRAFT : "True" # yet\n...\n', 'draft'],
    ['+++\ndraft = true\n+++\n', 'draft'],
    ['{ "title": "A", "draft": true }\n', 'draft'],
    ['---json\n{ "draft": true }\n---\n', 'draft'],
    ['---\nextra:\n  draft: yes\n---\n', 'draft'],
    ['---\nstatus:\n  - Draft\n---\n', 'draft'],
    ['---\ndraft: false\npublished: false\n---\n', 'draft'],
    ['---\ntaslak: evet\n---\n', 'draft'],
    ['---\npermalink: false\n---\n', 'excluded'],
    ['---\nbuild:\n  render: never\n---\n', 'excluded'],
    ['---\nunlisted: true\n---\n', 'unlisted'],
    ['---\nsitemap: false\n---\n', 'unmapped'],
    ['---\ndraft: false\n---\n', 'shown'],
  ];
  const cases = KINDS.flatMap((kind) => FRONT_MATTER.map(([above, seen]) => [kind, above, seen] as const));

  test.each(cases)('does not depend on its kind: .%s below %j is %s', (kind, above, seen) => {
    expect(outcome(parse(`${above}<p>Some text of it.</p>\n`, `a.${kind}`))).toBe(seen);
  });

  test.each(KINDS)('is told by the path before anything is read of .%s', (kind) => {
    const bytes = Uint8Array.of(0, 1, 2, 0xff);
    for (const folder of ['_drafts', 'blog/_drafts/2021', '_Drafts'])
      expect(parseDocument({ path: `${folder}/a.${kind}`, bytes }).visibility).toBe('draft');
    expect(parseDocument({ path: `Recently Deleted/a.${kind}`, bytes }).visibility).toBe('excluded');
    for (const path of [`a_drafts/a.${kind}`, `_drafts.${kind}`, `drafts.${kind}`])
      expect(outcome(parse('<p>Some text.</p>', path)), path).toBe('shown');
  });

  test('is told by a folder of drafts only without a date, and never of a copied page', () => {
    const seen = (above: string, path: string): string => outcome(parse(`${above}<p>Some text.</p>\n`, path));
    for (const path of ['drafts/a.md', 'notes/Drafts/2021/a.txt', 'draft/a.mdx']) {
      expect(seen('', path), path).toBe('draft');
      for (const field of ['date: 2021-02-03', 'draft: false', 'published: true'])
        expect(seen(`---\n${field}\n---\n`, path), `${path} ${field}`).toBe('shown');
    }
    expect(seen('', 'drafts/a.html')).toBe('shown');
  });

  test.each([
    ['draft: "true"', 'draft'],
    ['draft: on', 'draft'],
    ['Draft: TRUE', 'draft'],
    ['draft: 1', 'draft'],
    ['draft: t', 'draft'],
    ['draft: да', 'draft'],
    ['draft: 0', 'shown'],
    ['draft: hayır', 'shown'],
    ['is-draft: y', 'draft'],
    ['wip: yes', 'draft'],
    ['saveAsDraft: true', 'draft'],
    ['publish: false', 'draft'],
    ['published: 0', 'draft'],
    ['published: never', 'draft'],
    ['published: nein', 'draft'],
    ['published: 2021-02-03', 'shown'],
    ['publish: 2021-02-03', 'shown'],
    ['published:', 'shown'],
    ['published: 1', 'shown'],
    ['status: Entwurf', 'draft'],
    ['status: auto-draft', 'draft'],
    ['status: pending', 'draft'],
    ['status: private', 'draft'],
    ['status: published', 'shown'],
    ['status: Experimental', 'shown'],
    ['status: new', 'shown'],
    ['status: Veröffentlicht', 'shown'],
    ['status: Đã xuất bản', 'shown'],
    ['status: δημοσιευμένο', 'shown'],
    ['πρόχειρο: ναι', 'draft'],
    ['nháp: có', 'draft'],
    ['مسودہ: ہاں', 'draft'],
    ['nacrt: da', 'draft'],
    ['draft: नहीं', 'shown'],
    ['status:', 'shown'],
    ['visibility: private', 'draft'],
    ['visibility: members', 'draft'],
    ['visibility: public', 'shown'],
    ['post-status: draft', 'draft'],
    ['visible: false', 'draft'],
    ['enabled: no', 'draft'],
    ['live: true\nshow: 1\nactive: on', 'shown'],
    ['show: The Harbour Hour', 'shown'],
    ['protected: true', 'draft'],
    ['protected: birds', 'shown'],
    ['encrypted: yes', 'draft'],
    ['embargo: true', 'draft'],
    ['embargo: no', 'shown'],
    ['access: members-only', 'draft'],
    ['password: ""', 'shown'],
    ['password: false', 'shown'],
    ['base: &b { draft: true }\n<<: *b', 'draft'],
    ['status: draft\nstatus: published', 'draft'],
    ['hidden: ja', 'unlisted'],
    ['listed: false', 'unlisted'],
    ['no_publish: true', 'draft'],
    ['hide_from_feed: true', 'unlisted'],
    ['showInFeed: false', 'unlisted'],
    ['hide: true', 'unlisted'],
    ['hide: [navigation, toc]', 'shown'],
    ['status: archived', 'unlisted'],
    ['status: Archive', 'unlisted'],
    // Generators list it; a theme says that it is old.
    ['archived: true', 'shown'],
    ['trashed: 1', 'excluded'],
    ['isTrashed: true', 'excluded'],
    ['is_deleted: yes', 'excluded'],
    ['trash: 0', 'shown'],
    ['trash: The bins of the town', 'shown'],
    ['status: ready', 'shown'],
    ['status: Ready for review', 'draft'],
    ['status: evergreen', 'shown'],
    ['status: superseded', 'shown'],
    ['status: withdrawn', 'draft'],
    ['sitemap: false', 'unmapped'],
    ['sitemap: { disable: true }', 'unmapped'],
    ['sitemap_exclude: true', 'unmapped'],
    ['sitemap: false\nnoindex: true', 'noindex'],
    ['state: draft', 'draft'],
    ['state: California', 'shown'],
    ['access: members', 'draft'],
    ['unpublished: true', 'draft'],
    ['sitemap:\n  priority: 0.5', 'shown'],
    ['noindex: true', 'noindex'],
    ['seo:\n  noindex: true', 'noindex'],
    ['robots: noindex, follow', 'noindex'],
    ['robots: none', 'noindex'],
    ['robots: index, follow', 'shown'],
    ['exclude: [tags, nav]', 'shown'],
    ['unlisted: true\nnoindex: true\ndraft: no', 'unlisted'],
  ])('is what states %j: %s', (yaml, seen) => {
    const draft = state(yaml);
    expect(outcome(draft)).toBe(seen);
    expect(draft.warnings).toBeUndefined();
  });

  test.each([
    ['draft: true\ndraft: false', 'Cannot parse draft "[true, false]" in seeds/a.md:3'],
    ['published: false\npublished: true', 'Cannot parse published "[false, true]" in seeds/a.md:3'],
    ['password: swordfish', 'Cannot protect seeds/a.md:2 by a password'],
  ])('is nobody, and said, where it states %j', (yaml, message) => {
    const { visibility, warnings } = state(yaml);
    expect(visibility).toBe('draft');
    expect(warnings).toEqual([expect.stringContaining(message)]);
    expect(warnings?.[0]).toMatch(/; held it back$/);
  });

  test.each([
    ['date: 2021-02-03\nembargo: 2099-05-06', 2099],
    ['date: 2021-02-03\npublish_after: 2099-05-06 10:00', 2099],
    ['embargo_until: 2099-05-06', 2099],
  ])('is nobody until the embargo is over: %j', (yaml, year) => {
    expect(state(yaml).published?.year).toBe(year);
  });

  test.each([
    ['EMBARGOED UNTIL 10 MAY 2099\n\nA bell rang', 2099],
    ['STRICTLY EMBARGOED UNTIL 06:00 CET, 10 MAY 2099\n\nA bell rang', 2099],
    ['Media embargo: 10 May 2099\n\nA bell rang', 2099],
    ['*** Embargoed for release until 00:01 GMT on Sunday, 10 May 2099 ***\n\nA bell rang', 2099],
    ['Sperrfrist: 10. Mai 2099, 10 Uhr\n\nA bell rang\n- 03.02.2021', 2099],
    ['A bell rang\n\n- 03.02.2021\nEmbargo: 10 May 2099', 2099],
  ])('is nobody until the embargo of a plain text is over: %j', (head, year) => {
    const { title, published } = parse(`${head}\n\nIt rang all night.\n`, 'a.txt');
    expect([title, published?.year]).toEqual(['A bell rang', year]);
  });

  test.each([
    ['NOT FOR PUBLICATION\n\nA bell rang\n\n- 03.02.2021', 'draft'],
    ['DRAFT – NOT FOR PUBLICATION\n\nA bell rang', 'draft'],
    ['A bell rang\n\nDraft - not for circulation\n\nText.', 'draft'],
    ['A bell rang\n\n- 03.02.2021\n\nNicht zur Veröffentlichung!', 'draft'],
    ['A bell rang\n\n- 03.02.2021\n\nThis is not for publication.', undefined],
  ])('is nobody where a line forbids it: %j', (head, visibility) => {
    expect(parse(`${head}\n\nIt rang all night.\n`, 'a.txt').visibility).toBe(visibility);
  });

  test('is nobody where the end of an embargo is not understood', () => {
    const text = (head: string): string => `${head}\n\nA bell rang\n\nIt rang all night.\n`;
    expect(parse(text('EMBARGO: the 10th hour'), 'a.txt').visibility).toBe('draft');
    expect(parse(text('EMBARGO: WHAT IT MEANS FOR US'), 'a.txt').visibility).toBeUndefined();
  });

  test.each([
    ['draft', 'wip'],
    ['draft', 'maybe'],
    ['draft', ''],
    ['draft', '2021-02-03'],
    ['draft', '[true]'],
    ['draft', '[no]'],
    ['private', 'a little'],
    ['published', 'soon'],
    ['published', '[no]'],
    ['publish', 'Monday'],
    ['hidden', 'nope'],
    ['unlisted', 'not really'],
    ['exclude', 'perhaps'],
    ['status', 'half-baked'],
    ['visibility', 'the team'],
  ])('is nobody, and said, where %s states %j, which is not understood', (name, value) => {
    for (const kind of KINDS) {
      const { visibility, warnings } = state(`title: A\n${name}: ${value}`, `b/a.${kind}`);
      expect(visibility).toBe('draft');
      expect(warnings).toEqual([
        expect.stringContaining(`Cannot parse ${name} "${value}" in seeds/b/a.${kind}:3: expected `),
      ]);
      expect(warnings?.[0]).toMatch(/; held it back$/);
    }
  });

  test('a wish about search engines that is not understood is granted, and said', () => {
    const { visibility, noindex, warnings } = state('noindex: huh');
    expect([visibility, noindex]).toEqual([undefined, true]);
    expect(warnings).toEqual([
      'Cannot parse noindex "huh" in seeds/a.md:2: expected true or false; kept it out of the sitemap',
    ]);
  });

  test('a label of the text is read without its emphasis', () => {
    const state = (status: string) =>
      outcome(parse(`---\ntitle: A\n---\n\n* Version: 2.0\n* Status: ${status}\n\nText.\n`, 'a.md'));
    expect(['**Experimental**', '_Draft_', '** Draft **'].map(state)).toEqual(['shown', 'draft', 'draft']);
  });

  test.each(['md', 'mdx', 'html'])('counts in .%s where no line opens the front matter', (kind) => {
    for (const [above, seen] of [
      ['published: false\n---\n', 'draft'],
      ['title: A title: with more\nStatus: draft\n\n', 'draft'],
      ['Title: A\nTags: b, c\nDraft: 1\n...\n', 'draft'],
      ['draft: wip\n\n', 'draft'],
      ['title: A\nnoindex: yes\n---\n', 'noindex'],
      ['title: A\ndate: 2021-02-03\n\n', 'shown'],
    ]) {
      const draft = parse(`${above}<p>Some text.</p>\n`, `a.${kind}`);
      expect(outcome(draft), above).toBe(seen);
      if (seen !== 'draft') expect(draft).toMatchObject({ title: 'A' });
    }
  });

  test.each([
    ["export const meta = {\n  title: 'A',\n  draft: true\n}\n\n", 'draft'],
    ["export const info = {\n  published: new Date('2021-02-03'),\n  draft: true\n}\n\n", 'draft'],
    [
      "import x from './x'\n\nexport const meta: Meta = { title: 'A', private: true, } as const;\n\n",
      'draft',
    ],
    ['export const frontmatter = { "draft": isDraft() };\n\n', 'draft'],
    ['export const metadata = {\n  draft, // not yet\n  title: `A` }\n\n', 'draft'],
    ['export const draft = true\n\n', 'draft'],
    ["export const meta = { title: 'A', robots: 'noindex' }\n\n", 'noindex'],
    ["export const meta = { title: 'A', draft: false }\n\n", 'shown'],
  ])('counts in MDX where it is exported: %j', (above, seen) => {
    const draft = parse(`${above}Some text.\n`, 'a.mdx');
    expect(outcome(draft)).toBe(seen);
    if (seen !== 'draft') expect(draft).toMatchObject({ title: 'A', html: '<p>Some text.</p>' });
  });

  test.each([
    "import card from './b.png'\n\nexport const meta = { title: 'A', image: card }",
    "import image from './b.png'\n\nexport const meta = { title: 'A', image }",
    "export const meta = { title: 'A', image: require('./b.png').default }",
    "import card from './b.png'\n\nexport const meta = { title: 'A', image: card.src }",
  ])('takes the picture that MDX imports: %j', (above) => {
    expect(parse(`${above}\n\nSome text.\n`, 'a.mdx').image).toMatchObject({ url: './b.png' });
  });

  test('takes all that MDX exports as literals, and nothing that would have to be run', () => {
    const text = [
      "import Chart from './chart'",
      '',
      'export const meta = {',
      '  /* what it is */ title: "It\'s \\u0041",',
      "  date: new Date('2021-02-03'),",
      '  authors: [{ name: `Jane Roe`, url: "https://jane.example/" }, someone],',
      "  'tags': ['a', \"b\"], summary: summaryOf(meta, { short: true }),",
      '  ...base,',
      '}',
      '',
      'Some text, and {2 + 2}.',
    ].join('\n');
    const draft = parse(text, 'a.mdx');
    expect(draft).toMatchObject({
      title: "It's A",
      published: { year: 2021, where: 'seeds/a.mdx:5' },
      authors: [{ name: 'Jane Roe', uri: 'https://jane.example/' }],
      tags: ['a', 'b'],
      html: '<p>Some text, and .</p>',
    });
    expect(draft.summary).toBeUndefined();
    expect(draft.warnings?.filter((warning) => warning.includes('export'))).toEqual([]);
    const code = parse('Text.\n\n```js\nexport const meta = { draft: true }\n```\n', 'a.mdx');
    expect(code.visibility).toBeUndefined();
  });

  test('text that only looks like fields stays text', () => {
    for (const text of [
      'Note: a word.\nTitle: another.\n\nText.',
      'Summary: all is well.\n\nText.',
      'Author: A\n\nB',
    ]) {
      expect(parse(text).html).toContain(text.slice(0, 5));
    }
    expect(parse('+++\nBreaking news\n+++\n\nText.', 'a.txt').html).toContain('Breaking news');
    expect(parse('    ---\n    title: x\n    ---\n', 'a.md').html).toContain('title: x');
  });
});

test('a build counts what it holds back, and names what it did not understand', async () => {
  const files = [
    file('_drafts/a.txt', 'A\n\nText.'),
    file('b.txt', '---\ndraft: wip\n---\nText.'),
    file('c.md', '---\ntitle: C\ndate: TBD\ndraft: true\n---\nText.'),
    file('d.txt', 'D\n\nText.'),
  ];
  const { outcomes, warnings } = await compileFiles(seedFiles(files), makeSite(), NOW);
  expect(outcomes.map(({ path, status }) => [path, status])).toEqual([
    ['_drafts/a.txt', 'draft'],
    ['b.txt', 'draft'],
    ['c.md', 'draft'],
    ['d.txt', 'published'],
  ]);
  expect(warnings).toEqual([
    'Cannot parse draft "wip" in seeds/b.txt:2: expected true or false; held it back',
    expect.stringContaining('No date in seeds/d.txt'),
  ]);
});

describe('an article that search engines are not to know', () => {
  const at = (name: string, more: string): ReturnType<typeof file> =>
    file(`${name}.md`, markdownOf({ title: name, date: '2026-11-22' }).replace('---\n', `---\n${more}\n`));
  const html =
    '<meta name="robots" content="noindex"><title>page</title><article><h1>page</h1><p>Text.</p></article>';
  const app = makeApp([
    at('plain', 'tags: [a]'),
    at('quiet', 'noindex: true'),
    at('silent', 'sitemap: false'),
    at('apart', 'unlisted: true'),
    file('page.html', `---\ndate: 2026-11-22\n---\n${html}`),
  ]);
  const read = async (path: string): Promise<string> => (await app).read(path);

  test('is in every feed and list, but for the sitemaps', async () => {
    const lists = ['/rss.xml', '/atom.xml', '/feed.json', '/', '/years/2026', '/llms.txt', '/search?q=text'];
    for (const list of lists) {
      const text = await read(list);
      for (const name of ['plain', 'quiet', 'silent', 'page'])
        expect(text, list).toContain(`/articles/${name}`);
      expect(text, list).not.toContain('/articles/apart');
    }
    for (const sitemap of ['/sitemap.xml', '/sitemap-news.xml']) {
      const addresses = (await read(sitemap)).match(/(?<=\/articles\/)\w+/g);
      expect(addresses, sitemap).toEqual(['plain']);
    }
  });

  test('says so in its page and with each of its forms', async () => {
    const { ask } = await app;
    for (const name of ['plain', 'quiet', 'silent', 'page', 'apart']) {
      // The sitemap is not for those who follow links.
      const robots = name === 'plain' || name === 'silent' ? null : 'noindex';
      const page = await ask(`/articles/${name}`, { accept: 'text/html' });
      expect(page.headers.get('x-robots-tag'), name).toBe(robots);
      const text = await page.text();
      expect(text.includes('<meta name="robots" content="noindex">'), name).toBe(robots !== null);
      expect(text).toContain(`<link rel="canonical" href="https://news.example/articles/${name}">`);
      for (const form of ['md', 'txt', 'json'])
        expect((await ask(`/articles/${name}.${form}`)).headers.get('x-robots-tag'), name).toBe(robots);
    }
  });
});
