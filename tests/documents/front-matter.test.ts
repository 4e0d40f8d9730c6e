import { describe, expect, test } from 'vitest';
import { parse } from '../support/content.ts';

const DAY = { year: 2021, month: 2, day: 3 };

test.each([
  ['date:\n  created: 2021-02-03\n  updated: 2021-02-04', DAY],
  ['date: [2021-02-03]\nupdated: 2021-02-04', DAY],
])('dates are read from %j', (lines, published) => {
  const draft = parse(`---\ntitle: T\n${lines}\n---\n\nText.\n`);
  expect(draft).toMatchObject({ published, updated: { ...DAY, day: 4 } });
});

describe('a series', () => {
  test.each([
    ['series: The deepening', { name: 'The deepening' }],
    ['series: ["The deepening"]\nseries_order: 2', { name: 'The deepening', part: 2 }],
    ['series: { title: The deepening, part: 3 }', { name: 'The deepening', part: 3 }],
    ['taxonomies: { series: [The deepening] }', { name: 'The deepening' }],
    ['series: "[[The deepening]]"\nseries-part: 1.5', { name: 'The deepening', part: 1.5 }],
    ['series: The deepening\npart: two', { name: 'The deepening' }],
    ['series: false', undefined],
    ['series:', undefined],
  ])('%j', (line, series) => {
    expect(parse(`---\ntitle: T\n${line}\n---\n\nText.\n`).series).toEqual(series);
  });
});

describe('corrections', () => {
  test.each([
    ['corrections:\n  - date: 2021-02-03\n    text: She is Dutch.', [DAY]],
    ['corrections:\n  - 2021-02-03: She is Dutch.', [DAY]],
    ['corrections:\n  2021-02-03: She is Dutch.', [DAY]],
    ['corrections: ["2021-02-03 – She is Dutch."]', [DAY]],
    ['correction: "2021-02-03: She is Dutch."', [DAY]],
    ['errata: She is Dutch.', [undefined]],
    ['corrections: []', undefined],
    ['corrections: ""', undefined],
  ])('%j', (lines, days) => {
    const { corrections } = parse(`---\ntitle: T\n${lines}\n---\n\nText.\n`);
    const expected = days?.map((date) => {
      return date === undefined ? { text: 'She is Dutch.' } : { text: 'She is Dutch.', date };
    });
    expected === undefined
      ? expect(corrections).toBeUndefined()
      : expect(corrections).toMatchObject(expected);
  });

  test('on a day that does not exist are refused', () => {
    const parsed = (): unknown =>
      parse('---\ntitle: T\ncorrections:\n  - date: yesterday\n    text: Wrong.\n---\n\nText.\n');
    expect(parsed).toThrow('Cannot parse date "yesterday" in seeds/a.md:4');
  });
});

describe('the picture of an article', () => {
  test.each([
    ['image: { src: a.png, alt: A quay, caption: "By Jane" }', { title: 'A quay', caption: 'By Jane' }],
    ['cover: { image: a.png, alt: A quay, caption: "By Jane" }', { title: 'A quay', caption: 'By Jane' }],
    ['image: a.png\nimage_alt: A quay\nimageCaption: By Jane', { title: 'A quay', caption: 'By Jane' }],
    ['photos:\n- a.png\n- b.png', {}],
    ['heroImage: a.png\nhero-image-caption: By Jane', { caption: 'By Jane' }],
  ])('has its words: %j', (lines, words) => {
    expect(parse(`---\ntitle: T\n${lines}\n---\n\nText.\n`).image).toEqual({ url: 'a.png', ...words });
  });
});

const KELP = { title: 'Kelp: a tale', tags: ['sea', 'weed'], published: { year: 2021, month: 2, day: 3 } };

