import type { FeedFormat } from '../routes/paths.ts';
import type { Records } from '../store/record-reader.ts';
import type { Composition } from '../templates/composition.ts';
import { crcOfText } from '../templates/crc32.ts';
import type { StoredFragment } from '../templates/fragment-format.ts';
import type { Sink } from '../templates/sink.ts';
import type { Hole } from '../templates/template.ts';
import { formatFields } from './format-fields.ts';
import { HoleTexts } from './hole-texts.ts';
import { EPOCH, type FeedMetadata } from './metadata.ts';

/** What a feed is composed of. */
export interface FeedParts {
  readonly format: FeedFormat;
  /** Such as `https://example.org`. */
  readonly origin: string;
  readonly metadata: FeedMetadata;
  readonly envelope: StoredFragment;
  /** The newest first. */
  readonly articles: readonly number[];
  readonly records: Records;
}

/** Stored entries in a stored envelope; nothing is rendered but the few words that fill its holes. */
export function composeFeed({
  format,
  origin,
  metadata,
  envelope,
  articles,
  records,
}: FeedParts): Composition {
  const texts = holeTexts(metadata, format, origin);
  const entries = articles.map((article) => records.fragment(article, format).fingerprint);
  return {
    envelopeTag: envelope.fingerprint + crcOfText(texts.lines).toString(36),
    entries,
    lastModified: metadata.updated,
    write(sink, isWanted) {
      const own = isWanted === undefined ? texts : holeTexts(partOf(metadata), format, origin);
      const wanted =
        isWanted === undefined ? articles : articles.filter((_, index) => isWanted(entries[index] ?? ''));
      envelope.write(sink, (hole) => {
        if (hole === 'list') writeEntries(sink, { format, texts, articles: wanted, records });
        else own.write(sink, hole);
      });
    },
  };
}

interface Entries {
  readonly format: FeedFormat;
  readonly texts: HoleTexts;
  readonly articles: readonly number[];
  readonly records: Records;
}

function writeEntries(sink: Sink, { format, texts, articles, records }: Entries): void {
  const { separator } = formatFields[format];
  let current = 0;
  const fill = (hole: Hole): void => {
    if (hole === 'body') records.fragment(current, 'body').write(sink, fill);
    else texts.write(sink, hole);
  };
  for (const article of articles) {
    if (article !== articles[0]) sink.text(separator, 0, separator.length);
    current = article;
    records.fragment(article, format).write(sink, fill);
  }
}

function holeTexts(metadata: FeedMetadata, format: FeedFormat, origin: string): HoleTexts {
  const { text, date, removed, history } = formatFields[format];
  return new HoleTexts([
    ['origin', text(origin)],
    ['id', text(metadata.id)],
    ['title', text(metadata.title)],
    ['description', text(metadata.description)],
    ['language', text(metadata.language)],
    ['updated', date(metadata.updated ?? EPOCH)],
    ['homePath', text(metadata.homePath)],
    ['rssPath', text(metadata.feedPaths.rss)],
    ['atomPath', text(metadata.feedPaths.atom)],
    ['jsonPath', text(metadata.feedPaths.json)],
    ['history', history(metadata.history, origin)],
    ['removed', removed(metadata.removed)],
  ]);
}

/** Of a feed without some of its entries it cannot be said that it is complete. */
function partOf(metadata: FeedMetadata): FeedMetadata {
  return { ...metadata, history: { ...metadata.history, isComplete: false } };
}
