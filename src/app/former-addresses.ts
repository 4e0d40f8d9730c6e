import { withoutBase } from '../config/generator.ts';
import { FACETS, type Facet, sliceOfValue } from '../facets.ts';
import {
  CLAIM_RANKS,
  chooseClaim,
  formerList,
  isOfOtherDate,
  listKeys,
  queriedFeed,
  queryKey,
  type WantedKey,
  wantedKeys,
  withoutFeed,
} from '../routes/former-addresses.ts';
import {
  articlePath,
  type FeedFormat,
  feedPath,
  formatPath,
  indexPath,
  isIndexPath,
  parametersOf,
  parseSlice,
  slicePath,
  slugOfPath,
  splitFormatPath,
} from '../routes/paths.ts';
import { canonicalQuery } from '../search/query.ts';
import type { StoredClaim } from '../store/addresses-format.ts';
import { type RequestContext, redirectTo } from './request-context.ts';

type Claim = StoredClaim & { readonly rank: 0 | 1 | 2 | 3 };

/** The redirect of a former address; undefined for any other address. */
export async function redirectFormer(context: RequestContext): Promise<Response | undefined> {
  const { pathname, search } = new URL(context.url);
  // It may be another format of a former address.
  const split = slugOfPath(pathname) === undefined ? undefined : splitFormatPath(pathname);
  const slug = split && (await findStated(context, split.before, ''));
  if (split && slug !== undefined) return redirectTo(context, formatPath(slug, split.format));

  const inner = withoutBase(pathname.slice(1), context.site.generator);
  const paths = inner === undefined ? [pathname] : [`/${inner}`, pathname];
  for (const path of paths) {
    const whole = await find(context, path, search.slice(1), true);
    if (whole !== undefined) return redirectTo(context, whole);
    const list = listAt(context, path, queriedFeed(search));
    if (list !== undefined && list !== pathname) return redirectTo(context, list);
    const feed = withoutFeed(path);
    const page = feed && (await find(context, feed.list, '', true));
    if (feed && page !== undefined && isIndexPath(page.replace(/\/[^/]+$/, '')))
      return redirectTo(context, `${page}${feedPath(feed.format)}`);
  }
  for (const path of paths) {
    const end = await find(context, path, '', false);
    if (end !== undefined) return redirectTo(context, end);
  }
  return undefined;
}

/** The list or feed that a former address means. */
function listAt(context: RequestContext, pathname: string, queried?: FeedFormat): string | undefined {
  const find = (facet: Facet, segment: string): string | undefined =>
    listKeys(segment).find((key) => isKnown(context, facet, key));
  return formerList(pathname, find, { queried, names: context.site.generator?.lists });
}

/** The redirect of a former address that has a query, such as `/?p=123` or `/?tag=sea&feed=rss2`. */
export async function redirectQuery(context: RequestContext): Promise<Response | undefined> {
  const { snapshot, url } = context;
  if (!url.includes('?')) return undefined;
  const { pathname, search } = new URL(url);
  const parameters = parametersOf(url);
  const feed = queriedFeed(search);
  const slice = feed && parseSlice(undefined, parameters, canonicalQuery);
  if (feed && slice) return redirectTo(context, slicePath(slice, feed));
  if (parameters.length > 0 || !snapshot.store.site.hasQueryAddresses) return undefined;
  const slug = await findStated(context, pathname, search.slice(1));
  return slug === undefined ? undefined : redirectTo(context, articlePath(slug));
}

/** The slug of the article that states an address. */
async function findStated(
  context: RequestContext,
  pathname: string,
  query: string,
): Promise<string | undefined> {
  const [whole] = wantedKeys(pathname);
  const key = query === '' ? whole?.key : queryKey(pathname, query);
  if (key === undefined) return undefined;
  const [claims = []] = await context.recordReader.openClaims([key]);
  const stated = claims.find(
    ({ rank, isFile, number }) =>
      rank === CLAIM_RANKS.stated && !isFile && context.snapshot.store.isVisible(number),
  );
  return stated && slugOf(context, stated.number);
}

/**
 * The path of the visible article or file that claims an address, or the end of one.
 *
 * @param isWhole whether only claims to the whole address count
 */
async function find(
  context: RequestContext,
  pathname: string,
  query: string,
  isWhole: boolean,
): Promise<string | undefined> {
  const { recordReader, snapshot } = context;
  const hasQuery = query !== '' && snapshot.store.site.hasQueryAddresses;
  const slug = hasQuery ? await findStated(context, pathname, query) : undefined;
  if (slug !== undefined) return articlePath(slug);
  const wanted = wantedKeys(pathname).filter((each) => each.isWhole || !isWhole);
  const opened = await recordReader.openClaims(wanted.map(({ key }) => key));
  for (const [index, each] of wanted.entries()) {
    const claims: Claim[] = [];
    for (const claim of (opened[index] ?? []) as Claim[])
      if (await isMeant(context, claim, each)) claims.push(claim);
    const claim = chooseClaim(claims, each);
    if (claim === undefined || (isWhole && claim.rank === CLAIM_RANKS.name)) continue;
    if (claim.isFile) return (await recordReader.openFormerFile(claim.number)).address;
    return articlePath(await slugOf(context, claim.number));
  }
  return undefined;
}

/** Whether what claims a key is visible and may be what the address means. */
async function isMeant(context: RequestContext, claim: Claim, wanted: WantedKey): Promise<boolean> {
  const { snapshot, recordReader } = context;
  const { store } = snapshot;
  const { isFile, number, rank } = claim;
  if (!isFile) return store.isVisible(number) && !isOfOtherDate(wanted.before, store.published(number));
  // The end of a file's path is too ambiguous.
  if (rank === CLAIM_RANKS.name && !wanted.isWhole) return false;
  const { articles, address } = await recordReader.openFormerFile(number);
  return articles.length === 0 ? isFilled(context, address) : articles.some(store.isVisible);
}

/** Whether a list has visible articles. Every other address of the site is always there. */
function isFilled(context: RequestContext, address: string): boolean {
  const { store } = context.snapshot;
  const facet = FACETS.find((each) => `${address}/`.startsWith(`${indexPath(each)}/`));
  const queried = parseSlice(undefined, parametersOf(address), canonicalQuery);
  if (facet === undefined) return queried === undefined || store.findUnknown(queried) === undefined;
  return address === indexPath(facet) ? store.hasValues(facet, 1) : listAt(context, address) !== undefined;
}

async function slugOf({ recordReader }: RequestContext, article: number): Promise<string> {
  return (await recordReader.open([article])).slug(article);
}

function isKnown({ snapshot }: RequestContext, facet: Facet, key: string): boolean {
  return snapshot.store.findUnknown(sliceOfValue(facet, key)) === undefined;
}
