import { descendants, type Element } from '../../html/tree.ts';
import { attribute } from './tree.ts';

/** How classes name a language: of Prism, GitHub and Sphinx, SyntaxHighlighter, then Pandoc, Hexo and highlight.js. */
const LANGUAGES: readonly RegExp[] = [
  /(?:^|\s)lang(?:uage)?-([a-z][\w+#.-]*)/,
  /(?:^|\s)highlight-(?:source-|text-)?([a-z][\w+#.-]*)/,
  /(?:^|\s)brush:\s*([a-z][\w+#.-]*)/,
  /(?:^|\s)(?:sourcecode|highlight|hljs)\s+([a-z][\w+#.-]*)/,
];
const NO_LANGUAGE = /^(?:auto|copy|default|hljs|nohighlight|none|numberlines|plain|plaintext|text|wrapper)$/;
/** A table that numbers the lines stands between the code and what names its language. */
const MAX_PLACES = 6;
const LINE_NUMBERS =
  /(?:^|\s)(?:gutter|rouge-gutter|linenos?|linenodiv|line-numbers-rows|lnt?|hljs-ln-numbers)(?=\s|$)/;

/** Whether an element numbers the lines of the code beside it. */
export function isLineNumbers(element: Element): boolean {
  return LINE_NUMBERS.test(classOf(element));
}

/**
 * The language of the code in `pre`, as itself, its `code` or what is around them name it; undefined: unnamed.
 *
 * @param around the elements in which it stands, the innermost last
 */
export function findCodeLanguage(pre: Element, around: readonly Element[]): string | undefined {
  const code = [...descendants(pre)].find(({ tagName }) => tagName === 'code');
  const places = [...(code === undefined ? [] : [code]), pre, ...around.slice(-MAX_PLACES).toReversed()];
  const named = places.flatMap((place) => [
    ...['data-lang', 'data-language'].flatMap((name) => attribute(place, name)?.toLowerCase() ?? []),
    ...LANGUAGES.flatMap((form) => form.exec(classOf(place))?.[1] ?? []),
  ]);
  // `<code class="python">` was how the first highlighters were told.
  const alone = (code && attribute(code, 'class')) ?? '';
  return [...named, ...(/^[a-z][a-z0-9+#]*$/.test(alone) ? [alone] : [])].find(
    (name) => !NO_LANGUAGE.test(name),
  );
}

function classOf(element: Element): string {
  return attribute(element, 'class')?.toLowerCase() ?? '';
}
