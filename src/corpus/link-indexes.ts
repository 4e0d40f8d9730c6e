import type { Instant } from '../article.ts';
import type { Identity } from '../identity/reconcile.ts';
import { addressPath } from '../routes/paths.ts';
import { type Vault, vaultOf } from './find-by-name.ts';
import { type Library, libraryOf } from './link-resolver.ts';
import type { MediaFile } from './media-files.ts';
import type { Libraries } from './neighbourhood.ts';
import type { SettledDocument } from './resolve-documents.ts';

/** A document with its article. */
export interface Identified extends SettledDocument {
  readonly identity: Identity;
}

export function isScheduled({ identity }: Pick<Identified, 'identity'>, now: Instant): boolean {
  return identity.published > now;
}

/** Files and documents by their names, as documents see them that are out, and as the scheduled ones do. */
export interface Vaults {
  readonly out: Vault;
  readonly all: Vault;
  /** As the document sees them that names one. */
  readonly own: Vault;
}

/** @param others paths of the other files */
export function vaultsOf(documents: readonly Identified[], others: readonly string[], now: Instant): Vaults {
  const scheduled = new Set(
    documents.filter((document) => isScheduled(document, now)).map(({ path }) => path),
  );
  const paths = documents.map(({ path }) => path);
  const all = vaultOf([...others, ...paths]);
  if (scheduled.size === 0) return { out: all, all, own: all };
  const out = vaultOf([...others, ...paths.filter((path) => !scheduled.has(path))]);
  return { out, all, own: (name, path) => (scheduled.has(path) ? all : out)(name, path) };
}

/** @param unpublished paths of the documents that are no articles */
export function librariesOf(
  documents: readonly Identified[],
  unpublished: readonly string[],
  files: ReadonlyMap<string, MediaFile>,
  vaults: Vaults,
  now: Instant,
): Libraries {
  const libraryWith = (some: readonly Identified[], vault: Vault): Library =>
    libraryOf(
      new Map(some.map(({ path, identity }) => [path, identity.slug])),
      new Map(some.map(({ path, facts }) => [path, facts.title])),
      files,
      vault,
    );
  const out = documents.filter((document) => !isScheduled(document, now));
  const all = libraryWith(documents, vaults.all);
  return {
    out: out.length === documents.length ? all : libraryWith(out, vaults.out),
    all,
    unpublished: libraryOf(
      new Map(unpublished.map((path) => [path, path])),
      new Map(),
      new Map(),
      vaultOf(unpublished),
    ),
    targets: new Map(
      documents.map(({ path, identity, facts }) => [
        identity.slug,
        { path, from: identity.published, until: facts.expires },
      ]),
    ),
    passing: new Map(
      documents
        .filter((document) => isScheduled(document, now) || Number.isFinite(document.facts.expires))
        .flatMap(({ identity: { slug, redirects } }) =>
          [slug, ...redirects].map((address) => [addressPath(address), slug]),
        ),
    ),
  };
}