describe('front matter is read', () => {
  test.each([
    [
      'with blank lines above it',
      '\n\n---\ntitle: "Kelp: a tale"\ndate: 2021-02-03\ntags: [sea, weed]\n---\n',
    ],
    [
      'with characters without a width above it',
      '\u200b\ufeff---\ntitle: "Kelp: a tale"\ndate: 2021-02-03\ntags: [sea, weed]\n---\n',
    ],
    [
      'below a comment',
      '<!-- (c) 2021 -->\n\n<!-- x -->\n---\ntitle: "Kelp: a tale"\ndate: 2021-02-03\ntags: [sea, weed]\n---\n',
    ],
    [
      'below a comment, in TOML',
      '<!-- markdownlint-disable -->\n+++\ntitle = "Kelp: a tale"\ndate = 2021-02-03\ntags = ["sea", "weed"]\n+++\n',
    ],
    [
      'of Pelican',
      'Title: Kelp: a tale\nDate: 2021-02-03 10:20\nTags: sea, weed\nSave_as: kelp.html\nStatus: published\n\n',
    ],
    [
      'of MultiMarkdown',
      'Title: Kelp:\n    a tale\nDate: 2021-02-03\nTags: sea, weed\nBase Header Level: 2\n\n',
    ],
    [
      'of Hexo, without a line that opens it',
      'title: "Kelp: a tale"\ndate: 2021-02-03\ntags:\n  - sea\n  - weed\n---\n',
    ],
    [
      'of Hexo, in JSON above semicolons',
      '"title": "Kelp: a tale",\n"date": "2021-02-03",\n"tags": ["sea", "weed"]\n;;;\n',
    ],
    [
      'of Middleman, in JSON between semicolons',
      ';;;\n"title": "Kelp: a tale",\n"date": "2021-02-03",\n"tags": ["sea", "weed"]\n;;;\n',
    ],
    [
      'in JSON with braces above semicolons',
      '{"title": "Kelp: a tale", "date": "2021-02-03",\n"tags": ["sea", "weed"]}\n;;;\n',
    ],
    ['between longer lines', '-----\ntitle: "Kelp: a tale"\ndate: 2021-02-03\ntags: [sea, weed]\n-----\n'],
    ['in a comment', '<!--\ntitle: "Kelp: a tale"\ndate: 2021-02-03\ntags: sea, weed\n-->\n\n'],
    ['of Pico', '/*\nTitle: "Kelp: a tale"\nDate: 2021-02-03\nTags: sea, weed\n*/\n\n'],
    ['of Org', '#+TITLE: Kelp: a tale\n#+DATE: 2021-02-03\n#+TAGS: sea, weed\n\n'],
    [
      'of Franklin',
      '@def title = "Kelp: a tale"\n@def date = Date(2021, 2, 3)\n\n@def tags = ["sea", "weed"]\n@def x = Dict("a"=>1)\n\n',
    ],
    [
      'of Franklin, in TOML',
      '+++\ntitle = "Kelp: a tale"\ndate = Date(2021, 2, 3)\ntags = ["sea", "weed"]\n+++\n',
    ],
    ['of reStructuredText', ':title: Kelp: a tale\n:date: 2021-02-03\n:tags: sea, weed\n\n'],
    ['in YAML above semicolons', 'title: "Kelp: a tale"\ndate: 2021-02-03\ntags: [sea, weed]\n;;;\n'],
    [
      'of Nikola',
      '<!--\n.. title: Kelp: a tale\n.. slug: kelp\n.. date: 2021-02-03 10:20:00 UTC+02:00\n.. tags: sea, weed\n.. category: \n-->\n\n',
    ],
  ])('%s', (_, text) => {
    const draft = parse(`${text}Some words.\n`);
    expect(draft).toMatchObject(KELP);
    expect(draft.html).toBe('<p>Some words.</p>');
  });

  test.each(['meta', 'metadata', 'frontmatter'])('of MDX, in what it exports as %s', (name) => {
    const text = `import X from './x'\n\nexport const ${name} = {\n  title: 'Kelp: a tale',\n  date: '2021-02-03',\n  tags: ['sea', "weed"],\n};\n\nSome words.\n`;
    expect(parse(text, 'a.mdx')).toMatchObject(KELP);
  });

  test('of Next.js, whose dates and picture are below openGraph', () => {
    const text = `export const metadata = { title: 'A', openGraph: { publishedTime: '2021-02-03', modifiedTime: '2021-02-04', images: ['/a.png'] } };\n\nSome words.\n`;
    expect(parse(text, 'a.mdx')).toMatchObject({
      published: { day: 3 },
      updated: { day: 4 },
      image: { url: '/a.png' },
    });
  });

  test('and tells the line of a mistake wherever it begins', () => {
    const date = 'date: soonish\n';
    const line = (text: string): string => /:(\d+): expected/.exec(message(text))?.[1] ?? message(text);
    expect(line(`<!-- c -->\n\n---\ntitle: A\n${date}---\n`)).toBe('5');
    expect(line(`Title: A\nD${date.slice(1)}\n`)).toBe('2');
    expect(line(`\n;;;\ntitle: A\n${date};;;\n`)).toBe('4');
    expect(line(`<!--\n.. title: A\n.. ${date}-->\n`)).toBe('3');
  });
});

