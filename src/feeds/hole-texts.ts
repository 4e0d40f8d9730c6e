import type { Sink } from '../templates/sink.ts';
import type { Hole } from '../templates/template.ts';

/**
 * The texts that fill holes, as lines of one text: it is read where it lies, and read again and again quickly, which
 * texts of all kinds are not.
 */
export class HoleTexts {
  /** Of the texts, in their order. */
  readonly lines: string;
  readonly #holes: readonly Hole[];
  readonly #starts: readonly number[];

  constructor(texts: readonly (readonly [hole: Hole, text: string])[]) {
    let start = 0;
    this.#starts = [
      0,
      ...texts.map(([, text]) => {
        start += text.length + 1;
        return start;
      }),
    ];
    this.#holes = texts.map(([hole]) => hole);
    this.lines = texts.map(([, text]) => text).join('\n');
  }

  /** Writes what fills a hole, if anything. */
  write(sink: Sink, hole: Hole): void {
    const place = this.#holes.indexOf(hole);
    const [start, next] = [this.#starts[place], this.#starts[place + 1]];
    if (start !== undefined && next !== undefined) sink.text(this.lines, start, next - 1);
  }
}
