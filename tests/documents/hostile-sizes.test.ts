import { describe, expect, test } from 'vitest';
import { parse, parsePage, TEXT } from '../support/content.ts';

describe('a page made to be slow or to break', () => {
  const jsonLd = (json: string): string => `<script type="application/ld+json">${json}</script>`;
  const many = (html: string, times = 10_000): string => html.repeat(times);

  test.each([
    ['deep nesting', `${many('<div>', 30_000)}${TEXT}`],
    ['deep nesting, closed', many('<div>', 30_000) + TEXT + many('</div>', 30_000)],
    ['deep inline nesting', `${many('<b><i>')}${TEXT}`],
    ['deep tables', `${many('<table><tr><td>', 5000)}${TEXT}`],
    ['deep entries', `${many('<div class="h-entry"><p class="p-name">x</p>', 5000)}${TEXT}`],
    ['headings', many('<h2>Heading</h2><p>Text</p>') + TEXT],
    ['unclosed tags', many('<ul><li><a href=x><p><td>x') + TEXT],
    [
      'attributes',
      `<article ${Array.from({ length: 10_000 }, (_, index) => `a${index}=1`).join(' ')}>${TEXT}`,
    ],
    ['the same attribute', `<article ${many('class=a ')}>${TEXT}`],
    ['a long class', `<article class="${many('entry-content-related_')}">${TEXT}`],
    ['a long URL', `<p><img data-src="x" src="${many('blank')}">${TEXT}`],
    ['plaintext', `${TEXT}<plaintext>${many('<b>x')}`],
    ['dates', `<article>${many('<time datetime="2020-01-02">x</time>')}${TEXT}`],
    ['bylines', many('<p>By Jane Roe 2019 2020</p>', 5000) + TEXT],
    [
      'words above',
      `<main><h1>A</h1>${many('<b>a</b><br>', 90_000)}<article>${TEXT.repeat(5)}</article></main>`,
    ],
    ['JSON in JSON', jsonLd(many('[') + many(']')) + TEXT],
    ['JSON-LD', many(jsonLd('{"@type":"Article","headline":"x"}')) + TEXT],
    ['separators', `<title>${many('a | b - ')}</title>${TEXT}`],
    ['images without scripts', many('<noscript><img src="a.png"></noscript>') + TEXT],
    ['references', many('&amp;&lt;&') + TEXT],
    ['comments', `${TEXT}${many('<!--')}`],
  ])('is read: %s', (_, html) => {
    expect(parsePage(html).html).toContain('A paragraph that is long enough');
  });

  test('is refused when a little text makes millions of elements', () => {
    const fonts = Array.from({ length: 3000 }, (_, index) => `<font size=${index}><p>x`).join('');
    expect(() => parsePage(fonts)).toThrow('it has more than a million elements');
  });

  test('loses no text to the bound on nesting', () => {
    const { html } = parsePage(many('<div>x', 300) + many('</div>z', 300));
    expect(html.replace(/<[^>]*>/g, '')).toBe('x'.repeat(300) + 'z'.repeat(300));
  });
});

describe('Markdown that is made to break', () => {
  test.each([
    ['100 000 headings', '# a\n\n'.repeat(100_000)],
    ['a line of 5 MB', 'word '.repeat(1_000_000)],
    ['open brackets', '['.repeat(100_000)],
    ['open links', '[a]('.repeat(50_000)],
    ['open images', `${'!['.repeat(50_000)}a${'](b)'.repeat(50_000)}`],
    ['emphasis', '*a **a '.repeat(50_000)],
    ['backticks', Array.from({ length: 800 }, (_, index) => '`'.repeat(index)).join(' ')],
    ['nested lists', Array.from({ length: 1000 }, (_, index) => `${'  '.repeat(index)}- a`).join('\n')],
    ['open template code', '{{ {% {{< {# {: '.repeat(20_000)],
    ['template code', 'a {{ b }} '.repeat(50_000)],
    ['wikilinks', '[[a]] ![[b.png]] '.repeat(20_000)],
    ['components', '<A b={'.repeat(100_000)],
    ['imports', `${"import a from 'b'\n\nexport const a = {\n\n".repeat(50_000)}`],
    ['comments', '<!-- a -->\n\n'.repeat(100_000)],
    ['open comments', '<!--'.repeat(100_000)],
    ['tags', '#a '.repeat(200_000)],
    ['footnotes', Array.from({ length: 10_000 }, (_, index) => `[^${index}]\n\n[^${index}]: a\n\n`).join('')],
    ['rows', `|a|b|\n|-|-|\n${'|c|d|\n'.repeat(100_000)}`],
  ])('reads %s', (_, text) => {
    expect(parse(text).authors).toEqual([]);
  });

  test.each([
    ['quotations', '>'.repeat(10_000), 'expected at most 200 quotations and lists within each other'],
    ['lists', `A.\n\n${'- '.repeat(10_000)}`, 'expected at most 200 quotations and lists within each other'],
    [
      'empty cells',
      `${'|a'.repeat(20_000)}\n${'|-'.repeat(20_000)}\n${'|\n'.repeat(5000)}`,
      'with fewer empty cells',
    ],
    ['references', '&nbsp;&auml;'.repeat(300_000), 'expected a paragraph with less markup'],
    ['addresses', 'www.é</b>'.repeat(300_000), 'expected a paragraph with less markup'],
    ['deep YAML', `---\na: ${'['.repeat(100_000)}\n---\n`, 'expected YAML, but it is nested too deeply'],
    ['deep JSON', `{"a": ${'{"a":'.repeat(50_000)}`, 'expected a "}" that closes it'],
    ['deep TOML', `+++\na = ${'['.repeat(100_000)}\n+++\n`, 'expected TOML, but '],
    ['long front matter', `---\na: ${'a'.repeat(600_000)}\n---\n`, 'expected at most 500000'],
  ])('refuses %s by name', (_, text, reason) => {
    expect(() => parse(text)).toThrow(reason);
    expect(() => parse(text)).toThrow(/^Cannot read .*seeds\/a\.md:\d+: /s);
  });

  test('reads as much as one likes in a fence', () => {
    expect(parse(`\`\`\`\n${'&nbsp;'.repeat(300_000)}\n\`\`\``).html).toContain('&amp;nbsp;');
  });
});