describe('what hides a document', () => {
  test.each([
    '<!--\n.. title: A\n.. tags: sea, draft\n-->\n',
    '<!--\n.. title: A\n.. status: private\n-->\n',
    'Title: A\nStatus: draft\nSave_as: a.html\n\n',
    '"title": "A",\n"draft": true\n;;;\n',
    '<!-- c -->\n---\ndraft: true\n---\n',
    'draft: true\n---\n',
  ])('counts in %j', (text) => {
    expect(parse(`${text}Some words.\n`).visibility).toBe('draft');
  });
});

describe('text stays text', () => {
  test.each([
    'Author: a word that begins a line\n\nMore.\n',
    'Note: one\nWarning: two\n\nMore.\n',
    'Date: Monday\nPlace: the harbour\n\nMore.\n',
    'Anna: hello\nBen: hello\nAuthor: hello\n\nMore.\n',
    '<!-- title: A -->\n\nMore.\n',
    'First; second;\n\n;;;\n\nMore.\n',
  ])('%j', (text) => {
    const { title, published, html } = parse(text);
    expect([title, published]).toEqual([undefined, undefined]);
    expect(html).toContain('More.');
  });

  test.each([
    ['---coffee\ntitle: A\n---\nText.\n', 'expected YAML, TOML, JSON or literals of JavaScript'],
    ['"title": "A"\n"x" y\n;;;\nText.\n', 'expected JSON, but '],
    ['title: A\n\tb: c: d\n;;;\nText.\n', 'expected JSON, but '],
  ])('and front matter that is not understood is refused: %j', (text, reason) => {
    expect(message(text)).toContain(reason);
  });
});

test('the title block of Pandoc is read', () => {
  expect(parse('% Kelp: a tale\n% Jane Roe; Jo Doe\n% 3 Feb 2021\n\nWords.\n')).toMatchObject({
    title: 'Kelp: a tale',
    authors: [{ name: 'Jane Roe' }, { name: 'Jo Doe' }],
    published: KELP.published,
    html: '<p>Words.</p>',
  });
});

test.each([
  ['title: {en: Kelp, de: Tang}', 'Kelp'],
  ['title: {en: Kelp, de: Tang}\nlang: de', 'Tang'],
])('of a title in languages, one is taken: %j', (lines, title) => {
  expect(parse(`---\n${lines}\n---\nWords.\n`).title).toBe(title);
});

test.each([
  ['---\ntitle:Kelp\ndate:2021-02-03\n---\n', 'there is no space after the colon of title'],
  ['---\ntitle：Kelp\ndate：2021-02-03\n---\n', 'it has a full-width colon'],
  ['---\ntitle: !important\ndate: 2021-02-03\n---\n', 'a value begins with !; put it in quotes'],
])('what nobody can take for text is refused in words for people: %j', (text, reason) => {
  expect(() => parse(`${text}Words.\n`)).toThrow(reason);
});

