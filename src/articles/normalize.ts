import type { Article, Media, Person } from '../article.ts';
import type { Draft, StatedMedia } from '../documents/draft.ts';
import { readCanonical, serialize } from '../html/canonical.ts';
import { firstPicture } from '../html/plain-text.ts';
import { resolveLinks } from '../html/sanitize.ts';
import { plain } from '../html/text.ts';
import type { Root } from '../html/tree.ts';
import { httpUrl } from '../html/url.ts';
import type { Identity } from '../identity/reconcile.ts';
import { directionOf } from '../locale.ts';
import { episodeOf, recordingElsewhere } from './episode.ts';
import type { Outline } from './outline.ts';
import { findRecordings } from './recordings.ts';
import type { LinkResolver } from './resolved-links.ts';
import { summaryOf } from './summary.ts';

/** Makes what we promise of what a document says; every fallback that needs no other document stands here, once. */
export function normalize(
  draft: Omit<Draft, 'content'>,
  outline: Outline,
  identity: Identity,
  around: LinkResolver,
): Article {
  const content = readCanonical(outline.contentHtml);
  const isFinal = outline.references.length === 0;
  if (!isFinal) resolveLinks(content, around);
  const { id, slug, published, updated, added } = identity;
  const listed = draft.visibility !== 'unlisted';
  const image = leadImage(draft.image, content, around);
  const files = [...(draft.enclosures ?? []), ...findRecordings(content)].flatMap(
    (stated) => around.file(stated) ?? recordingElsewhere(stated, around.podcast) ?? [],
  );
  const enclosures = distinct(files, ({ url }) => url);
  return {
    id,
    slug,
    published,
    updated,
    added,
    collection: outline.collection,
    title: outline.title,
    summary: plain(draft.summary) ?? (summaryOf(content) || outline.title),
    content,
    contentHtml: isFinal ? outline.contentHtml : serialize(content),
    sourceMarkdown: undefined,
    expires: outline.expires,
    listed,
    indexed: listed && draft.noindex !== true,
    language: outline.language,
    direction: draft.direction ?? (outline.isRightToLeft ? 'rtl' : directionOf(outline.language)),
    translations: around.translations,
    authors: distinct(
      draft.authors.flatMap((author) => around.person(author.name) ?? person(author)),
      ({ name }) => name.toLowerCase(),
    ),
    tags: distinct(
      (draft.tags ?? []).flatMap((tag) => plain(tag) ?? []),
      (tag) => tag.toLowerCase(),
    ),
    source: outline.source,
    image,
    enclosures,
    episode: episodeOf(draft.episode, enclosures, image, around),
  };
}

/** The stated picture, else the first of the content. */
function leadImage(stated: StatedMedia | undefined, content: Root, around: LinkResolver): Media | undefined {
  const first = firstPicture(content);
  const image =
    (stated && around.file(stated)) ?? (first === undefined ? undefined : around.file({ url: first }));
  return image?.type.startsWith('image/') ? image : undefined;
}

function person({ name, uri, email }: Person): Person[] {
  const named = plain(name);
  if (named === undefined) return [];
  const isAddress = email !== undefined && /^[^\s@<>"]+@[^\s@<>"]+$/.test(email);
  const webAddress = httpUrl(uri);
  return [
    {
      name: named,
      ...(webAddress === undefined ? {} : { uri: webAddress }),
      ...(isAddress ? { email } : {}),
    },
  ];
}

/** Of those that have one key, the first. */
function distinct<Value>(values: readonly Value[], keyOf: (value: Value) => string): Value[] {
  const seen = new Set<string>();
  return values.filter((value) => !seen.has(keyOf(value)) && seen.add(keyOf(value)));
}
