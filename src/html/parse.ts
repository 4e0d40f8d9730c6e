import type { DefaultTreeAdapterTypes } from 'parse5';
import { lazyRequire } from '../package.ts';
import { type Element, h, limitDepth, type Parent, type Root, text } from './tree.ts';

const parser = lazyRequire<typeof import('parse5')>('parse5');

type TreeAdapter = ReturnType<typeof parser>['defaultTreeAdapter'];
type Parsed = DefaultTreeAdapterTypes.ParentNode;

/** The maximum number of elements of a page: a few kilobytes of unclosed tags can create millions. */
const MAX_ELEMENTS = 1_000_000;

class TooManyElements extends RangeError {}

/**
 * Parses a page as browsers do without scripts (HTML §13.2), with the positions of elements.
 *
 * @returns undefined if it has too many elements
 */
export function parsePage(html: string): Root | undefined {
  return bounded((treeAdapter) =>
    parser().parse(html, { treeAdapter, scriptingEnabled: false, sourceCodeLocationInfo: true }),
  );
}

/**
 * Parses an HTML fragment (HTML §13.4).
 *
 * @returns undefined if it has too many elements
 */
export function parseHtml(html: string): Root | undefined {
  return bounded((treeAdapter) => parser().parseFragment(html, { treeAdapter, scriptingEnabled: false }));
}

function bounded(read: (treeAdapter: TreeAdapter) => Parsed): Root | undefined {
  const { defaultTreeAdapter } = parser();
  let elements = 0;
  const treeAdapter: TreeAdapter = {
    ...defaultTreeAdapter,
    createElement: (...parts) => {
      if (++elements > MAX_ELEMENTS) throw new TooManyElements();
      return defaultTreeAdapter.createElement(...parts);
    },
  };
  try {
    return convert(read(treeAdapter));
  } catch (error) {
    if (error instanceof TooManyElements) return undefined;
    throw error;
  }
}

/** Without recursion: a parsed page may be nested as deep as it is long. */
function convert(source: Parsed): Root {
  const root: Root = { type: 'root', children: [] };
  const waiting: { readonly from: Parsed; readonly to: Parent }[] = [{ from: source, to: root }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { from, to } = next;
    for (const child of from.childNodes) {
      if (child.nodeName === '#text' && 'value' in child) to.children.push(text(child.value));
      else if (child.nodeName === '#comment' && 'data' in child)
        to.children.push({ type: 'comment', value: child.data });
      else if ('tagName' in child) {
        const element = elementOf(child);
        to.children.push(element);
        waiting.push({ from: child, to: element });
      }
    }
  }
  limitDepth(root);
  return root;
}

function elementOf({ tagName, attrs, sourceCodeLocation }: DefaultTreeAdapterTypes.Element): Element {
  const properties: Element['properties'] = {};
  for (const { name, value } of attrs) {
    if (name === 'class') properties.className = value.split(/\s+/).filter((word) => word !== '');
    else properties[name] = value;
  }
  const element = h(tagName, properties);
  if (sourceCodeLocation) {
    const { startLine, startCol, endLine, endCol } = sourceCodeLocation;
    element.position = {
      start: { line: startLine, column: startCol },
      end: { line: endLine, column: endCol },
    };
  }
  return element;
}

/** Decodes character references such as `&#8217;` and `&rsquo;`; keeps everything else. */
export function decodeReferences(stated: string): string {
  if (!stated.includes('&')) return stated;
  const node = parser().parseFragment(stated.replace(/</g, '&lt;')).childNodes[0];
  return node !== undefined && 'value' in node ? node.value : stated;
}
