import { MAX_DEPTH } from './field.ts';

/** Front matter that is not what it claims to be. */
export class FieldsError extends Error {
  override readonly name = 'FieldsError';
  /** Counted in the front matter, from 1. */
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

/**
 * @param depth the number of fields within each other
 * @throws FieldsError when there are too many
 */
export function assertDepth(depth: number, line: number): void {
  if (depth > MAX_DEPTH) throw new FieldsError(`it is nested deeper than ${MAX_DEPTH} levels`, line);
}
