import type { Pack } from './pack.ts';

/** Takes what a response says, piece by piece. */
export interface Sink {
  /** What lies ready; see pack.ts. */
  packed(pack: Pack, row: number, bytesAt: number, deflatedAt: number): void;
  /** What is known only when it is asked for: a piece of a text, which may begin and end anywhere but within a character. */
  text(text: string, start: number, end: number): void;
}
