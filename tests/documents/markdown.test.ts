import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseMarkdown } from '../../src/documents/markdown/markdown.ts';
import { isPlain } from '../../src/documents/markdown/source-markdown.ts';
import { isHeldBack, parseDocument } from '../../src/documents/parse.ts';
import { readSource } from '../../src/documents/source.ts';
import { canonical, html, parse, type ReadDraft, readable, textOfHtml } from '../support/content.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures/markdown');

/** A document with these lines of YAML. */
function state(yaml: string, path?: string): ReadDraft {
  return parse(`---\n${yaml}\n---\nText.`, path);
}

describe('Markdown', () => {
  test.each(
    readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md')),
  )('reads %s as its pair says', async (name) => {
    const file = { path: name, bytes: readFileSync(join(FIXTURES, name)) };
    const whole = parseDocument(file);
    const { markdown: _, ...draft } = readable(isHeldBack(whole) ? parseMarkdown(readSource(file)) : whole);
    const split = {
      ...draft,
      ...(draft.warnings?.length === 0 && { warnings: undefined }),
      html: draft.html.split(/(?<=<\/(?:p|h\d|li|ul|ol|blockquote|figure|pre|tr)>|<hr>)/),
    };
    await expect(`${JSON.stringify(split, null, 2)}\n`).toMatchFileSnapshot(join(FIXTURES, `${name}.json`));
  });

  test.each([
    ['# *A* `b` [c](d) &amp; <b>e</b>', 'A b c & e'],
    ['A\n=', 'A'],
    ['<!-- note -->\n\n## A', 'A'],
    ['---\ntitle: null\n---\n# A', 'A'],
    ['---\ntitle:\n---\n# A', 'A'],
    ['---\ntitle: 1984\n---\n', '1984'],
    ['---\ntitle: 1.10\n---\n', '1.10'],
    ['---\ntitle: "null"\n---\n', 'null'],
    ['---\ntitle: 2021-02-03\n---\n', '2021-02-03'],
    ['Text.\n\n# A', 'A'],
    ['Text.\n\n## A', undefined],
    ['## A\n\nText.\n\n# B', 'B'],
    ['---\ntitle: [A, B]\n---\n# C', 'A, B'],
    ['[![a](b.svg)](c) [![d](e.svg)](f)\n\n***\n\n## A\n\nText.', 'A'],
    ['<a id="top"></a>\n\n## A\n\nText.', 'A'],
    ['<style>h1 { color: red }</style>\n\n## A', 'A'],
    ['## Contents\n\n- [A](#a)\n- [B](#b)\n\n## A\n\nText.', 'A'],
    ['**Contents**\n\n- [A](#a)\n\n## A\n\nText.', 'A'],
    ['![](b.png)\n*A caption*\n\n## A\n\nText.', 'A'],
    ['<figure><img src="b.png"><figcaption>B</figcaption></figure>\n\n## A\n\nText.', 'A'],
    ['*Words.*\n\n## A\n\nText.', undefined],
    ['<div align="center">\n<h1>A</h1>\n</div>\n\nText.', 'A'],
    ['# ![A](b.svg)\n\nText.', 'A'],
    ['> # A\n\nText.', undefined],
    ['- # A\n\nText.', undefined],
    ['Text.', undefined],
  ])('finds the title of %j', (text, title) => {
    expect(parse(text).title).toBe(title);
  });

  test.each([
    ['# A\n\nWords, [a link](b.md), ![a picture](c.png) and 3 < 4.', true],
    ['```\n{{ code }} in a fence\n```', true],
    ['A [[wikilink]].', false],
    ['{% include x %}', false],
    ['<b>HTML</b>', false],
    ['<!-- a comment -->\n\nText.', false],
    ['Text.\n\n[unused]: b.md', false],
    ['Some %%asides%%.', false],
  ])('says of %j whether every reader of Markdown knows it', (text, isKnown) => {
    const { markdown } = parse(`---\ntitle: T\n---\n${text}`);
    expect(markdown && isPlain(markdown)).toBe(isKnown);
  });

  test('takes the title out of the content, and only the title', () => {
    expect(html('# A\n\nB')).toBe('<p>B</p>');
    expect(html('---\ntitle: "A, b!"\n---\n# A b\n\nB')).toBe('<p>B</p>');
    expect(html('---\ntitle: C\n---\n# A\n\nB')).toBe('<h1>A</h1><p>B</p>');
  });

  test('keeps the place of a note of the title, to which the note leads back', () => {
    const { title, html } = parse('# A[^1]\n\nB\n\n[^1]: C');
    expect(title).toBe('A');
    const [, target] = /<a href='#(fnref-1)'/.exec(html) ?? [];
    expect(html).toContain(`<a id='${target}'></a>`);
  });

  test('keeps a picture that is the title, and an anchor that links lead to', () => {
    expect(html('# ![A](b.svg)\n\nB')).toBe("<p><img src='b.svg' alt='A'></p><p>B</p>");
    expect(html('# A\n\n[B](#a)')).toBe("<a id='a'></a><p><a href='#a'>B</a></p>");
  });

  test.each([
    '[TOC]\n\n# A\n\nB',
    '# A\n[toc]\n\nB',
    '# A\n\n[[toc]]\n\nB',
    '# A\n\nB\n\n[[_TOC_]]',
    '# A\n\n@[TOC](Words)\n\nB',
    '# A\n\n[TOC levels=1-3]\n\nB',
    '# A\n\n## Table of contents\n\n[TOC]\n\nB',
    '# A\n\n**Contents:**\n[TOC]\n\nB',
    '# A\n\n[TOC]{.side}\n\nB',
    '# A\n\n{toc}\n\nB',
    '# A\n\n* toc\n{:toc}\n\nB',
    '{{TOC}}\n\n# A\n\nB',
    '{{< toc >}}\n\n# A\n\nB',
    '{% include toc.html %}\n\n# A\n\nB',
    '<TableOfContents />\n\n# A\n\nB',
  ])('leaves the mark for a table of contents out of %j', (text) => {
    expect(parse(text)).toMatchObject({ title: 'A' });
    expect(parse(text)).not.toHaveProperty('warnings');
    expect(html(text)).toBe('<p>B</p>');
  });

  test.each([
    ['Write [TOC] here.', '<p>Write [TOC] here.</p>'],
    ['Write\n[TOC]\nhere.', '<p>Write [TOC] here.</p>'],
    ['`[[toc]]`', '<p><code>[[toc]]</code></p>'],
    ['    [TOC]', '<pre><code>[TOC]\n</code></pre>'],
    ['[toc]\n\n[toc]: b.md', '<p><a href="b.md">toc</a></p>'],
  ])('keeps %j', (text, expected) => {
    expect(html(text)).toBe(canonical(expected));
  });

  test('takes a name with spaces for the title of a note', () => {
    expect(parse('Text.', 'notes/My first note.md').title).toBe('My first note');
    expect(parse('Text.', 'notes/my-first-note.md').title).toBeUndefined();
  });

  test.each([
    ['_posts/2021-02-03-old-name.md', { slug: 'old-name', day: 3 }],
    ['2021-02-03-trip/index.md', { slug: 'trip', day: 3 }],
    ['blog/2021/02/03/trip.md', { slug: 'trip', day: 3 }],
    ['2021-02-03.md', { slug: undefined, day: 3 }],
    ['posts/trip/index.md', { slug: 'trip', day: undefined }],
    ['posts/trip/index.de.md', { slug: 'trip', day: undefined, language: 'de' }],
    ['posts/trip.pt-BR.md', { slug: undefined, day: undefined, language: 'pt-BR' }],
    ['posts/node.js.md', { slug: undefined, day: undefined }],
    ['posts/_index.md', { slug: undefined, day: undefined }],
    ['_drafts/a.md', { slug: undefined, day: undefined, visibility: 'draft' }],
  ])('reads the name %s', (path, { slug, day, ...said }) => {
    const draft = parse('Text.', path);
    expect(draft.slug).toBe(slug);
    expect(draft.published?.day).toBe(day);
    expect(draft).toMatchObject(said);
  });

  test.each([
    ['draft: true', 'draft'],
    ['published: false', 'draft'],
    ['published: no', 'draft'],
    ['status: private', 'draft'],
    ['exclude: true', 'excluded'],
    ['eleventyExcludeFromCollections: true', 'excluded'],
    ['permalink: false', 'excluded'],
    ['redirect_to: /b/', 'excluded'],
    ['unlisted: true', 'unlisted'],
    ['hidden: true', 'unlisted'],
    ['feed: false', 'unlisted'],
    ['sitemap: false', undefined],
    ['hidden: true\ndraft: true', 'draft'],
    ['draft: false', undefined],
    ['published: 2021-02-03', undefined],
  ])('sees whether to show what states %j', (yaml, visibility) => {
    expect(state(yaml).visibility).toBe(visibility);
  });

  test.each([
    ['tags: a b', ['a', 'b']],
    ['tags: a b, c', ['a b', 'c']],
    ['tags: a, "b c"', ['a', 'b c']],
    ['tags: [a b, "#c", 7]', ['a b', 'c', '7']],
    ['categories: [a]\ncategory: b c\ntags: [a, posts]', ['a', 'b c']],
    ['keywords: a b, c', ['a b', 'c']],
    ['keywords: a\ntags: b', ['b']],
    ['tags: null', undefined],
  ])('finds the tags of %j', (yaml, tags) => {
    expect(state(yaml).tags).toEqual(tags);
  });

  test.each([
    ['author: Jane Roe', [{ name: 'Jane Roe' }]],
    ['author: Jane Roe <jane@example.org>', [{ name: 'Jane Roe', email: 'jane@example.org' }]],
    ['author: Jane Roe (https://jane.example)', [{ name: 'Jane Roe', uri: 'https://jane.example/' }]],
    ['author: Ministry of Health, Ankara', [{ name: 'Ministry of Health, Ankara' }]],
    ['authors: Jane Roe, John Doe', [{ name: 'Jane Roe' }, { name: 'John Doe' }]],
    ['authors: [Ann Lee, Jane Roe]', [{ name: 'Ann Lee' }, { name: 'Jane Roe' }]],
    [
      'author: Ann Lee, Jane Roe, and John Doe',
      [{ name: 'Ann Lee' }, { name: 'Jane Roe' }, { name: 'John Doe' }],
    ],
    ['author: Jane Roe and Andy Doe', [{ name: 'Jane Roe' }, { name: 'Andy Doe' }]],
    ['author: jane, j_doe', [{ name: 'jane' }, { name: 'j_doe' }]],
    ['author: {name: Jane, url: /about}', [{ name: 'Jane' }]],
    [
      'author: Jane\nauthor_url: https://jane.example/\nauthorEmail: jane@example.org',
      [{ name: 'Jane', uri: 'https://jane.example/', email: 'jane@example.org' }],
    ],
  ])('finds the authors of %j', (yaml, authors) => {
    expect(state(yaml).authors).toEqual(authors);
  });

  test.each([
    ['permalink: /a/b/', 'b', ['/a/b/']],
    ['permalink: /a/b.html', 'b', ['/a/b.html']],
    ['permalink: /a/b/index.html', 'b', ['/a/b/']],
    ['permalink: /:year/:title/', undefined, undefined],
    ['permalink: pretty', undefined, undefined],
    ['permalink: /news/2016/03/03/', undefined, ['/news/2016/03/03/']],
    ['permalink: /news/03/', '03', ['/news/03/']],
    ['url: https://elsewhere.example/a/', undefined, undefined],
    ['slug: c\nurl: /a/b/', 'c', ['/a/b/']],
    [
      'aliases: [/a/, b/c, Some name, https://a.example/x]',
      undefined,
      ['/a/', '/b/c', 'https://a.example/x'],
    ],
    ['redirect_from: /a', undefined, ['/a']],
    ['wordpress_id: 42', undefined, ['/?p=42']],
    ['wordpress_id: none', undefined, undefined],
  ])('finds the addresses of %j', (yaml, slug, aliases) => {
    expect(state(yaml)).toMatchObject({ ...(slug && { slug }), ...(aliases && { aliases }) });
    expect(state(yaml).slug).toBe(slug);
    expect(state(yaml).aliases).toEqual(aliases);
  });

  test('reads a name however it is written, and passes over what it does not know', () => {
    for (const name of ['lastModifiedAt', 'last_modified_at', 'last-modified-at', 'Last Modified At']) {
      expect(state(`${name}: 2021-02-03\nweight: 3`).updated?.day).toBe(3);
    }
  });

  test('says where a date stands, whatever the language of the front matter', () => {
    const where = 'seeds/a.md:3';
    for (const text of [
      '---\ntitle: A\ndate: 2021-02-03\n---\n',
      '+++\ntitle = "A"\ndate = 2021-02-03\n+++\n',
      '{\n"title": "A",\n"date": "2021-02-03"\n}\n',
      '---json\n{ "title": "A",\n"date": "2021-02-03" }\n---\n',
      '---toml\ntitle = "A"\ndate = "2021-02-03"\n---\n',
    ]) {
      expect(parse(text)).toMatchObject({ title: 'A', published: { year: 2021, month: 2, day: 3, where } });
    }
  });

  test('leaves it to the normaliser whether a day exists', () => {
    expect(state('date: 2023-13-40').published).toMatchObject({ month: 13, day: 40, text: '2023-13-40' });
  });

  test.each([
    [
      '---\ntitle: A\ndate: soon\n---\n',
      'Cannot parse date "soon" in seeds/a.md:3: expected a date such as 2021-02-03',
    ],
    [
      '---\ntitle: A\n\nText.',
      'Cannot read front matter "---" in seeds/a.md:1: expected a line "---" that closes it',
    ],
    [
      '+++\ntitle = "A"\n',
      'Cannot read front matter "+++" in seeds/a.md:1: expected a line "+++" that closes it',
    ],
    ['{\n"title": "A"\n', 'Cannot read front matter "{" in seeds/a.md:1: expected a "}" that closes it'],
    [
      '---\na: 1\ntitle: A: b\n---\n',
      'Cannot read front matter "title: A: b" in seeds/a.md:3: expected YAML, but there is a colon in the title; put the title in quotes',
    ],
    [
      '+++\na = 1\ntitle = A\n+++\n',
      'Cannot read front matter "title = A" in seeds/a.md:3: expected TOML, but ',
    ],
    ['+++\ndate = 2023-13-40\n+++\n', 'Cannot read front matter "date = 2023-13-40" in seeds/a.md:2: '],
    ['---js\nconst a = b();\n(() => {})\n---\n', 'in seeds/a.md:3: expected JavaScript, but '],
    [
      '---\na: [&x 1]\ntags: [*y]\n---\n',
      'in seeds/a.md:3: expected YAML, but there is no anchor for the alias *y',
    ],
  ])('refuses %j', (text, message) => {
    expect(() => parse(text)).toThrow(message);
  });

  test('takes a line of hyphens above prose for a line', () => {
    expect(html('---\n\nText.\n\n---\n')).toBe('<hr><p>Text.</p><hr>');
    expect(html('---\n---\nText.')).toBe('<p>Text.</p>');
  });

  test.each([
    ['<!--more-->', 'A b.'],
    ['<!-- more -->', 'A b.'],
    ['<!-- truncate -->', 'A b.'],
    ['{/* truncate */}', 'A b.'],
    ['<!-- excerpt -->', 'A b.'],
    ['<!-- other -->', undefined],
  ])('ends the summary at %s', (marker, summary) => {
    const draft = parse(`# T\n\nA *b*.\n\n${marker}\n\nC.`);
    expect(draft.summary).toBe(summary);
    if (summary !== undefined) expect(draft.html).not.toContain('--');
    expect(textOfHtml(draft.html)).toBe('A b. C.'.concat(''));
  });

  test.each([
    ['# Low[^1] water\n\nA.[^1]\n\n<!--more-->\n\nB.\n\n[^1]: C.', { title: 'Low water', summary: 'A.' }],
    ['A.<sup id="r"><a href="#n">1</a></sup>\n\n<!--more-->', { summary: 'A.' }],
  ])('%j says nothing of the numbers of its notes', (text, expected) => {
    expect(parse(text)).toMatchObject(expected);
  });

  test('prefers the stated summary to the words above the marker', () => {
    expect(parse('---\ndescription: D\n---\nA.\n\n<!--more-->\n\nB.')).toMatchObject({ summary: 'D' });
  });
});

