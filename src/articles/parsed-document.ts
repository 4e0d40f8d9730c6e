import type { Site } from '../config/site.ts';
import { transcode } from '../documents/decode/decode.ts';
import type { Draft, SourceFile } from '../documents/draft.ts';
import { kindOf } from '../documents/kinds.ts';
import { type OwnWords, ownLinks, readOwnWords } from '../documents/markdown/source-markdown.ts';
import { isHeldBack, parseDocument } from '../documents/parse.ts';
import { referenceLines } from '../documents/reference-lines.ts';
import { refusalOf } from '../documents/refusal.ts';
import { type Fingerprint, fingerprint } from '../identity/fingerprint.ts';
import { type StrippedDocument, stripDataUrls } from '../media/data-urls.ts';
import { type Amendment, amendDraft, type Claims } from './boilerplate-metadata.ts';
import { type Outline, outline as outlineOf } from './outline.ts';

/** What has to be known of every document before one of them gets its identity, its address and its links. Small. */
export interface Facts
  extends Pick<
    Outline,
    | 'title'
    | 'headline'
    | 'slug'
    | 'collection'
    | 'language'
    | 'languageBasis'
    | 'published'
    | 'updated'
    | 'sourceDate'
    | 'expires'
  > {
  /** The id that it had elsewhere, in the words of the document. */
  readonly id: string | undefined;
  /** Its former addresses, as stated. */
  readonly aliases: readonly string[];
  /** What others call it. */
  readonly names: readonly string[];
  readonly tags: readonly string[];
  readonly translationKey: string | undefined;
  readonly listed: boolean;
  /** Where it says that it was published before. */
  readonly address: Draft['address'];
  /** What its template may have put there; only of HTML pages. */
  readonly claims: Claims | undefined;
  readonly fingerprint: Fingerprint;
  /** The URLs in its content that are relative, as stated. */
  readonly references: readonly string[];
  /** Of the first of these: the line in which each stands first; 0 where that is not known. */
  readonly referenceLines: readonly number[];
  /** The URLs in its Markdown, as stated; of documents that may have relative ones. */
  readonly ownLinks: readonly string[];
  /** The URLs of its picture, attachments and what else belongs to it, as stated. */
  readonly attached: readonly string[];
  /** The URLs of its transcripts, as stated. */
  readonly transcripts: readonly string[];
  /** Whom it names. */
  readonly people: readonly string[];
  /** What was removed from the pictures that stand in it. */
  readonly stripped: Pick<StrippedDocument, 'pictures' | 'removed'> | undefined;
  /** What was met and could not be used, in the grammar of errors. */
  readonly warnings: readonly string[];
}

/** What only the document's own article needs. */
export interface Content {
  readonly draft: Omit<Draft, 'content' | 'markdown'>;
  readonly outline: Outline;
  /** Of Markdown documents. */
  readonly words: OwnWords | undefined;
}

/** What a document comes to when it is read alone, without knowing of any other. */
export type Reading =
  | { readonly status: 'read'; readonly facts: Facts; readonly content: Content }
  | HeldBack
  | { readonly status: 'refused'; readonly reason: string };

/** A document that nobody is to see. */
export interface HeldBack {
  readonly status: 'draft' | 'excluded';
  /** What was met and could not be used, in the grammar of errors. */
  readonly warnings: readonly string[];
}

/** What is known of a document once it is read. */
export type ReadDocument = { readonly path: string } & (
  | { readonly status: 'read'; readonly facts: Facts }
  | HeldBack
  | { readonly status: 'refused'; readonly reason: string }
);

/**
 * Reads a document; the same bytes under the same path always come to the same. Whatever goes wrong is the document's
 * refusal.
 *
 * @param amendment what is known of it from others
 */
export function readDocument(source: SourceFile, site: Site, amendment?: Amendment): Reading {
  try {
    const stored = site.encoding === undefined ? source : transcode(source, site.encoding);
    const stripped = site.keepMetadata ? undefined : stripDataUrls(stored.bytes);
    const file = stripped === undefined ? stored : { path: stored.path, bytes: stripped.bytes };
    const stated = parseDocument(file);
    if (isHeldBack(stated)) return { status: stated.visibility, warnings: stated.warnings ?? [] };
    const draft = amendment === undefined ? stated : amendDraft(stated, amendment);
    const outline = outlineOf(draft, file.path, site);
    const words =
      kindOf(file.path) === 'markdown' ? readOwnWords(draft, outline.references, file) : undefined;
    return {
      status: 'read',
      facts: { ...factsOf(draft, outline, words, file), stripped: stripped && countsOf(stripped) },
      content: contentOf(draft, outline, words),
    };
  } catch (error) {
    return { status: 'refused', reason: refusalOf(source.path, error) };
  }
}

function countsOf({ pictures, removed }: StrippedDocument): Facts['stripped'] {
  return { pictures, removed };
}

function factsOf(
  draft: Draft,
  outline: Outline,
  words: OwnWords | undefined,
  file: SourceFile,
): Omit<Facts, 'stripped'> {
  const { title, headline, slug, collection, language, languageBasis } = outline;
  const { published, updated, sourceDate, expires } = outline;
  const { transcripts = [], people = [] } = draft.episode ?? {};
  const references = [...new Set(outline.references)];
  return {
    title,
    headline,
    slug,
    collection,
    language,
    languageBasis,
    published,
    updated,
    sourceDate,
    expires,
    id: draft.id,
    aliases: draft.aliases ?? [],
    names: draft.names ?? [],
    tags: draft.tags ?? [],
    translationKey: draft.translationKey,
    listed: draft.visibility !== 'unlisted',
    address: draft.address,
    claims: claimsOf(draft),
    fingerprint: fingerprint(outline.text || outline.title),
    references,
    referenceLines: referenceLines(references, file.bytes),
    ownLinks: words !== undefined && mayHaveLinks(outline, file) ? ownLinks(words, file.path) : [],
    attached: attachedTo(draft),
    transcripts: transcripts.map(({ url }) => url),
    people: [...draft.authors, ...people].map(({ name }) => name),
    warnings: draft.warnings ?? [],
  };
}

/** Without relative URLs in the content there are none, but in definitions that nothing refers to. */
function mayHaveLinks({ references }: Outline, { bytes }: SourceFile): boolean {
  return references.length > 0 || Buffer.from(bytes).includes(']:');
}

function claimsOf({ title, otherTitles, summary, tags, image }: Draft): Claims | undefined {
  if (otherTitles === undefined) return undefined;
  return {
    otherTitles,
    ...(title === undefined ? {} : { title }),
    ...(summary === undefined ? {} : { summary }),
    ...(tags === undefined ? {} : { tags }),
    ...(image === undefined ? {} : { image }),
  };
}

function attachedTo({ image, enclosures = [], episode = {} }: Draft): string[] {
  const { transcripts = [], people = [] } = episode;
  const files = [image, ...enclosures, episode.image, ...transcripts, episode.chaptersFile];
  return [...files.flatMap((file) => file?.url ?? []), ...people.flatMap((person) => person.image ?? [])];
}

/** Without what no article needs any more, since it may have to be kept. */
function contentOf(
  { content: _, markdown: __, ...draft }: Draft,
  outline: Outline,
  words: OwnWords | undefined,
): Content {
  return { draft, outline: { ...outline, text: '' }, words };
}
