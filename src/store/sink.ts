import type { Pack } from './pack.ts';

/** Takes what a response says, piece by piece. */
export interface Sink {
  /** What lies ready; see pack.ts. */
  packed(pack: Pack, row: number, bytesAt: number, deflatedAt: number): void;
  /** What is known only when it is asked for. */
  text(text: string): void;
}
