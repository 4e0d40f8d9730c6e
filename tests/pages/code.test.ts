import { Script } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { CODE_STYLE } from '../../src/pages/extra-styles.ts';
import { messagesFor } from '../../src/pages/messages/messages-for.ts';
import { codeScript } from '../../src/pages/scripts.ts';
import { file, makeApp } from '../support/app.ts';

const FEEDS = ['/rss.xml', '/atom.xml', '/feed.json'];

async function pageOf(path: string, text: string): Promise<string> {
  const { read } = await makeApp([file(path, text)]);
  return read('/articles/a', { accept: 'text/html' });
}

/** The code of a document as its page shows it. */
async function figure(path: string, text: string): Promise<string> {
  return /<figure class='code'>.*?<\/figure>/s.exec(await pageOf(path, text))?.[0] ?? '';
}

const markdown = (body: string): string => `---\ntitle: A\ndate: 2026-01-02\n---\n\nText.\n\n${body}\n`;
const inMarkdown = (body: string): Promise<string> => figure('a.md', markdown(body));

/** What stands above code, in brackets: the name of its file, then of its language. */
function caption(shown: string): string {
  const [, inside = ''] = /<figcaption>(.*?)<\/figcaption>/s.exec(shown) ?? [];
  return inside.replace(/<code>(.*?)<\/code>/, '[$1]').replace(/<[^>]+>/g, '');
}

/** The lines that are marked. */
function marked(shown: string): string[] {
  return [...shown.matchAll(/<mark>(.*?)<\/mark>/gs)].map(([, line = '']) =>
    line.replace(/<[^>]+>/g, '').replace('&#10;', ''),
  );
}

describe('code whose language is named', () => {
  test('is coloured on its page, and plain everywhere else', async () => {
    const text = markdown('```js title="a.js" {2}\nlet a = 1;\nlet b = "c";\n```');
    const { read } = await makeApp([file('a.md', text)]);
    expect(await figure('a.md', text)).toBe(
      "<figure class='code'><figcaption><code>a.js</code><span>JavaScript</span></figcaption>" +
        "<pre tabindex='0'><code class='language-js'>" +
        "<span class='hljs-keyword'>let</span> a = <span class='hljs-number'>1</span>;&#10;" +
        "<mark><span class='hljs-keyword'>let</span> b = <span class='hljs-string'>&quot;c&quot;</span>;&#10;</mark>" +
        '</code></pre></figure>',
    );
    for (const path of FEEDS) {
      const feed = await read(path, {});
      expect(feed).toContain(
        "<figure><figcaption>a.js</figcaption><pre><code class='language-js'>let a = 1;&#10;let b = &quot;c&quot;;&#10;</code></pre></figure>",
      );
      expect(feed).not.toMatch(/hljs|data-|tabindex/);
    }
    expect(await read('/articles/a.md', {})).toContain('```js title="a.js" {2}\nlet a');
    expect(await read('/articles/a.txt', {})).toContain('a.js\n\n    let a = 1;\n    let b = "c";');
  });

  test.each([
    ['js', 'JavaScript'],
    ['jsx', 'JSX'],
    ['c++', 'C++'],
    ['C#', 'C#'],
    ['objective-c', 'objective-c'],
    ['toml', 'TOML'],
    ['html', 'HTML'],
    ['{.python .numberLines}', 'Python'],
    ['rust,ignore', 'Rust'],
    ['zig', 'zig'],
    ['../../../package', ''],
    ['text', ''],
    ['', ''],
  ])('```%s is called %j', async (info, name) => {
    expect(caption(await inMarkdown(`\`\`\`${info}\na\n\`\`\``))).toBe(name);
  });

  test.each(['', 'text', 'nowhere', 'constructor'])('```%s is not coloured', async (info) => {
    expect(await inMarkdown(`\`\`\`${info}\nlet a = "b"; // c\n\`\`\``)).not.toContain('hljs');
  });

  test('has the same colours whatever was coloured before', async () => {
    const code = '```js\nhtml`<p class="a">`\n```';
    const before = await inMarkdown(code);
    await inMarkdown('```html\n<p>\n```');
    expect(await inMarkdown(code)).toBe(before);
  });

  test('is left plain if it is nothing that people write', async () => {
    for (const code of ['a'.repeat(3000), `a${'\n'.repeat(300)}`, 'let a;\n'.repeat(3000)])
      expect(await inMarkdown(`\`\`\`js\n${code}let b = 1;\n\`\`\``)).not.toContain('hljs');
  });

  test('shows no markup of its own', async () => {
    const shown = await inMarkdown('```html\n<script>alert("a")</script><img onerror=b>\n```');
    expect(shown.replace(/<\/?(?:figure|figcaption|pre|code|span)\b[^>]*>/g, '')).not.toContain('<');
  });
});

