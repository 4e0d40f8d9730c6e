import { decodeDocument } from './decode/decode.ts';
import type { Fields } from './front-matter/fields.ts';
import { readFrontMatter } from './front-matter/front-matter.ts';
import { takeExportedFields } from './front-matter/javascript.ts';
import { kindOf } from './kinds.ts';
import type { SourceFile } from './stated.ts';

/** A document before it is parsed as one of its kind. */
export interface DocumentSource {
  readonly path: string;
  /** The fields of front matter, or of the exports of MDX; empty without any. */
  readonly fields: Fields;
  /** The text below the front matter. */
  readonly body: string;
  /** The number of the body's first line. */
  readonly bodyLine: number;
  readonly warnings: readonly string[];
}

/** @throws DocumentError when it is not text, or its front matter cannot be read */
export function readSource(file: SourceFile): DocumentSource {
  const { path } = file;
  const { text, warnings: decodingWarnings } = decodeDocument(file);
  const frontMatter = readFrontMatter(text, path);
  const source = { path, ...frontMatter, warnings: [...decodingWarnings, ...frontMatter.warnings] };
  if (kindOf(path) !== 'mdx') return source;
  const { body, fields } = takeExportedFields(source.body, source.bodyLine);
  return { ...source, body, fields: new Map([...fields, ...source.fields]) };
}
