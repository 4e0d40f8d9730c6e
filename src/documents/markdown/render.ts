import { type Features, markdownToHast } from 'satteri';
import { serialize } from '../../html/canonical.ts';
import { parseHtml } from '../../html/parse.ts';
import {
  findAll,
  isElement,
  limitDepth,
  type Parent,
  type Root,
  replaceElements,
  root,
} from '../../html/tree.ts';
import { isUnseen } from '../html-page/boilerplate.ts';
import { readContent } from '../html-page/content.ts';
import { DocumentError } from '../stated.ts';
import { readFence } from './attributes.ts';
import { LINE_START } from './read-mdx.ts';

export const FEATURES: Features = {
  gfm: { footnotes: { clobberPrefix: '', backLabel: '' } },
  frontmatter: false,
  definitionList: true,
};
/** Replaces the links of Markdown while HTML is parsed: a nested link would end the outer one. */
const LINK = 'markdown-link';

/**
 * Parses Markdown; HTML in it joins the same tree.
 *
 * @throws DocumentError when the parser gives up, as it does when it would write more than a string can hold
 */
export function renderMarkdown(markdown: string, path: string, onScript?: (src: string) => void): Root {
  const content = parse(markdown, path);
  limitDepth(content);
  if (markdown.includes('[^')) dropNotesLabel(content);
  return hasRaw(content) ? joinHtml(content, path, onScript) : content;
}

function parse(markdown: string, path: string): Root {
  try {
    return markdownToHast(markdown, { features: FEATURES, position: false }) as Root;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DocumentError(
      `Cannot read seeds/${path}: its Markdown takes too much work (${reason}); expected an article`,
    );
  }
}

/** The heading of the notes, which is in English and only for screen readers. */
function dropNotesLabel({ children }: Root): void {
  for (const section of children) {
    if (isElement(section, 'section') && 'dataFootnotes' in section.properties)
      section.children = section.children.filter((child) => !isElement(child, 'h2'));
  }
}

function hasRaw({ children }: Parent): boolean {
  return children.some((child) => child.type === 'raw' || (child.type === 'element' && hasRaw(child)));
}

/** Parses HTML in Markdown together with the elements around it. */
function joinHtml(content: Root, path: string, onScript?: (src: string) => void): Root {
  replaceElements(content, (node) => {
    if (node.tagName === 'a') node.tagName = LINK;
    if (node.tagName === 'code' && node.properties.className !== undefined) {
      readFence(node);
      node.properties['data-title'] = node.data?.title;
      node.properties['data-lines'] = node.data?.lines;
    }
    return undefined;
  });
  const joined = parseHtml(serialize(content, true));
  if (joined === undefined)
    throw new DocumentError(
      `Cannot read seeds/${path}: its HTML has more than a million elements; expected an article`,
    );
  const nested = new Set(findAll(joined, 'a').flatMap((link) => findAll(link, LINK)));
  // A block ends the paragraph around it, and leaves an empty one after it.
  replaceElements(joined, (node) => {
    if (node.tagName === LINK) {
      node.tagName = 'a';
      // A bare URL within a link in HTML is the text of that link.
      return nested.has(node) ? node.children : undefined;
    }
    if (node.tagName === LINE_START) return [];
    if (node.tagName === 'summary')
      node.children = node.children.flatMap((child) => (isElement(child, 'p') ? child.children : [child]));
    const isEmptyParagraph =
      node.tagName === 'p' && node.children.length === 0 && Object.keys(node.properties).length === 0;
    return isEmptyParagraph ? [] : undefined;
  });
  // HTML that was copied from a page is read as a page.
  return root(readContent(joined, isUnseen, (url) => url, { onScript }));
}
