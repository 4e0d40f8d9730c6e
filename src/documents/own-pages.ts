import type { Site } from '../settings.ts';
import type { Draft } from './document.ts';
import { type Outline, sourceOf } from './outline.ts';

/** A document and what it says. */
interface Page {
  readonly path: string;
  readonly draft: Draft;
  readonly outline: Outline;
}

/** So many documents of one site make an archive of it. */
const MIN_PAGES = 3;

/**
 * Tells what the addresses mean that documents give as their own. On the publisher's own site, it is a former address
 * of the article; elsewhere, it is where the article first stood.
 *
 * A site is the publisher's own when it is named like the one that is published here, or when most of all documents with
 * an address were on it, most of them at the paths that they have in the folder. Pages that somebody has collected from
 * elsewhere are not: they come from many sites, or lie at other paths.
 */
export function settleAddresses<Document extends Page>(
  documents: readonly Document[],
  site: Site,
): Document[] {
  const own = findOwnHosts(documents);
  const counts = new Map<string, number>();
  for (const { draft } of documents) {
    const uri = draft.address?.uri ?? '';
    counts.set(uri, (counts.get(uri) ?? 0) + 1);
  }
  return documents.map((document) => {
    const { draft, outline } = document;
    const { address } = draft;
    if (address === undefined) return document;
    const isOwn = own.has(hostOf(address.uri)) || fold(address.title ?? '') === fold(site.title);
    if (!isOwn) {
      const source = sourceOf({ ...address, ...draft.source });
      return { ...document, outline: { ...outline, source } };
    }
    // What several pages claim is a mistake in their template.
    if (counts.get(address.uri) !== 1) return document;
    return { ...document, draft: { ...draft, aliases: [...(draft.aliases ?? []), address.uri] } };
  });
}

function findOwnHosts(documents: readonly Page[]): Set<string> {
  const pages = documents.flatMap(({ path, draft }) =>
    draft.address ? [{ path, uri: draft.address.uri }] : [],
  );
  const byHost = Map.groupBy(pages, ({ uri }) => hostOf(uri));
  const own = [...byHost].filter(
    ([, group]) =>
      group.length >= MIN_PAGES &&
      group.length * 2 > pages.length &&
      group.filter(({ path, uri }) => isSamePlace(path, uri)).length * 2 > group.length,
  );
  return new Set(own.map(([host]) => host));
}

/** Whether a file lies where its page was, below a folder of the site or of the seeds. */
function isSamePlace(path: string, uri: string): boolean {
  const file = placeOf(path);
  const page = placeOf(decode(new URL(uri).pathname));
  if (page === '') return false;
  return file === page || file.endsWith(`/${page}`) || (file.includes('/') && page.endsWith(`/${file}`));
}

/** A path without what files and pages are named differently by. */
function placeOf(path: string): string {
  return path
    .toLowerCase()
    .replace(/\.[a-z]{2,8}$/, '')
    .replace(/(?:^|\/)index$/, '')
    .replace(/^\/+|\/+$/g, '');
}

function hostOf(uri: string): string {
  return URL.canParse(uri) ? new URL(uri).hostname.replace(/^www\./, '') : '';
}

function decode(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

function fold(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}
