import type { Site } from '../config/site.ts';
import { EVERYTHING } from '../facets.ts';
import { FEED_FORMATS, feedPath, paths } from '../routes/paths.ts';
import { wordList } from '../strings.ts';
import type { DraftSite } from './draft-site.ts';

/** The main feeds as files beside the worker, which Cloudflare serves without running it. */
export interface StaticFeeds {
  readonly files: readonly StaticFile[];
  /** Rules of `_headers` and of `_redirects`. */
  readonly headers: string;
  readonly redirects: string;
}

interface StaticFile {
  readonly path: string;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** The paths of the files, which a build without them removes. */
export const STATIC_FEED_PATHS: readonly string[] = FEED_FORMATS.map((format) => feedPath(format));

/** The header fields of a feed that are also right for a file. Cloudflare adds an entity tag, a hash of the file. */
const KEPT_FIELDS = wordList(
  `access-control-allow-origin access-control-expose-headers content-security-policy content-type referrer-policy
  x-content-type-options`,
);

/**
 * The main feeds as they are now.
 *
 * @throws Error if they change before anybody builds the site again
 */
export async function staticFeeds(site: Site, draft: DraftSite): Promise<StaticFeeds> {
  const { until } = draft.store.select(EVERYTHING);
  if (site.rebuildEvery === undefined && until !== Number.POSITIVE_INFINITY)
    throw new Error(
      `Cannot write the main feeds as files: an article appears, changes or expires at ${new Date(until).toISOString()}; expected rebuildEvery in seeds/site.toml and a schedule that deploys so often, or mainFeeds = "worker"`,
    );
  const files: StaticFile[] = [];
  let headers = '';
  for (const path of STATIC_FEED_PATHS) {
    const response = await draft.get(path);
    if (response === undefined) throw new Error(`Cannot write ${path} as a file: there is no such feed`);
    files.push({ path, body: response.body });
    const fields = KEPT_FIELDS.map((name) => `  ${name}: ${response.headers.get(name)}\n`);
    headers += `${path}\n${fields.join('')}  cache-control: public, max-age=${maxAge(site, response.headers)}\n`;
  }
  return { files, headers, redirects: REDIRECTS };
}

/** Seconds. */
function maxAge({ rebuildEvery = Number.POSITIVE_INFINITY }: Site, headers: Headers): number {
  const fresh = Number(/max-age=(\d+)/.exec(headers.get('cache-control') ?? '')?.[1]);
  return Math.min(fresh, 60 * rebuildEvery);
}

/** The other addresses of the feeds. */
const REDIRECTS = FEED_FORMATS.flatMap((format) => {
  const [path, ...others] = paths[format];
  return others.map((other) => `${other} ${path} 301\n`);
}).join('');
