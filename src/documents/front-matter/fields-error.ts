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
