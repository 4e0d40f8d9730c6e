import { type Element, text } from '../../html/tree.ts';

/** The language in an info string: `rust,ignore`, `js{1,3}`, `{.python}`. */
const LANGUAGE = /^language-\{?\.?((?:\w[\w+#.-]*)?)/;
/** `title="a.js"`, as Docusaurus, Hugo, Astro, Zola, Quarto and MDX write it, each by its own word. */
const TITLE =
  /(?:^|[\s{,])(?:title|file-?name|file|name)\s?=\s?(?:"([^"\n]{1,200})"|'([^'\n]{1,200})'|([^\s"',{}]{1,200}))/i;
/** `js [a.js]`, as VitePress writes it. */
const BRACKETED = /(?:^|\s)\[([^\]\n=]{1,200})\]$/;
/** `js:a.js`, as Gatsby and Qiita write it; VitePress writes options there. */
const AFTER_COLON = /^[\w+#.-]+:([^\s{}]{1,200})/;
const NO_TITLE = /^(?:no-)?line-numbers/;
/** `{1,3-5}`, and `hl_lines=[1,"3-5"]` as Hugo and Zola write it. */
const LINES = /\{\s?(\d[\d,\s-]{0,200})\}|(?:hl_lines|highlight|mark)\s?=\s?["[{']{0,2}([\d,\s"'-]{1,200})/i;

/** Reads the info string of a code block: its language becomes the class, the rest its data. */
export function readFence(code: Element): void {
  const { properties } = code;
  const [stated] = Array.isArray(properties.className) ? properties.className : [];
  const name = String(stated);
  const [opening = '', word] = LANGUAGE.exec(name) ?? [];
  if (word === undefined) return;
  const language = name.startsWith('=', opening.length) ? '' : word;
  const { meta = '', ...data } = (code.data ?? {}) as { meta?: string }; // of the parser
  const info = `${name.slice('language-'.length)} ${meta}`.trim();
  if (language === '') delete properties.className;
  else properties.className = [`language-${language}`];
  const [, ...titles] = TITLE.exec(info) ?? BRACKETED.exec(info) ?? AFTER_COLON.exec(info) ?? [];
  const title = titles.find((each) => each !== undefined && !NO_TITLE.test(each));
  const [, ...lines] = LINES.exec(info) ?? [];
  const numbers = lines.find((each) => each !== undefined)?.replace(/[^\d,-]+/g, ',');
  code.data = {
    ...data,
    ...(title !== undefined && { title }),
    ...(numbers !== undefined && { lines: numbers }),
  };
}

/** What Docusaurus and Gatsby mark in comments that nobody is to see, on lines of their own or behind code. */
const DIRECTION =
  /[ \t]{0,40}(?:\/\/|#|--|;|%|<!--|\{?\/\*)[ \t]{0,5}(?:highlight-(next-line|start|end|line|range\{[\d,-]{1,40}\})|\[!code[ \t]([^\]\n]{1,40})\])[ \t]{0,5}(?:-->|\*\/\}?)?[ \t]{0,5}$/;
/** Languages in which one writes about them. */
const ABOUT = /^language-(?:md|markdown|mdx|text|txt)$/;

/** Takes the comments out of code that tell which lines to mark, and marks these. */
export function takeDirections(code: Element): void {
  const [only, ...others] = code.children;
  if (only?.type !== 'text' || others.length > 0 || !/highlight-|\[!code/.test(only.value)) return;
  if (ABOUT.test(String(code.properties.className))) return;
  const shown: string[] = [];
  const marked: number[] = [];
  let isMarking = false;
  let isNext = false;
  for (const line of only.value.split('\n')) {
    const [comment, word, rule = ''] = DIRECTION.exec(line) ?? [];
    const rest = comment === undefined ? line : line.slice(0, -comment.length);
    if (word === 'start' || word === 'end') isMarking = word === 'start';
    if (comment === undefined || rest.trim() !== '') {
      shown.push(rest);
      if (isMarking || isNext || word === 'line' || /^(?:hl|highlight|\+\+)/.test(rule))
        marked.push(shown.length);
      isNext = false;
    }
    isNext ||= word === 'next-line';
  }
  code.children = [text(shown.join('\n'))];
  const lines = [code.data?.lines, ...marked].filter((each) => each !== undefined).join(',');
  if (lines !== '') code.data = { ...code.data, lines };
}