test.each([':smile: a\n:tada: b\n\n', '% of all\n% b\nc\n\n'])('%j is text', (text) => {
  expect(parse(`${text}Words.\n`).title).toBeUndefined();
});

describe('a field with a name in another language', () => {
  const TIDE = { title: 'Tide', published: DAY, authors: [{ name: 'Jane Roe' }] };
  test.each([
    [
      'titel: Tide\ndatum: 3. Februar 2021\nautorin: Jane Roe\nschlagworte: [sea]\nkategorie: Work',
      ['Work', 'sea'],
    ],
    ['titolo: Tide\ndata: 3 febbraio 2021\nautore: Jane Roe\netichette: [sea]\nbozza: no', ['sea']],
    ['Título: Tide\nFecha: 3 de febrero de 2021\nautor: Jane Roe\netiquetas: sea, land', ['sea', 'land']],
    ['titre: Tide\ndate: 2021-02-03\nauteure: Jane Roe\nmots-clés: sea', ['sea']],
    ['title: Tide\nveröffentlicht: 2021-02-03\nauteur: Jane Roe\ncategoría: High water', ['High water']],
  ])('is read: %j', (lines, tags) => {
    expect(parse(`---\n${lines}\n---\nWords.\n`)).toMatchObject({ ...TIDE, tags });
  });

  test.each([
    ['title: Tide\ntitel: Kelp', { title: 'Tide' }],
    ['title: Tide\ndata: tides.csv', { title: 'Tide', published: undefined }],
    ['title: Tide\nbild: nein', { image: undefined }],
    ['title: Tide\nrubrik: Local\nresume: Long ago', { title: 'Tide', summary: undefined }],
    ['title: Tide\nentwurf: ja', { visibility: 'draft' }],
  ])('yields to what is certain: %j', (lines, expected) => {
    const { title, published, image, summary, visibility } = parse(`---\n${lines}\n---\nWords.\n`);
    expect({ title, published, image, summary, visibility }).toMatchObject(expected);
  });
});

test('a link of a vault needs no quotes', () => {
  const fields =
    'title: [[Tide]]\ndate: [[2021-02-03]]\nauthor: [[people/roe|Jane Roe]]\ntags: [[sea]]\nseries: [[Deep]]';
  expect(parse(`---\n${fields}\n---\nWords.\n`)).toMatchObject({
    title: 'Tide',
    published: DAY,
    authors: [{ name: 'Jane Roe' }],
    tags: ['sea'],
    series: { name: 'Deep' },
  });
  expect(parse('date:: [[2021-02-03]]\nauthor:: [[Jane Roe]], [[John Doe]]\n\nWords.\n')).toMatchObject({
    published: DAY,
    authors: [{ name: 'Jane Roe' }, { name: 'John Doe' }],
  });
  expect(parse('---\ndate: [[Feb 3rd, 2021]]\n---\n\nWords.\n')).toMatchObject({ published: DAY });
  expect(parse('---\ntags: [[sea, land]]\n---\nWords.\n').tags).toEqual(['sea', 'land']);
});

