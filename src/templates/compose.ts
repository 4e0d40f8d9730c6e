import type { Instant } from '../article.ts';
import { decodeUtf8 } from './bytes.ts';
import { crcOfText } from './crc32.ts';
import type { Sink, StoredFragment } from './fragment.ts';
import { concatenate } from './gzip.ts';
import type { Hole } from './holes.ts';

/** The content of a response, and the parts of its validators. */
export interface Composition {
  /**
   * Writes the content, any number of times.
   *
   * @param isWanted whether to write an entry, by its fingerprint; absent: all entries. A composition without entries
   *   is always written whole.
   */
  readonly write: (sink: Sink, isWanted?: (fingerprint: string) => boolean) => void;
  /** Identifies everything around the entries. */
  readonly envelopeTag: string;
  /** One fingerprint per entry, in order. */
  readonly entries: readonly string[];
  /** Undefined if the content cannot change. */
  readonly lastModified: Instant | undefined;
}

/** Links to lead to another origin than the one in the stored fragments. */
export interface OriginChange {
  readonly from: string;
  readonly to: string;
}

/**
 * @param pinned the origin in the stored fragments; undefined if they have holes for it
 * @param origin the origin of the response
 * @returns undefined if the fragments are right as they are
 */
export function originChange(pinned: string | undefined, origin: string): OriginChange | undefined {
  return pinned === undefined || pinned === origin ? undefined : { from: pinned, to: origin };
}

/** Texts for holes, each escaped for its context. */
export type HoleTexts = Partial<Record<Hole, string>>;

/** Writes the content of a hole. */
type Fill = (hole: Hole) => void;

/** A stored fragment in a hole of another one. */
export interface NestedFragment {
  readonly fragment: StoredFragment;
  /** Texts for its own holes; all other holes are filled like those of the template. */
  readonly texts?: HoleTexts;
  /** Fragments for its own holes. */
  readonly pieces?: NestedFragments;
}

export type NestedFragments = Partial<Record<Hole, readonly NestedFragment[]>>;

/** The entries for the hole `list`. */
export interface Entries {
  /** One per entry. */
  readonly fingerprints: readonly string[];
  /** The separator between entries. */
  readonly separator?: string;
  /** @param fill writes the holes that the entry does not fill itself */
  write(sink: Sink, index: number, fill: Fill): void;
}

export interface Parts {
  /** Distinguishes representations with the same URL and template. */
  readonly name?: string;
  readonly template: StoredFragment;
  readonly texts: HoleTexts;
  readonly pieces?: NestedFragments;
  readonly entries?: Entries;
  /** The texts of a composition without some of its entries. Default: `texts`. */
  readonly textsOfPart?: () => HoleTexts;
  readonly originChange: OriginChange | undefined;
  readonly lastModified: Instant | undefined;
}

/** Fills a stored template with stored fragments and a few texts; nothing is rendered or compressed. */
export function compose(parts: Parts): Composition {
  const { name = '', texts, entries, textsOfPart, originChange: change, lastModified } = parts;
  const template = parts.template.detach();
  const pieces = detached(parts.pieces ?? {});
  const fingerprints = entries?.fingerprints ?? [];
  const write: Composition['write'] = (sink, isWanted) => {
    const own = isWanted === undefined || textsOfPart === undefined ? texts : textsOfPart();
    const fill: Fill = (hole) => {
      const inHole = pieces[hole];
      if (inHole !== undefined) for (const piece of inHole) writePiece(sink, piece, fill);
      else if (hole === 'list' && entries !== undefined) writeEntries(sink, entries, fill, isWanted);
      else sink.text(own[hole] ?? '');
    };
    template.write(sink, fill);
  };
  return {
    write:
      change === undefined
        ? write
        : (sink, isWanted) => writeChanged(sink, (plain) => write(plain, isWanted), change),
    envelopeTag: name + template.fingerprint + crcOfText(textLines(texts)).toString(36) + tagOf(pieces),
    entries: fingerprints,
    lastModified,
  };
}

/** Every link to a path of the site has a slash behind the origin. */
function writeChanged(sink: Sink, write: (sink: Sink) => void, { from, to }: OriginChange): void {
  const text = decodeUtf8(concatenate(write)).replaceAll(`${from}/`, `${to}/`);
  sink.text(text);
}

/** A text known only at request time. */
export function textComposition(text: string, lastModified: Instant): Composition {
  return {
    write: (sink) => sink.text(text),
    envelopeTag: crcOfText(text).toString(36),
    entries: [],
    lastModified,
  };
}

function writePiece(sink: Sink, { fragment, texts, pieces = {} }: NestedFragment, outer: Fill): void {
  fragment.write(sink, (hole) => {
    const inHole = pieces[hole];
    if (inHole !== undefined) for (const piece of inHole) writePiece(sink, piece, outer);
    else if (texts?.[hole] === undefined) outer(hole);
    else sink.text(texts[hole]);
  });
}

function writeEntries(
  sink: Sink,
  { fingerprints, separator = '', write }: Entries,
  fill: Fill,
  isWanted: ((fingerprint: string) => boolean) | undefined,
): void {
  let isFirst = true;
  for (let index = 0; index < fingerprints.length; index++) {
    if (isWanted !== undefined && !isWanted(fingerprints[index] ?? '')) continue;
    if (!isFirst) sink.text(separator);
    isFirst = false;
    write(sink, index, fill);
  }
}

/** Compositions are cached, so they must not keep whole segments in memory. */
function detached(pieces: NestedFragments): NestedFragments {
  return Object.fromEntries(
    Object.entries(pieces).map(([hole, inHole]) => [
      hole,
      inHole.map(({ fragment, pieces: inner, ...piece }) => ({
        ...piece,
        fragment: fragment.detach(),
        ...(inner && { pieces: detached(inner) }),
      })),
    ]),
  );
}

function textLines(texts: HoleTexts = {}): string {
  return Object.values(texts).join('\n');
}

function tagOf(pieces: NestedFragments): string {
  const tags = fingerprintsOf(pieces);
  return tags === '' ? '' : crcOfText(tags).toString(36);
}

function fingerprintsOf(pieces: NestedFragments): string {
  let tags = '';
  for (const [hole, inHole] of Object.entries(pieces)) {
    tags += `${hole}:`;
    for (const { fragment, texts, pieces: inner = {} } of inHole)
      tags += `${fragment.fingerprint}${textLines(texts)}${fingerprintsOf(inner)},`;
  }
  return tags;
}
