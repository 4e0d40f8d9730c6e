import { permitted } from '../../html/permitted-text.ts';
import { DocumentError, type SourceFile } from '../draft.ts';
import { declaredEncoding } from './declared-encoding.ts';
import { decodeBytes } from './decode-bytes.ts';
import { recognizeEncoding } from './recognize-encoding.ts';

/** What a file says. */
export interface Decoded {
  /**
   * Line ends are `\n`; characters that XML 1.0 §2.2 forbids, other control characters, lone surrogates and Unicode
   * noncharacters are left out.
   */
  readonly text: string;
  /** A name of the WHATWG's Encoding Standard. */
  readonly encoding: string;
  /** Says that the encoding was guessed, if it was. */
  readonly warnings: readonly string[];
}

/**
 * The text of a document: in the encoding of its byte order mark, else in UTF-8, else, if it is an HTML page, in the
 * encoding that it declares, else in one that is recognised with confidence.
 *
 * @throws DocumentError when the file is empty, is not text, or is in an encoding that is not recognised
 */
export function decodeDocument(file: SourceFile): Decoded {
  const { path, bytes } = file;
  const stated = statedReading(file);
  const reading = stated ?? readAs(recognizeEncoding(bytes), bytes);
  if (reading === undefined) {
    throw new DocumentError(
      bytes.includes(0)
        ? `Cannot read seeds/${path}: byte ${bytes.indexOf(0)} is NUL; expected text, not binary data`
        : `Cannot read seeds/${path}: it is not UTF-8 text; save it as UTF-8`,
    );
  }
  const text = permitted(reading.text.replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n'));
  if (text.trim() === '')
    throw new DocumentError(`Cannot read seeds/${path}: the file is empty; expected a document`);
  const { encoding } = reading;
  const guess = `Read seeds/${path} as ${encoding}: expected UTF-8; save it as UTF-8 to be sure`;
  return { text, encoding, warnings: stated === undefined ? [guess] : [] };
}

interface Reading {
  readonly text: string;
  readonly encoding: string;
}

function statedReading({ path, bytes }: SourceFile): Reading | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return readAs('utf-16le', bytes);
  if (first === 0xfe && second === 0xff) return readAs('utf-16be', bytes);
  const unicode = readAs('utf-8', bytes);
  // NUL, and the escape that begins Japanese in ISO-2022-JP, are UTF-8 but not text.
  if (unicode !== undefined && !/\0|\u001b\$/.test(unicode.text)) return unicode;
  return /\.x?html?$/i.test(path) && !bytes.includes(0) ? readAs(declaredEncoding(bytes), bytes) : undefined;
}

function readAs(encoding: string | undefined, bytes: Uint8Array): Reading | undefined {
  try {
    return encoding === undefined ? undefined : { text: decodeBytes(bytes, encoding), encoding };
  } catch {
    return undefined;
  }
}