describe('a misspelt field', () => {
  test.each([
    ['titlle: Kelp', 'Cannot use titlle "Kelp" in seeds/a.md:2: expected title; left it out'],
    ['taggs: [sea, weed]', 'Cannot use taggs "sea, weed" in seeds/a.md:2: expected tags; left it out'],
    [
      'desciption: A tale',
      'Cannot use desciption "A tale" in seeds/a.md:2: expected description; left it out',
    ],
    ['Catagories: sea', 'Cannot use catagories "sea" in seeds/a.md:2: expected categories; left it out'],
    ['auhtor: Jane Roe', 'Cannot use auhtor "Jane Roe" in seeds/a.md:2: expected author; left it out'],
    [
      'pubish_date: 2021-02-03',
      'Cannot use pubishdate "2021-02-03" in seeds/a.md:2: expected publishdate; left it out',
    ],
    ['dates: 3.2.2021', 'Cannot use dates "3.2.2021" in seeds/a.md:2: expected date; left it out'],
    ['darft: true', 'Cannot use darft "true" in seeds/a.md:2: expected draft; left it out'],
    [
      'params:\n  autor: Jane Roe',
      'Cannot use params.autor "Jane Roe" in seeds/a.md:3: expected params.author; left it out',
    ],
    [
      'cover:\n  imgae: /a.png\n  alt: A',
      'Cannot use cover.imgae "/a.png" in seeds/a.md:3: expected cover.image; left it out',
    ],
  ])('is named: %s', (line, warning) => {
    expect(parse(`---\n${line}\n---\nWords.\n`).warnings).toEqual([warning]);
  });

  test.each([
    'titel: Kelp\ntitle: Kelp',
    'author: Roe\nextra: {autor: Roe}',
    'cover: {image: /a.png, imgae: /b.png}',
    'cover: {relative: true}',
    'titel:',
    'data: {a: 1}',
    'data: 2021-02-03\ndate: 2021-02-04',
    'data: 2021.csv',
    'tabs: true',
    'update: true',
    'publisher: Roe',
    'gate: 3',
    'author_id: 3',
    'languages: [en]',
    'img: a',
    'layouts: a',
    'tag: sea',
    'tile: /a.png',
  ])('is not what may mean something else: %j', (lines) => {
    expect(parse(`---\n${lines}\n---\nWords.\n`).warnings ?? []).toEqual([]);
  });
});

function message(text: string): string {
  try {
    parse(text);
    return '';
  } catch (error) {
    return String(error);
  }
}

test.each([
  ['A **bold** [link](https://a.example/b) and ![a](b.png)', 'A bold link and ![a](b.png)'],
  ['A [b](c.md#d), [e](f/g.html) and ![h](i.md)', 'A b, e and ![h](i.md)'],
  ['2**3**4, **kwargs and [1](2)', '2**3**4, **kwargs and [1](2)'],
  ['A *bold* `--flag` of `$HOME`', 'A bold --flag of $HOME'],
  ['2 * 3 * 4, *.md and *.txt, *nix and *BSD', '2 * 3 * 4, *.md and *.txt, *nix and *BSD'],
  ['H<sub>2</sub>O, 10<sup>-3</sup> m<sup>2</sup> on the 1<sup>st</sup>', 'H₂O, 10⁻³ m² on the 1st'],
  ['3', undefined],
])('a summary is words, not Markdown: %j', (stated, summary) => {
  expect(parse(`---\ntitle: T\nsummary: "${stated}"\n---\n\nText.\n`).summary).toBe(summary);
});

test.each([
  ['teaser: Tides run high.', 'Tides run high.'],
  ['standfirst: Tides run high.\nsummary: Of tides', 'Of tides'],
  ['teaser: /img/a.png', undefined],
  ['intro: true', undefined],
  ['subtitle: A short history', 'A short history'],
])('a teaser of several words is a summary: %j', (line, summary) => {
  expect(parse(`---\ntitle: T\n${line}\n---\n\nText.\n`).summary).toBe(summary);
});

test('tags are words, not HTML', () => {
  const { tags } = parse('---\ntags: ["R&amp;D", "C++", "C#", ".NET", "AT&T"]\n---\nText.\n');
  expect(tags).toEqual(['R&D', 'C++', 'C#', '.NET', 'AT&T']);
});

test('authors may stand below their keys, and a language in a list', () => {
  const { authors, language } = parse(
    '---\nauthors: { ida: Ida Holm, kai: { name: Kai Ost } }\nlang: [es]\n---\nText.\n',
  );
  expect(authors).toEqual([{ name: 'Ida Holm' }, { name: 'Kai Ost' }]);
  expect(language).toBe('es');
});

