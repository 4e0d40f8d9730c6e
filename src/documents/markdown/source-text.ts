export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A text that is read once from front to back, in time that grows with its length whatever it holds. */
export interface SourceText {
  readonly text: string;
  /** The number of the line; offsets that are asked for may only grow. */
  lineAt(offset: number): number;
  /** The first match at `from` or behind it; for each pattern, `from` may only grow. */
  next(pattern: RegExp, from: number): Range | undefined;
  /** Characters between the line's beginning and the offset. */
  columnOf(offset: number): number;
  /** Whether nothing else stands on the lines of this range, and it is not indented like code. */
  isAlone(range: Range): boolean;
}

/** @param firstLine the number of the text's first line in its document */
export function openSource(text: string, firstLine: number): SourceText {
  const found = new Map<string, Range | undefined>();
  let line = firstLine;
  let lineEnd = text.indexOf('\n');
  // A line may be as long as the text, and be asked for as often.
  let lineStart = 0;
  let nextStart = lineEnd + 1;
  return {
    text,
    lineAt(offset) {
      for (; lineEnd >= 0 && lineEnd < offset; lineEnd = text.indexOf('\n', lineEnd + 1)) line++;
      return line;
    },
    next(pattern, from) {
      const key = String(pattern);
      const last = found.get(key);
      if (found.has(key) && (last === undefined || last.start >= from)) return last;
      const search = new RegExp(pattern, pattern.flags.replace('g', '').concat('g'));
      search.lastIndex = from;
      const match = search.exec(text);
      const range = match === null ? undefined : { start: match.index, end: match.index + match[0].length };
      found.set(key, range);
      return range;
    },
    columnOf(offset) {
      if (offset < lineStart) return offset - (text.lastIndexOf('\n', offset - 1) + 1);
      while (nextStart > 0 && nextStart <= offset) {
        lineStart = nextStart;
        nextStart = text.indexOf('\n', lineStart) + 1;
      }
      return offset - lineStart;
    },
    isAlone: ({ start, end }) =>
      /(?:^|\n) {0,3}$/.test(text.slice(Math.max(0, start - 4), start)) &&
      /^[ \t]*(?:\n|$)/.test(text.slice(end, end + 100)),
  };
}

/** Finds what the groups of a pattern match anywhere in a text, which is searched once. */
export function matchesIn(pattern: RegExp): (source: SourceText) => ReadonlySet<string> {
  const known = new WeakMap<SourceText, ReadonlySet<string>>();
  return (source) => {
    let found = known.get(source);
    if (found === undefined) {
      const matches = [...source.text.matchAll(pattern)];
      found = new Set(matches.flatMap(([, ...groups]) => groups.filter((group) => group !== undefined)));
      known.set(source, found);
    }
    return found;
  };
}
