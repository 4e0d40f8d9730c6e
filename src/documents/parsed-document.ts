import type { Instant, Person, Source } from '../article.ts';
import type { StrippedDocument } from '../media/svg.ts';
import type { TemplateMetadata } from './boilerplate-metadata.ts';
import type { EmbeddedFile, EmbeddedPicture } from './embedded-pictures.ts';
import type { Fingerprint } from './fingerprint.ts';
import type { StatedInstant } from './instant.ts';
import type { SourceMarkdown } from './markdown/source-markdown.ts';
import type { StatedPerson } from './people.ts';
import type { Draft } from './source.ts';
import type { StatedSeries } from './stated.ts';

interface Publication extends StatedInstant {
  /** Whether the document states it; otherwise it is from the file's name, or from another date. */
  readonly stated: boolean;
  /** Whether it is the date of a past event: of the original publication, or of a change. */
  readonly isPast: boolean;
}

/** The metadata of a document that determines its identity, its address and the links of others. It is small. */
export interface ParsedDocument extends Pick<DocumentContent, 'title' | 'collection' | 'expires'> {
  /** The id that it had elsewhere, in the words of the document. */
  readonly id: string | undefined;
  readonly translationKey: string | undefined;
  /** The original publication. */
  readonly address: Draft['address'];
  readonly canonical: Draft['canonical'];
  /** Its title as a slug; empty when the title has no letter. */
  readonly headline: string;
  /** The slug that it pins. */
  readonly slug: string | undefined;
  readonly abbrlink: string | undefined;
  /** The pattern of its own address in front matter, as in Jekyll. */
  readonly pattern: string | undefined;
  readonly aliases: readonly string[];
  readonly names: readonly string[];
  readonly tags: readonly string[];
  readonly series: StatedSeries | undefined;
  readonly shownTitle: string;
  readonly role: Draft['role'];
  /** Paths of the documents that it includes, or imports as components of MDX. */
  readonly imports: readonly string[];
  readonly listed: boolean;
  /** BCP 47: stated, otherwise recognised, otherwise the site's, or `und` if the text is in another script. */
  readonly language: string;
  readonly languageBasis: 'stated' | 'text' | 'site';
  /** Undefined if neither the document nor its name nor its source has a date. */
  readonly published: Publication | undefined;
  /** Undefined if the document does not state it. */
  readonly updated: StatedInstant | undefined;
  readonly sourceDate: StatedInstant | undefined;
  /** Metadata that may come from the site's template; only for HTML pages. */
  readonly templateMetadata: TemplateMetadata | undefined;
  readonly fingerprint: Fingerprint;
  /** The URLs in its content that are relative, as stated. */
  readonly references: readonly string[];
  /** The first line of each of the first references; 0 if unknown. */
  readonly referenceLines: readonly number[];
  /** The URLs in its Markdown, as stated; of documents that may have relative ones. */
  readonly ownLinks: readonly string[];
  /** The URLs of its pictures, attachments and other files, as stated. */
  readonly attached: readonly string[];
  /** The URLs of its transcripts, as stated. */
  readonly transcripts: readonly string[];
  /** The names of its authors and of the people of its episode. */
  readonly people: readonly string[];
  /** The names of its authors with the keys that it states. */
  readonly authorKeys: Draft['authorKeys'];
  /** The person whom it describes, and the names by which other documents refer to the person. */
  readonly person: (Person & Pick<StatedPerson, 'keys'> & { readonly hasWords: boolean }) | undefined;
  /** Embedded pictures that are published as files. */
  readonly embedded: readonly EmbeddedPicture[];
  /** The metadata removed from embedded pictures. */
  readonly stripped: Pick<StrippedDocument, 'pictures' | 'removed'> | undefined;
  /** Warnings about unusable parts. */
  readonly warnings: readonly string[];
}

/** The content and metadata of a document for its own article. */
export interface DocumentContent {
  readonly draft: Omit<Draft, 'content' | 'markdown'>;
  readonly title: string;
  /** Its folder at the top of the seeds folder. */
  readonly collection: string | undefined;
  /** Infinity when the document does not say. */
  readonly expires: Instant;
  readonly source: Source | undefined;
  /** Canonical HTML, with relative URLs as stated. */
  readonly contentHtml: string;
  /** The replacements of some elements on pages, in canonical HTML, by the number in their `PART`. */
  readonly pageParts: readonly string[];
  /** Whether it has no relative URLs. */
  readonly isFinal: boolean;
  /** Whether most of its letters are written from right to left. */
  readonly isRightToLeft: boolean;
  /** Only for Markdown documents. */
  readonly ownMarkdown: SourceMarkdown | undefined;
}

export type Reading =
  | {
      readonly status: 'read';
      readonly parsed: ParsedDocument;
      readonly content: DocumentContent;
      readonly embedded: readonly EmbeddedFile[];
    }
  | HeldBack
  | Refused;

interface HeldBack {
  readonly status: 'draft' | 'excluded';
  /** Whether it has nothing to publish. */
  readonly isEmpty?: boolean;
  /** The URL to which it only leads, as stated. */
  readonly leadsTo?: string | undefined;
  /** Warnings about unusable parts. */
  readonly warnings: readonly string[];
}

interface Refused {
  readonly status: 'refused';
  readonly reason: string;
}

/** A document after it was read, without its content. */
export type ReadDocument = { readonly path: string } & (
  | { readonly status: 'read'; readonly parsed: ParsedDocument }
  | HeldBack
  | Refused
);
