import type { Nodes, PhrasingContent } from 'mdast';
import type { gfmToMarkdown } from 'mdast-util-gfm';
import type { toMarkdown } from 'mdast-util-to-markdown';
import { lazyRequire } from '../lazy-require.ts';

const writer = lazyRequire<{ toMarkdown: typeof toMarkdown }>('mdast-util-to-markdown');
const extension = lazyRequire<{ gfmToMarkdown: typeof gfmToMarkdown }>('mdast-util-gfm');

/** Prose in which nothing could be markup, wherever in a line it stands: most titles and summaries. */
const PROSE = /^(?!.*www)[‘“’"]?\p{L}(?: ?[\p{L}\p{M}\p{N},;:.'’‘"“”?–—…-])*$/u;

/** Writes a link and, behind a colon, plain text about it, on one line. */
export function markdownLine(linked: { readonly text: string; readonly url: string }, rest: string): string {
  if (PROSE.test(linked.text) && PROSE.test(rest) && !/[\s()<>\\&_*]/.test(linked.url))
    return `[${linked.text}](${linked.url}): ${rest}`;
  const link: PhrasingContent = {
    type: 'link',
    url: linked.url,
    children: [{ type: 'text', value: linked.text }],
  };
  return writeMarkdown({
    type: 'paragraph',
    children: [link, { type: 'text', value: `: ${rest}` }],
  }).trimEnd();
}

/** Writes plain text so that nothing in it is markup. */
export function markdownText(text: string): string {
  if (PROSE.test(text)) return text;
  return writeMarkdown({ type: 'paragraph', children: [{ type: 'text', value: text }] }).trimEnd();
}

/** Writes a tree with GitHub's extensions. */
export function writeMarkdown(tree: Nodes): string {
  const { toMarkdown } = writer();
  const extensions = [extension().gfmToMarkdown()];
  return toMarkdown(tree, { bullet: '-', rule: '*', listItemIndent: 'one', extensions });
}
