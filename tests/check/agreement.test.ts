import { describe, expect, test } from 'vitest';
import { agreementRules, checkAgreement, checkPermalink } from '../../src/check/agreement.ts';
import { ATOM, JSON_FEED, RSS, rulesIn, untried } from '../support/checked-feeds.ts';

describe('agreement', () => {
  const good = { rss: RSS, atom: ATOM, json: JSON_FEED };
  const mutations: readonly (readonly [rule: string, format: keyof typeof good, from: string, to: string])[] =
    [
      [
        'agreement/articles',
        'json',
        '5e1ead33-3b03-50ee-b3fa-18a12706c3b1',
        '5e1ead33-3b03-50ee-b3fa-18a12706c3b2',
      ],
      ['agreement/title', 'atom', '<title>Two', '<title>2'],
      ['agreement/address', 'json', 'articles/two', 'articles/2'],
      ['agreement/content', 'rss', '<br>', ''],
      ['agreement/summary', 'rss', '<description>The first.', '<description>The &#x3C;first.'],
      ['agreement/authors', 'rss', '<dc:creator>Jane Roe</dc:creator>', ''],
      ['agreement/published', 'rss', 'Tue, 21 Nov 2017 00:00:00 GMT', 'Tue, 21 Nov 2017 00:00:00 +0300'],
      ['agreement/updated', 'json', '"date_modified": "2017-11-22', '"date_modified": "2017-11-23'],
      ['agreement/readable', 'json', 'https://jsonfeed.org/version/1.1', 'https://example.org/'],
    ];

  test('nothing is wrong with good feeds', () => {
    expect(checkAgreement(good)).toEqual([]);
  });

  test('the description of an item may be its content', () => {
    const rss = RSS.replace(
      /<description>The first.*?<content:encoded>(.*?)<\/content:encoded>/s,
      '<description>$1</description>',
    );
    expect(rss).not.toContain('content:encoded>');
    expect(checkAgreement({ ...good, rss })).toEqual([]);
    expect(rulesIn(checkAgreement({ ...good, rss: rss.replace('<br>', '') }))).toContain('agreement/content');
  });

  test.each(mutations)('%s: %s: %j → %j', (rule, format, from, to) => {
    expect(good[format]).toContain(from);
    const findings = checkAgreement({ ...good, [format]: good[format].replace(from, () => to) });
    expect(rulesIn(findings)).toContain(rule);
  });

  test('agreement/order: entries in another order', () => {
    const [first, second] = RSS.match(/<item>.*?<\/item>/gs) ?? [];
    const rss = RSS.replace(/<item>.*<\/item>/s, () => `${second}${first}`);
    expect(rulesIn(checkAgreement({ ...good, rss }))).toContain('agreement/order');
  });

  test('every rule can be broken', () => {
    const elsewhere = [['agreement/order'], ['agreement/permalink'], ['agreement/autodiscovery']] as const;
    expect(untried({ agreement: agreementRules }, [...mutations, ...elsewhere])).toEqual([]);
  });
});

test('an article without words is on its page', () => {
  const entry = { id: 'a', content: '<img src="https://news.example/a.png">' };
  expect(checkPermalink(entry, '<html><p>Other words.</p></html>', '/articles/a')).toEqual([]);
});

test('a page may show formulas in MathML', () => {
  const tex = (formula: string) => `<code class='language-tex'>${formula}</code>`;
  const content = `<p>So ${tex('e^x')}, or <span>2/5</span>: <span>☑</span> done.</p><pre>${tex('y')}</pre><p>End.</p>`;
  const math = '<math><mi>z</mi></math>';
  const page = `<p>So ${math}, or ${math}: <span>☑</span> done.</p><hr>New: ${math}<p>End.</p>`;
  expect(checkPermalink({ id: 'a', content }, page, '/articles/a')).toEqual([]);
  expect(checkPermalink({ id: 'a', content }, content, '/articles/a')).toEqual([]);
  const [issue] = checkPermalink({ id: 'a', content }, page.replace(math, ''), '/articles/a');
  expect(issue?.message).toContain('expected the words of the content');
});

test('a page may name the language of code, and colour it', () => {
  const entry = { id: 'a', content: '<p>One:</p><pre><code>const a = 1;</code></pre><p>Two.</p>' };
  const code = '<pre><code><span>const</span> a = <span>1</span>;</code></pre>';
  const page = `<p>One:</p><figure><figcaption>JavaScript</figcaption>${code}</figure><p>Two.</p>`;
  expect(checkPermalink(entry, page, '/articles/a')).toEqual([]);
  const [issue] = checkPermalink(entry, page.replace('a =', 'b ='), '/articles/a');
  expect(issue?.message).toContain('/articles/a "const a = 1;": expected the words of the content, in order');
});
