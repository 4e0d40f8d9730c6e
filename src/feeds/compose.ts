import type { FeedFormat } from '../routes/paths.ts';
import type { Records } from '../store/record-reader.ts';
import { type Composition, compose, HoleTexts } from '../templates/compose.ts';
import type { StoredFragment } from '../templates/fragment.ts';
import type { Hole } from '../templates/holes.ts';
import { formatFields } from './format-fields.ts';
import { EPOCH, type FeedMetadata } from './metadata.ts';
/** The parts of a feed. */
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

/** Stored entries in a stored envelope. */
export function composeFeed({
  format,
  origin,
  metadata,
  envelope,
  articles,
  records,
}: FeedParts): Composition {
  return compose({
    template: envelope,
    texts: holeTexts(metadata, format, origin),
    textsOfPart: () => holeTexts(partOf(metadata), format, origin),
    entries: {
      fingerprints: articles.map((article) => records.fragment(article, format).fingerprint),
      separator: formatFields[format].separator,
      write(sink, index, fill) {
        const article = articles[index] as number; // one fingerprint an article
        const fillEntry = (hole: Hole): void => {
          if (hole === 'body') records.fragment(article, 'body').write(sink, fillEntry);
          else fill(hole);
        };
        records.fragment(article, format).write(sink, fillEntry);
      },
    },
    lastModified: metadata.updated,
  });
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
    ['history', history(metadata, origin)],
    ['removed', removed(metadata.removed)],
  ]);
}

/** A feed without some of its entries must not claim to be complete. */
function partOf(metadata: FeedMetadata): FeedMetadata {
  return { ...metadata, history: { ...metadata.history, isComplete: false } };
}
