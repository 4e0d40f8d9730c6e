import { decodeDocument } from './decode/decode.ts';
import type { SourceFile } from './draft.ts';
import type { Fields } from './front-matter/fields.ts';
import { readFrontMatter } from './front-matter/front-matter.ts';
import { takeExportedFields } from './front-matter/javascript.ts';

/** A document before its kind matters. */
export interface DocumentSource {
  readonly path: string;
  /** Of front matter, or what MDX exports in its place; none without any. */
  readonly fields: Fields;
  /** What stands below. */
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
  const warnings = [...decodingWarnings, ...frontMatter.warnings];
  if (!/\.mdx$/i.test(path)) return { path, ...frontMatter, warnings };
  const { body, fields } = takeExportedFields(frontMatter.body, frontMatter.bodyLine);
  return { path, ...frontMatter, body, fields: new Map([...fields, ...frontMatter.fields]), warnings };
}
