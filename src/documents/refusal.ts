import { DocumentError } from './draft.ts';

/**
 * Why a document cannot be published, in one line that names it, whatever was thrown while it was worked on: one
 * document must not stop the others.
 */
export function refusalOf(path: string, error: unknown): string {
  if (error instanceof DocumentError) return error.message;
  if (error instanceof RangeError && error.message.includes('call stack'))
    return `Cannot read seeds/${path}: it is nested too deep; expected an article`;
  const [reason = ''] = String(error).split('\n');
  return `Cannot read seeds/${path}: it made Tidings fail (${reason}); please report this, with the document`;
}