test('a handle with a link behind the name of an author is their home page', () => {
  const line = '"Jane Roe ([@roe](https://roe.example)), [John Doe](https://doe.example) and Ida Holm"';
  expect(parse(`---\nauthor: ${line}\n---\nText.\n`).authors).toEqual([
    { name: 'Jane Roe', uri: 'https://roe.example/' },
    { name: 'John Doe', uri: 'https://doe.example/' },
    { name: 'Ida Holm' },
  ]);
});

test('what describes an author without a name is no author', () => {
  for (const value of ['{ email: a@b.example, url: "https://b.example" }', '{ role: Editor in chief }'])
    expect(parse(`---\nauthors: ${value}\n---\nText.\n`).authors).toEqual([]);
});

test.each([
  ['03-04-2021', '2021-03-04-a/b.md', 3, 4],
  ['2/17/2021', 'posts/2021/02/17/b.md', 2, 17],
  ['03/04/2021 10:00', '2021-04-03-b.md', 4, 3],
  ['03-04-2021', '2021-05-06-a/b.md', 4, 3],
  ['03-04-2021', 'b.md', 4, 3],
])('of %j in %s, the date in the path tells which is the month', (date, path, month, day) => {
  expect(parse(`---\ndate: ${date}\n---\nText.\n`, path).published).toMatchObject({ year: 2021, month, day });
});

test('the day for which a document is scheduled outranks its date', () => {
  for (const name of ['scheduled_at', 'scheduledFor', 'scheduled', 'go_live_at'])
    expect(parse(`---\ndate: 2021-02-03\n${name}: 2097-01-01\n---\n`).published?.year).toBe(2097);
  expect(parse('---\ndate: 2021-02-03\nscheduled: true\n---\n').published?.year).toBe(2021);
});

test('a title that is a day states the date, unless there is another', () => {
  expect(parse('# Monday 1 March 2021\n\nRain.\n').published).toMatchObject({ month: 3, day: 1 });
  expect(parse('---\ntitle: 1 March 2021\ndate: 2021-03-02\n---\n').published?.day).toBe(2);
  expect(parse('# Since 1 March 2021\n\nRain.\n').published).toBeUndefined();
});

test('of the two times of WordPress, the one of UTC counts', () => {
  const both = 'post_date: 2021-02-03 12:00:00\npost_date_gmt: 2021-02-03 10:00:00\n';
  expect(parse(`---\n${both}---\n`).published).toMatchObject({ time: { hour: 10 }, timeZone: 'UTC' });
  const draft = both.replace('2021-02-03 10:00:00', '0000-00-00 00:00:00');
  expect(parse(`---\n${draft}---\n`).published).toMatchObject({ time: { hour: 12 } });
});