describe('the info string of a code block', () => {
  test.each([
    ['js title="src/a b.js"', 'src/a b.js'],
    ["js title='a.js'", 'a.js'],
    ['js title=a.js', 'a.js'],
    ['js:title=a.js', 'a.js'],
    ['js:clipboard=true', ''],
    ['{#list .js caption="a.js"}', 'a.js'],
    ['js filename="a.js"', 'a.js'],
    ['js fileName=a.js', 'a.js'],
    ['js {2} file="a.js"', 'a.js'],
    ['js:src/a.js', 'src/a.js'],
    ['js [a.js]', 'a.js'],
    ['js {title="a.js",hl_lines=[2]}', 'a.js'],
    ['rust,name=a.rs', 'a.rs'],
    ['title="a.txt"', 'a.txt'],
    ['ts:line-numbers {1}', ''],
    ['js', ''],
    ['js noline', ''],
  ])('%s names the file %j', async (info, name) => {
    const [, found = ''] = /^\[(.*?)\]/.exec(caption(await inMarkdown(`\`\`\`${info}\na\n\`\`\``))) ?? [];
    expect(found).toBe(name);
  });

  test.each([
    ['js {1,3}', ['a', 'c']],
    ['js{2-3}', ['b', 'c']],
    ['js:a.js {2}', ['b']],
    ['js {hl_lines=[1,"3-4"]}', ['a', 'c', 'd']],
    ['js {linenos=table, hl_lines=["2"]}', ['b']],
    ['js,hl_lines=1 3', ['a', 'c']],
    ['js hl_lines="1 3"', ['a', 'c']],
    ['js {9}', []],
    ['js {a}', []],
    ['js', []],
  ])('%s marks lines', async (info, lines) => {
    expect(marked(await inMarkdown(`\`\`\`${info}\na\nb\nc\nd\n\`\`\``))).toEqual(lines);
  });

  test('counts beside HTML, too, and an element of several lines is marked line by line', async () => {
    const shown = await inMarkdown('<b>B</b>\n\n```js:a.js {2}\n/* a\nb */\n```');
    expect(caption(shown)).toBe('[a.js]JavaScript');
    expect(shown).toContain(
      "<span class='hljs-comment'>/* a&#10;</span><mark><span class='hljs-comment'>b */",
    );
  });

  test('of a page is an attribute', async () => {
    const shown = await figure(
      'a.html',
      '<title>A</title><article><p>Text.</p><pre data-filename="a.css"><code class="language-css">p { color: red }</code></pre></article>',
    );
    expect(caption(shown)).toBe('[a.css]CSS');
  });
});

describe('the page of an article', () => {
  test('with code offers to copy it, in the language of the article', async () => {
    const page = await pageOf('a.md', markdown('```\na\n```').replace('date', 'lang: de\ndate'));
    const { copy, copied } = messagesFor('de', 'en');
    expect(page).toContain(`data-copy="${copy}" data-copied="${copied}" data-lang="de"`);
    expect(page).toContain(`<script>${codeScript}</script>`);
    expect(() => new Script(codeScript)).not.toThrow();
  });

  test.each(['Text.', '`code`', '<pre>A poem\n  by day</pre>'])(
    'with %j has neither script nor rules',
    async (body) => {
      const page = await pageOf('a.md', markdown(body));
      expect(page).not.toContain(codeScript);
      expect(page.split('<style>')).toHaveLength(2);
    },
  );
});

test('every colour is told from the page and from marked lines', () => {
  const colours = [...CODE_STYLE.matchAll(/light-dark\((#\w{6}), ?(#\w{6})\)/g)];
  expect(colours.length).toBeGreaterThan(5);
  const faint = ['', '#5d6166', '#a3a7ac'];
  const share = Number(/var\(--accent\) (\d+)%/.exec(CODE_STYLE)?.[1]) / 100;
  for (const [, light = '', dark = ''] of [...colours, faint]) {
    for (const [colour, paper, accent] of [
      [light, '#fdfcfa', '#0b5f7a'],
      [dark, '#15171a', '#7cc7e0'],
    ] as const) {
      expect(contrast(colour, paper), `${colour} on ${paper}`).toBeGreaterThanOrEqual(4.5);
      expect(
        contrast(colour, mix(accent, paper, share)),
        `${colour} on marked ${paper}`,
      ).toBeGreaterThanOrEqual(4.5);
    }
  }
});

function channels(colour: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}

function mix(one: string, other: string, share: number): string {
  const others = channels(other);
  const mixed = channels(one).map((value, index) => value * share + (others[index] ?? 0) * (1 - share));
  return `#${mixed.map((value) => Math.round(value).toString(16).padStart(2, '0')).join('')}`;
}

/** WCAG 2.2, contrast ratio. */
function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [one, other].map(luminance).sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