describe('front matter that is made to break', () => {
  test('follows only so many aliases', () => {
    const aliases = `[${'*a, '.repeat(101)}]`;
    expect(() => state(`x: &a b\ntags: ${aliases}`)).toThrow('expected YAML, but more than 100 aliases');
    const bomb = Array.from({ length: 9 }, (_, i) => `b${i}: &b${i} [${`*b${i - 1}, `.repeat(8)}]`);
    expect(() => state(`b: &b-1 x\n${bomb.join('\n')}`)).toThrow(
      'expected YAML, but more than 100000 values',
    );
    expect(() => state('tags: &a [*a]')).toThrow('expected YAML, but the alias *a is within what it names');
    expect(state('x: &a [b, c]\ntags: *a').tags).toEqual(['b', 'c']);
  });
});

describe('a line of front matter', () => {
  test.each([
    ['Don&#8217;t stop &amp; go', 'Don’t stop & go'],
    ['Learn <del>frameworks</del> <em class="x">well</em>', 'Learn frameworks well'],
    ['Futsch<sup>2</sup>', 'Futsch²'],
    ['The <picture> element and <b>', 'The <picture> element and <b>'],
    ['AT&T, R&D; a < b', 'AT&T, R&D; a < b'],
    ['Bundes&shy;tag', 'Bundestag'],
  ])('%s is read as %s', (title, words) => {
    const draft = parse(`---\ntitle: '${title}'\nsummary: '${title}'\n---\nText.\n`);
    expect([draft.title, draft.summary]).toEqual([words, words]);
  });

  test('may go on at the margin within quotation marks', () => {
    const yaml = 'meta:\n  - a: "One \\"two\\"\nthree:\n\n- four"\n  - b: c\nsummary: "Of\nit"\ntitle: T';
    expect(parse(`---\n${yaml}\n---\nText.\n`)).toMatchObject({ title: 'T', summary: 'Of it' });
  });

  test.each([
    ['Josh Aas, ISRG Executive Director', ['Josh Aas']],
    ['Josh Aas, Jane Roe', ['Josh Aas', 'Jane Roe']],
  ])('%s names %j', (author, names) => {
    expect(parse(`---\nauthor: ${author}\n---\nText.\n`).authors.map(({ name }) => name)).toEqual(names);
  });
});