describe('fields at the top that are stated otherwise', () => {
  test.each([
    ['dashes of a phone', '—-\ntitle: A bell\ndate: 2021-02-03\n—-\n\nText.\n'],
    ['one long dash', '—\ntitle: A bell\ndate: 2021-02-03\n—\n\nText.\n'],
    ['properties of Notion', '# A bell\n\nCreated: February 3, 2021 10:12 AM\nTags: x, y\n\nText.\n'],
    [
      'attributes of Bear Blog',
      'title: A bell\nlink: bell\npublished_date: 2021-02-03 09:00\ntags: x\nmake_discoverable: true\nlang: en\n___\n\nText.\n',
    ],
    ['a code fence', '```yaml\n---\ntitle: A bell\ndate: 2021-02-03\n---\n```\n\nText.\n'],
    ['properties of Logseq', 'title:: A bell\ndate:: 2021-02-03\n\nText.\n'],
  ])('are read: %s', (_, text) => {
    const { title, published, html } = parse(text);
    expect([title, published?.year, html]).toEqual(['A bell', 2021, '<p>Text.</p>']);
  });

  test.each([
    ['an example of front matter', '```yaml\n---\ntitle: The bell\n---\ndate: 2021\n```\n\nText.\n'],
    ['a dash above words', '—\nThe bell: it rang\n—\n\nText.\n'],
    ['words below a heading', '# A bell\n\nAnna: Did it ring?\nBert: It did.\n\nText.\n'],
    ['a date that is none', '# Minutes\n\nDate: Monday\nAuthor: Jane Roe\n\nText.\n'],
    ['a call of a method', 'std::string\nboost::any\n\nText.\n'],
  ])('are not read where they are text: %s', (_, text) => {
    const { published, html } = parse(text);
    expect(published).toBeUndefined();
    expect(html).toMatch(/The bell|Anna|Monday|boost/);
  });

  test.each([
    ['author_name: Ann Mole, Jo Quay', ['Ann Mole', 'Jo Quay']],
    ['written_by: Ann Mole', ['Ann Mole']],
    ['author: Jo (Quay & Weir, Ltd.)', ['Jo (Quay & Weir, Ltd.)']],
    ['authors: Ann Mole & Jo (Quay & Weir, Ltd.)', ['Ann Mole', 'Jo (Quay & Weir, Ltd.)']],
  ])('name their authors: %s', (field, names) => {
    expect(parse(`---\n${field}\n---\n\nText.\n`).authors.map(({ name }) => name)).toEqual(names);
  });

  test('have an address as their slug', () => {
    const { slug, aliases } = parse('---\nslug: fr/about/me\n---\n\nText.\n');
    expect([slug, aliases]).toEqual(['me', ['/fr/about/me']]);
  });

  test('have tags below taxonomy and authors in parts', () => {
    const stated = parse(
      `---\n${'taxonomy:\n  tag: [eel, weir]\nauthor:\n  - name: { given: Ann, family: Mole }\n  - { first: Jo, last: Quay }'}\n---\n\nText.\n`,
    );
    expect(stated.tags).toEqual(['eel', 'weir']);
    expect(stated.authors.map(({ name }) => name)).toEqual(['Ann Mole', 'Jo Quay']);
  });
});

test('a page of Kirby is its fields and its text in Markdown', () => {
  const page =
    'Title: The heron\n\n----\n\nDate: 2021-02-03\n\n----\n\nTags: birds, river\n\n----\n\nText:\n\nIt *came* (link: https://b.example.org/ text: all birds class: x).\n\n(image: heron.jpg alt: A heron)\n\n----\n\nUuid: abc\n';
  expect(parse(page, 'blog/article.txt')).toMatchObject({
    title: 'The heron',
    published: { year: 2021, month: 2, day: 3 },
    tags: ['birds', 'river'],
    html: "<p>It <em>came</em> <a href='https://b.example.org/'>all birds</a>.</p><p><img src='heron.jpg' alt='A heron'></p>",
  });
  expect(parse('Date: 2021-02-03\n\n----\n\nTitle: A\n\n----\n\nText: *B*\n', 'a.txt')).toMatchObject({
    title: 'A',
    html: '<p><em>B</em></p>',
  });
  expect(parse('Title: A\n\nWords.\n\n----\n\nText: b\n', 'a.txt').html).toContain('Text: b');
});

test('tags may be set apart by the commas of any script', () => {
  for (const tags of ['海，港口', '海、港口', '海; 港口', 'بحر، ميناء'])
    expect(parse(`---\ntitle: A\ntags: ${tags}\n---\n\nA.\n`).tags).toEqual(tags.split(/[，、;،] ?/u));
});

test('fields may all be indented with tabs', () => {
  const text = '---\n\ttitle: A\n\ttags:\n\t\t- sea\n---\n\nB.\n';
  expect(parse(text)).toMatchObject({ title: 'A', tags: ['sea'], html: '<p>B.</p>' });
  expect(parse('---\n\ta line of code\n\nB.\n').html).toBe(
    '<hr><pre><code>a line of code&#10;</code></pre><p>B.</p>',
  );
});

test('links of a vault in a title are their words', () => {
  expect(parse('---\ntitle: Of [[sea|the sea]], [[Land]] and x[[1]]\n---\n\nWords.\n').title).toBe(
    'Of the sea, Land and x[[1]]',
  );
});
