import type { Article, Media, Person } from '../article.ts';
import type { Draft, StatedMedia } from '../documents/draft.ts';
import { plainText } from '../html/character-references.ts';
import { plain } from '../html/permitted-text.ts';
import { sanitizeContent } from '../html/sanitize.ts';
import { httpUrl } from '../html/url.ts';
import type { Identity } from '../identity/reconcile.ts';
import { directionOf } from '../locale.ts';
import { episodeOf, recordingElsewhere } from './episode.ts';
import type { Outline } from './outline.ts';
import { findRecordings } from './recordings.ts';
import type { LinkResolver } from './resolved-links.ts';
import { summaryOf } from './summary.ts';

/** Makes what we promise of what a document says; every fallback that needs no other document stands here, once. */
export function normalize(draft: Draft, outline: Outline, identity: Identity, around: LinkResolver): Article {
  const contentHtml =
    outline.references.length === 0 ? outline.contentHtml : sanitizeContent(draft.html, around);
  const { id, slug, published, updated, added } = identity;
  const listed = draft.visibility !== 'unlisted';
  const image = leadImage(draft.image, contentHtml, around);
  const files = [...(draft.enclosures ?? []), ...findRecordings(contentHtml)].flatMap(
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
    summary: plain(draft.summary) ?? (summaryOf(contentHtml) || outline.title),
    contentHtml,
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
function leadImage(
  stated: StatedMedia | undefined,
  contentHtml: string,
  around: LinkResolver,
): Media | undefined {
  const first = /<img [^<>]*?src='([^']+)'/u.exec(contentHtml)?.[1];
  const image =
    (stated && around.file(stated)) ??
    (first === undefined ? undefined : around.file({ url: plainText(first) }));
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
