import type { AST } from 'toml-eslint-parser';
import { lazyRequire } from '../lazy-require.ts';
import type { Locate } from './errors.ts';
import type { KeyPath } from './types.ts';

/** A parser with line numbers, which only error messages need. */
const tomlTree = lazyRequire<typeof import('toml-eslint-parser')>('toml-eslint-parser');

/** Finds the lines of keys in TOML; what is missing is located by the table that lacks it. */
export function locateIn(text: string): Locate {
  let lines: ReadonlyMap<string, number> | undefined;
  return (path) => {
    lines ??= linesOf(text);
    for (let length = path.length; length > 0; length--) {
      const line = lines.get(JSON.stringify(path.slice(0, length)));
      if (line !== undefined) return line;
    }
    return undefined;
  };
}

/** By paths as JSON. */
function linesOf(text: string): Map<string, number> {
  const lines = new Map<string, number>();
  const visit = (node: AST.TOMLNode, path: KeyPath): void => {
    if (path.length > 0) lines.set(JSON.stringify(path), node.loc.start.line);
    if (node.type === 'TOMLArray') {
      for (const [index, element] of node.elements.entries()) visit(element, [...path, index]);
    } else if (
      node.type === 'TOMLTable' ||
      node.type === 'TOMLInlineTable' ||
      node.type === 'TOMLTopLevelTable'
    ) {
      for (const item of node.body) {
        if (item.type === 'TOMLTable') visit(item, item.resolvedKey);
        else visitPair(item, path);
      }
    }
  };
  const visitPair = ({ key, value }: AST.TOMLKeyValue, path: KeyPath): void => {
    const own = [...path, ...key.keys.map((part) => (part.type === 'TOMLBare' ? part.name : part.value))];
    visit(value, own);
    lines.set(JSON.stringify(own), key.loc.start.line);
  };
  visit(tomlTree().parseTOML(text).body[0], []);
  return lines;
}
