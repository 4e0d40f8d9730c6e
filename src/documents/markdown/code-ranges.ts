import type { Range, SourceText } from './source-text.ts';

/** A paragraph ends here, and code spans with it. */
const PARAGRAPH_END = /\n(?=[ \t>]*(?:\n|$|[-*+][ \t]|\d{1,9}[.)][ \t]|#{1,6}[ \t]|\||`{3}|~{3}))/;

const QUOTATION_END = /\n(?![ \t]*>)/;
const LIST_END = /\n(?=[^\s])/;

/** Finds where code ends, by what opens it. */
export interface CodeRanges {
  /** The end of the span that `ticks` backticks open; undefined when nothing closes it. */
  spanEnd(start: number, ticks: number): number | undefined;
  /**
   * The end of the block that a fence opens: its closing fence, else the end of the quotation or the list in which it
   * stands, else the end of the text.
   *
   * @param before what stands before the fence on its line
   */
  fenceEnd(before: string, fence: string, from: number): number;
}

export function findCodeRanges({ text, next }: SourceText): CodeRanges {
  let paragraphEnd = -1;
  /** The places of backticks in the paragraph, by their number, the last one first. */
  let runs = new Map<number, Range[]>();
  return {
    spanEnd(start, ticks) {
      if (start >= paragraphEnd) {
        paragraphEnd = next(PARAGRAPH_END, start)?.start ?? text.length;
        runs = runsOfTicks(text.slice(start, paragraphEnd), start);
      }
      const candidates = runs.get(ticks) ?? [];
      while ((candidates.at(-1)?.start ?? Number.POSITIVE_INFINITY) <= start) candidates.pop();
      return candidates.at(-1)?.end;
    },
    fenceEnd(before, fence, from) {
      const [mark = ''] = fence;
      const closing = next(new RegExp(`^[ \\t>]*${mark}{${fence.length},}[ \\t]*$`, 'm'), from);
      const end = closing?.end ?? text.length;
      const isInside = before.length > 3 || /\S/.test(before);
      const outside = isInside
        ? next(before.includes('>') ? QUOTATION_END : LIST_END, from)?.start
        : undefined;
      return outside !== undefined && outside < (closing?.start ?? text.length) ? outside : end;
    },
  };
}

function runsOfTicks(paragraph: string, offset: number): Map<number, Range[]> {
  const runs = new Map<number, Range[]>();
  for (const match of [...paragraph.matchAll(/`+/g)].reverse()) {
    const length = match[0].length;
    const start = offset + match.index;
    const places = runs.get(length);
    if (places === undefined) runs.set(length, [{ start, end: start + length }]);
    else places.push({ start, end: start + length });
  }
  return runs;
}

/** Code as its author sees it: Liquid's `raw` and Hugo's comments in shortcodes only keep it from being run. */
export function shownCode(code: string): string {
  if (!/\{%|\{\{[<%]\//.test(code)) return code;
  return code
    .replace(/\{%-?\s*raw\s*-?%\}((?:(?!\{%-?\s*raw)[\s\S])*?)\{%-?\s*endraw\s*-?%\}/g, '$1')
    .replace(/\{\{([<%])\/\*((?:(?!\*\/|\{\{[<%]\/\*)[\s\S])*)\*\/([>%])\}\}/g, '{{$1$2$3}}');
}