test('punctuation of East Asia ends an address that stands in the text', () => {
  expect(html('看 https://a.example/b。很小')).toBe(
    "<p>看 <a href='https://a.example/b'>https://a.example/b</a>。很小</p>",
  );
  expect(html('（https://a.example/）')).toContain("<a href='https://a.example/'>https://a.example/</a>）");
  expect(html('[。a](https://a.example/b。)')).toContain('>。a</a>');
});

describe('lines that count with letters', () => {
  test.each([
    ['a) No dogs.\nb) No cats.', '<p>a) No dogs.<br>b) No cats.</p>'],
    [
      'The rules:\n(i) No *dogs*.\n(ii) No cats.',
      '<p>The rules:<br>(i) No <em>dogs</em>.<br>(ii) No cats.</p>',
    ],
    ['1. Rules:\n\n   A. dogs\n   B. cats', '<ol><li><p>Rules:</p><p>A. dogs<br>B. cats</p></li></ol>'],
    ['а) да\nб) нет', '<p>а) да<br>б) нет</p>'],
    ['Seen:\n• a *gull*\n• a tern', '<p>Seen:<br>• a <em>gull</em><br>• a tern</p>'],
    ['#. one\n#. two', '<p>#. one<br>#. two</p>'],
    ['一、首先\n二、其次', '<p>一、首先<br>二、其次</p>'],
    ['（1）首先，\n很好\n（2）其次', '<p>（1）首先，很好<br>（2）其次</p>'],
    ['(1) first\n(2) second', '<p>(1) first<br>(2) second</p>'],
    ['١. أول\n٢. ثان', '<p>١. أول<br>٢. ثان</p>'],
    ['— Who?\n— Nobody.', '<p>— Who?<br>— Nobody.</p>'],
    ['I. Members,\nwho row.\nII. Dues.', '<p>I. Members, who row.<br>II. Dues.</p>'],
  ])('stay lines: %j', (text, expected) => {
    expect(parse(text).html).toBe(expected);
  });

  test('are not seen in prose', () => {
    expect(parse('He meant it\n— and so did she —\n(2) times.').html).toBe(
      '<p>He meant it — and so did she — (2) times.</p>',
    );
    expect(parse('He means a. this, or\nb) that.').html).toBe('<p>He means a. this, or b) that.</p>');
  });
});
