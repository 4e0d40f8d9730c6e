import type { FeedFormat } from '../routes.ts';
import type { Composition } from '../store/composition.ts';
import { crcAppendText } from '../store/crc32.ts';
import type { StoredFragment } from '../store/fragment-format.ts';
import type { Records } from '../store/shelf.ts';
import type { Sink } from '../store/sink.ts';
import type { Hole } from '../store/template.ts';
import { dialects } from './dialects.ts';
import { type FeedFacts, NEVER } from './facts.ts';

/** What a feed is composed of. */
export interface FeedParts {
  readonly format: FeedFormat;
  /** Such as `https://example.org`. */
  readonly origin: string;
  readonly facts: FeedFacts;
  readonly envelope: StoredFragment;
  /** The newest first. */
  readonly articles: readonly number[];
  readonly records: Records;
}

/** Stored entries in a stored envelope; nothing is rendered but the few words that fill its holes. */
export function composeFeed({ format, origin, facts, envelope, articles, records }: FeedParts): Composition {
  const texts = holeTexts(facts, format, origin);
  const entries = articles.map((article) => records.fragment(article, format).fingerprint);
  return {
    frame: envelope.fingerprint + checksum(texts).toString(36),
    entries,
    lastModified: facts.updated,
    write(sink, isWanted) {
      const own =
        isWanted === undefined
          ? texts
          : new Map<Hole, string>([...texts, ['history', partHistory(facts, format, origin)]]);
      const wanted = articles.filter((_, index) => isWanted?.(entries[index] ?? '') ?? true);
      writeEnvelope(sink, envelope, own, () =>
        writeEntries(sink, { format, texts, articles: wanted, records }),
      );
    },
  };
}

/** Of the texts as lines. */
function checksum(texts: Texts): number {
  let crc = 0;
  texts.forEach((text, hole) => {
    crc = crcAppendText(hole === 'origin' ? crc : crcAppendText(crc, '\n'), text);
  });
  return crc;
}

type Texts = ReadonlyMap<Hole, string>;

function writeEnvelope(sink: Sink, envelope: StoredFragment, texts: Texts, writeList: () => void): void {
  envelope.write(sink, (hole) => {
    if (hole === 'list') writeList();
    else sink.text(texts.get(hole) ?? '');
  });
}

interface Entries {
  readonly format: FeedFormat;
  readonly texts: Texts;
  readonly articles: readonly number[];
  readonly records: Records;
}

function writeEntries(sink: Sink, { format, texts, articles, records }: Entries): void {
  const { separator } = dialects[format];
  let current = 0;
  const fill = (hole: Hole): void => {
    if (hole === 'body') records.fragment(current, 'body').write(sink, fill);
    else sink.text(texts.get(hole) ?? '');
  };
  for (const article of articles) {
    if (article !== articles[0]) sink.text(separator);
    current = article;
    records.fragment(article, format).write(sink, fill);
  }
}

function holeTexts(facts: FeedFacts, format: FeedFormat, origin: string): Texts {
  const { text, date, removed, history } = dialects[format];
  // In the order that the frame of a feed is known by.
  return new Map<Hole, string>()
    .set('origin', text(origin))
    .set('id', text(facts.id))
    .set('title', text(facts.title))
    .set('description', text(facts.description))
    .set('language', text(facts.language))
    .set('updated', date(facts.updated ?? NEVER))
    .set('homePath', text(facts.homePath))
    .set('rssPath', text(facts.feedPaths.rss))
    .set('atomPath', text(facts.feedPaths.atom))
    .set('jsonPath', text(facts.feedPaths.json))
    .set('history', history(facts.history, origin))
    .set('removed', removed(facts.removed));
}

/** Of a feed without some of its entries it cannot be said that it is complete. */
function partHistory({ history }: FeedFacts, format: FeedFormat, origin: string): string {
  return dialects[format].history({ ...history, isComplete: false }, origin);
}
