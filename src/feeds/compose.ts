import type { FeedFormat } from '../routes.ts';
import type { Composition } from '../store/composition.ts';
import { crc32 } from '../store/crc32.ts';
import { type Fragment, fill, type Literal } from '../store/fragment.ts';
import type { Stored } from '../store/fragment-format.ts';
import type { Records } from '../store/shelf.ts';
import { storedLiteral, storedLiterals } from '../store/stored-literal.ts';
import type { Hole } from '../store/template.ts';
import { encodeUtf8 } from '../store/utf8.ts';
import { dialects } from './dialects.ts';
import { type FeedFacts, NEVER } from './facts.ts';

/** What a feed is composed of. */
export interface FeedParts {
  readonly format: FeedFormat;
  /** Such as `https://example.org`. */
  readonly origin: string;
  readonly facts: FeedFacts;
  readonly envelope: Stored;
  /** The newest first. */
  readonly articles: readonly number[];
  readonly records: Records;
}

/** Stored entries in a stored envelope; nothing is rendered but the few words that fill its holes. */
export function composeFeed({ format, origin, facts, envelope, articles, records }: FeedParts): Composition {
  const values = holeValues(facts, format, origin);
  const [separator, ...texts] = storedLiterals([
    dialects[format].separator,
    ...values.map(([, text]) => text),
  ]);
  const holes = new Map<Hole, Fragment>(values.map(([hole], index) => [hole, texts.slice(index, index + 1)]));
  const rows = articles.map((article) => {
    const { fragment, fingerprint } = records.fragment(article, format);
    const body = records.fragment(article, 'body').fragment;
    const literals = fill(fragment, (hole) => (hole === 'body' ? body : (holes.get(hole) ?? [])));
    return { fingerprint, literals };
  });
  const around = (own: Partial<Record<Hole, Fragment>>): Literal[] =>
    fill(envelope.fragment, (hole) => own[hole] ?? holes.get(hole) ?? []);
  const said = encodeUtf8(values.map(([, text]) => text).join('\n'));
  return {
    literals: around({ list: separated(rows, separator) }),
    frame: envelope.fingerprint + crc32(said).toString(36),
    entries: rows.map(({ fingerprint }) => fingerprint),
    lastModified: facts.updated,
    part: (isWanted) => {
      const wanted = rows.filter(({ fingerprint }) => isWanted(fingerprint));
      const history = dialects[format].history({ ...facts.history, isComplete: false }, origin);
      return around({ list: separated(wanted, separator), history: [storedLiteral(history)] });
    },
  };
}

function holeValues(facts: FeedFacts, format: FeedFormat, origin: string): [Hole, string][] {
  const { text, date, removed, history } = dialects[format];
  return [
    ['origin', text(origin)],
    ['id', text(facts.id)],
    ['title', text(facts.title)],
    ['description', text(facts.description)],
    ['language', text(facts.language)],
    ['updated', date(facts.updated ?? NEVER)],
    ['homePath', text(facts.homePath)],
    ['rssPath', text(facts.feedPaths.rss)],
    ['atomPath', text(facts.feedPaths.atom)],
    ['jsonPath', text(facts.feedPaths.json)],
    ['history', history(facts.history, origin)],
    ['removed', removed(facts.removed)],
  ];
}

function separated(
  rows: readonly { literals: readonly Literal[] }[],
  separator: Literal | undefined,
): Literal[] {
  return rows.flatMap(({ literals }, index) =>
    index === 0 || separator === undefined ? literals : [separator, ...literals],
  );
}
