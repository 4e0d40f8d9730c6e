import type { Command } from './run.ts';

/** A tool that makes pages and a feed of a folder of documents. */
export interface BuildSubject {
  readonly name: string;
  readonly version: string;
  /** Where the documents are; nobody else uses them. */
  readonly documents: string;
  readonly command: Command;
  /** Paths of all that a build leaves. */
  readonly remains: readonly string[];
  /** @throws Error when there is not a page for each document, or no feed */
  readonly check: (documents: number) => void;
}

/** Makes a contestant in a folder of its own; a reason why it cannot take part, if there is one. */
export type PrepareSubject = (folder: string) => BuildSubject | string;
