import type { BenchOptions } from '../options.ts';

/** What a part of the bench has measured. */
export interface Figures {
  readonly markdown: string;
  /** SVG documents by name. */
  readonly plots?: Readonly<Record<string, string>>;
}

export type Measure = (options: BenchOptions) => Promise<Figures>;
