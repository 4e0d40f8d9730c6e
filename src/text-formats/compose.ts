import type { Instant } from '../article.ts';
import { type Composition, writeLiterals } from '../templates/composition.ts';
import { crc32 } from '../templates/crc32.ts';
import { type Fragment, fill } from '../templates/fragment.ts';
import type { Stored } from '../templates/fragment-format.ts';
import { storedLiteral } from '../templates/stored-literal.ts';
import type { Hole } from '../templates/template.ts';
import { encodeUtf8 } from '../templates/utf8.ts';

/** What one of the forms of an article, or a list of articles for machines, is composed of. */
export interface TextFormatParts {
  /** What tells it from others at the same address. */
  readonly name: string;
  readonly template: Stored;
  readonly lastModified: Instant | undefined;
  /** What fills holes: texts that are right as they are. */
  readonly texts: Partial<Record<Hole, string>>;
  /** What fills holes, known by what the template says otherwise. */
  readonly own?: Partial<Record<Hole, Fragment>>;
  /** What fills the hole for a list. */
  readonly list?: readonly Stored[];
}

export function composeTextFormat(parts: TextFormatParts): Composition {
  const { name, template, lastModified, texts, own = {}, list = [] } = parts;
  const fillings: Partial<Record<Hole, Fragment>> = {
    ...own,
    list: list.flatMap(({ fragment }) => fragment),
    ...Object.fromEntries(Object.entries(texts).map(([hole, text]) => [hole, [storedLiteral(text)]])),
  };
  const said = [...list.map(({ fingerprint }) => fingerprint), ...Object.values(texts)].join('\n');
  return {
    write: writeLiterals(fill(template.fragment, (hole) => fillings[hole] ?? [])),
    envelopeTag: `${name}${template.fingerprint}${crc32(encodeUtf8(said)).toString(36)}`,
    entries: [],
    lastModified,
  };
}
