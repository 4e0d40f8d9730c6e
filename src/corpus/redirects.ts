import { posix } from 'node:path';
import type { Redirect } from '../config/generator.ts';
import type { Site } from '../config/site.ts';
import { addressKey, CLAIM_RANKS } from '../routes/former-addresses.ts';
import { type Claim, claimsOf, type FormerFile } from './former-addresses.ts';
import type { LinkIndex, Redirects } from './link-index.ts';
import type { UnpublishedDocument } from './settle-documents.ts';

/** The redirects that the site had: those that its host or generator states, and documents that only lead to others. */
export function redirectsOf(
  stated: readonly Redirect[],
  unpublished: readonly UnpublishedDocument[],
  site: Site,
): Redirects {
  const pages = unpublished.flatMap((document): (readonly [string, string])[] => {
    const to = document.status === 'refused' ? undefined : document.leadsTo;
    if (to === undefined) return [];
    const { path } = document;
    const isAbsolute = /^(?:[a-z][a-z\d+.-]*:|\/)/i.test(to);
    const target = isAbsolute ? to : posix.join('/', posix.dirname(path), to);
    return claimsOf({ path }, site)
      .filter(({ rank }) => rank < CLAIM_RANKS.name)
      .map(({ key }) => [key, target]);
  });
  return new Map([...pages, ...stated.map(({ from, to }) => [addressKey(from), to] as const)]);
}

/** What former addresses claim for the targets of their redirects. */
export interface RedirectClaims {
  /** The claims of all documents, by path. */
  readonly claims: ReadonlyMap<string, readonly Claim[]>;
  readonly formerFiles: readonly FormerFile[];
}

/**
 * Gives the former addresses of redirects to the documents, lists and files that they lead to.
 *
 * @param index of all targets
 * @param claims of documents, by path
 * @param addressOf a published file, by its path
 */
export function claimRedirects(
  redirects: Redirects,
  index: LinkIndex,
  claims: ReadonlyMap<string, readonly Claim[]>,
  addressOf: (path: string) => string | undefined,
): RedirectClaims {
  if (redirects.size === 0) return { claims, formerFiles: [] };
  const all = new Map(claims);
  const formerFiles: FormerFile[] = [];
  for (const key of redirects.keys()) {
    const lead = index.lead(`/${key}`, { path: '', translations: [] });
    if (lead?.kind === 'document') {
      const { path } = lead.document;
      const own = all.get(path) ?? [];
      const isKnown = own.some((claim) => claim.key === key && claim.rank < CLAIM_RANKS.name);
      if (!isKnown) all.set(path, [...own, { key, rank: CLAIM_RANKS.stated }]);
      continue;
    }
    const address = lead?.kind === 'file' ? addressOf(lead.path) : lead?.path;
    if (address !== undefined && address !== `/${key}`)
      formerFiles.push({ address, claims: [{ key, rank: CLAIM_RANKS.path }], namedBy: [] });
  }
  return { claims: all, formerFiles };
}
