import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { type DefaultTreeAdapterTypes, parse, parseFragment } from 'parse5';
import { createApp } from '../../src/app/app.ts';
import { checkAgreement, checkPermalink, readEntries } from '../../src/check/agreement.ts';
import { bodyText, type RawResponse } from '../../src/check/http-client.ts';
import type { Issue } from '../../src/check/report.ts';
import { feedChecks } from '../../src/check/site.ts';
import { readXml, type XmlElement } from '../../src/check/xml.ts';
import type { SourceFile } from '../../src/documents/stated.ts';
import { parseJson } from '../../src/json.ts';
import { attempt } from '../../src/memo.ts';
import { ARTICLE_FORMATS, type FeedFormat, feedPath, formatEndings, paths } from '../../src/routes/paths.ts';
import { decodeStore } from '../../src/store/format.ts';
import { wordSet } from '../../src/strings.ts';
import { compileFiles, makeSite, NOW, seedFiles } from '../support/app.ts';
import type { FuzzedRequest } from './requests.ts';

const ORIGIN = 'https://news.example';
const SITE = makeSite();

/** A document in every folder, which must be published whatever the others contain. */
const NEIGHBOUR: SourceFile = {
  path: 'the-neighbour.md',
  bytes: Buffer.from('---\ntitle: The neighbour\ndate: 2021-02-03\n---\n\nA paragraph of text.\n'),
};
const NEIGHBOUR_PATH = '/articles/the-neighbour';
const MAX_SLICES = 8;

/** Builds a folder in memory, requests every resource from the app, and returns all faults. */
export async function judgeFolder(documents: readonly SourceFile[]): Promise<string[]> {
  const { outcomes, store, parts } = await compileFiles(seedFiles([...documents, NEIGHBOUR]), SITE, NOW);
  const faults = outcomes.flatMap((outcome) =>
    outcome.status === 'refused' ? refusalFaults(outcome.path, outcome.reason) : [],
  );

  const app = createApp(decodeStore(store.buffer), {
    clock: () => NOW,
    readAsset: async (digest) => parts.get(digest)?.buffer,
  });
  const get = async (path: string): Promise<{ text: string; policy: string }> => {
    const response = await app.fetch(new Request(new URL(path, ORIGIN)), {});
    const { status, headers } = response;
    if (status !== 200) faults.push(`GET ${path}: ${status}`);
    return { text: await response.text(), policy: headers.get('content-security-policy') ?? '' };
  };
  const blame = (path: string, issues: Iterable<Issue>): void => {
    for (const { severity, rule, message } of issues)
      if (severity === 'error') faults.push(`${path}: ${rule}: ${message}`);
  };
  const blameTree = (path: string, root: DefaultTreeAdapterTypes.Node, policy?: string): void => {
    for (const fault of treeFaults(root, policy)) faults.push(`${path}: ${fault}`);
  };
  const getPage = async (path: string): Promise<string> => {
    const { text, policy } = await get(path);
    blameTree(path, parse(text), policy);
    return text;
  };
  const getFeed = async (format: FeedFormat, path: string): Promise<string> => {
    const { text } = await get(path);
    blame(path, feedChecks[format](text, ORIGIN + path, NOW));
    return text;
  };

  const feeds = {
    rss: await getFeed('rss', feedPath('rss')),
    atom: await getFeed('atom', feedPath('atom')),
    json: await getFeed('json', feedPath('json')),
  };
  blame('the feeds', checkAgreement(feeds));
  const entries = readEntries(feeds.json);
  if (!entries.some(({ address }) => address === ORIGIN + NEIGHBOUR_PATH))
    faults.push('the neighbour is not published');
  for (const entry of entries) {
    const path = new URL(entry.address ?? '', ORIGIN).pathname;
    blameTree(path, parseFragment(entry.content ?? ''));
    blame(path, checkPermalink(entry, await getPage(path), path));
    for (const format of ARTICLE_FORMATS) {
      const { text } = await get(path + formatEndings[format]);
      if (format === 'json') JSON.parse(text);
    }
  }
  for (const path of [paths.home, paths.feeds]) await getPage(path);
  for (const path of [paths.sitemap, paths.newsSitemap]) blame(path, readXml((await get(path)).text).issues);
  await get(paths.llms);
  const { root, issues } = readXml((await get(paths.opml)).text);
  blame(paths.opml, issues);
  const slices = root === undefined ? [] : feedAddresses(root).map((address) => new URL(address).pathname);
  for (const path of [...new Set(slices)].slice(0, MAX_SLICES)) await getFeed('rss', path);
  return faults;
}

/** A refusal names its document and what it expected. */
export function refusalFaults(path: string, reason: string): string[] {
  const isSound =
    reason.includes(`seeds/${path}`) &&
    !/made Tidings fail|nested too deep; expected an article/.test(reason);
  return isSound ? [] : [reason];
}

function feedAddresses({ attributes, children }: XmlElement): string[] {
  return [...[attributes.get('xmlUrl') ?? []].flat(), ...children.flatMap(feedAddresses)];
}

const FORBIDDEN = wordSet(
  'applet base embed frame frameset iframe link math meta noscript object plaintext script style svg template xmp',
);
const ADDRESSES = wordSet(
  'action background cite data formaction href longdesc ping poster src srcset xlink:href',
);
const SCRIPT_ADDRESS =
  /^(?:javascript|vbscript|livescript):|^data:(?!image\/(?:png|jpeg|gif|webp|avif);base64,)/i;

/**
 * Finds elements and attributes that could act in HTML, as the standard's parser reads it.
 *
 * @param policy of a page, which allows its own script and style
 */
function treeFaults(root: DefaultTreeAdapterTypes.Node, policy?: string): string[] {
  const faults: string[] = [];
  const pending = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if ('childNodes' in node) pending.push(...node.childNodes);
    if (!('attrs' in node)) continue;
    const { tagName, attrs } = node;
    if (FORBIDDEN.has(tagName) && !(policy && isOwnElement(node, policy))) faults.push(`<${tagName}>`);
    for (const { name, value } of attrs) {
      // A browser ignores these characters in a URL.
      const isScript = ADDRESSES.has(name) && SCRIPT_ADDRESS.test(value.replace(/[\0-\x20]/g, ''));
      if (isScript || name === 'style' || name.startsWith('on'))
        faults.push(`<${tagName} ${name}=${JSON.stringify(value)}>`);
    }
  }
  return faults;
}

/** Whether an element belongs to the page and not to its article, or is a formula, which only pages show. */
function isOwnElement(element: DefaultTreeAdapterTypes.Element, policy: string): boolean {
  const { tagName, attrs, childNodes, parentNode } = element;
  if (tagName === 'math') return true;
  const text = childNodes.map((node) => ('value' in node ? node.value : '')).join('');
  if (tagName === 'script' && attrs.some(({ value }) => value === 'application/ld+json'))
    return JSON.parse(text) !== undefined;
  if (tagName === 'script' || tagName === 'style')
    return policy.includes(`'sha256-${createHash('sha256').update(text).digest('base64')}'`);
  return parentNode !== null && 'tagName' in parentNode && parentNode.tagName === 'head';
}

const SECRET = /to-come|Hidden\./;
/** The clocks of this machine and of the worker are the same, but a response takes time. */
const MAX_AHEAD = 60_000;

/** Responses of the platform itself: its server, and its server of static files. */
const OF_PLATFORM = [307, 400, 405, 415];

/** Finds faults in the response to a request. */
export function judgeResponse(request: FuzzedRequest, response: RawResponse): string[] {
  const { method } = request;
  const { status, headers, body } = response;
  const faults: string[] = [];
  const want = (isRight: boolean, fault: string): void => {
    if (!isRight) faults.push(fault);
  };
  const requestFields = new Map(
    Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const location = headers.get('location');
  want((status >= 300 && status < 400 && status !== 304) === (location !== null), `Location: ${location}`);
  if (location !== null) want(staysOnSite(location, requestFields), `leads away, to ${location}`);
  const isOurs = headers.has('access-control-allow-origin');
  if (!isOurs && OF_PLATFORM.includes(status)) return faults;
  want(isOurs, 'no Access-Control-Allow-Origin');
  want(status >= 200 && status < 500, `status ${status}`);
  want(headers.get('set-cookie') === null, 'a cookie');
  want(
    !bodyText(response).includes('evil.example') || isHost(requestFields),
    'says an address of the request',
  );

  const isConditional = requestFields.has('if-none-match') || requestFields.has('if-modified-since');
  want(status !== 304 || isConditional, '304 to a request without a condition');
  want(
    status !== 226 || (requestFields.has('a-im') && headers.get('im') === 'feed'),
    '226 that nobody asked for',
  );
  want(status !== 206, '206');
  const modified = headers.get('last-modified');
  if (modified !== null) want(Date.parse(modified) <= Date.now() + MAX_AHEAD, `Last-Modified: ${modified}`);
  const etag = headers.get('etag');
  if (etag !== null) want(/^(?:W\/)?"[\x21\x23-\x7e]*"$/.test(etag), `ETag: ${etag}`);

  if (method === 'HEAD' || status === 304 || status === 204) {
    want(body.length === 0, 'a body where none may be');
    return faults;
  }
  const decoded = decode(response);
  if (decoded === undefined) return [...faults, `a body that is not ${headers.get('content-encoding')}`];
  if (decoded.length === 0) return faults;
  want(headers.get('x-content-type-options') === 'nosniff', 'no X-Content-Type-Options');
  const type = headers.get('content-type') ?? '';
  const text = bodyText({ ...response, body: decoded });
  want(!SECRET.test(text), 'a scheduled article');
  if (/xml|opml/.test(type) && !/^image/.test(type)) {
    const [issue] = readXml(text).issues;
    want(issue === undefined, `${type}: ${issue?.message}`);
  }
  if (/json/.test(type)) want(parseJson(text) !== undefined, `${type} that is not JSON`);
  if (/^text\/html/.test(type)) want(/<\/html>\s*$/.test(text), 'a page that does not end');
  if (/xml|json|html/.test(type) && status !== 404 && !/^image|manifest/.test(type))
    want(Boolean(headers.get('content-security-policy')), `${type} without a policy`);
  return faults;
}

const DECODERS: Readonly<Record<string, (body: Uint8Array) => Uint8Array>> = {
  identity: (body) => body,
  gzip: gunzipSync,
  br: brotliDecompressSync,
};

function decode({ headers, body }: RawResponse): Uint8Array | undefined {
  return attempt(() => DECODERS[headers.get('content-encoding') ?? 'identity']?.(body));
}

/** Without a pinned URL, the site's origin is that of the request. */
function isHost(requestFields: ReadonlyMap<string, string>): boolean {
  return (requestFields.get('host') ?? '').toLowerCase().includes('evil.example');
}

function staysOnSite(location: string, requestFields: ReadonlyMap<string, string>): boolean {
  const base = `http://${requestFields.get('host') || 'own.example'}`;
  if (!URL.canParse(location, base) || !URL.canParse(base)) return false;
  const { host, protocol } = new URL(location, base);
  return /^https?:$/.test(protocol) && (host === new URL(base).host || /^127\.0\.0\.1:\d+$/.test(host));
}

/** Tells this module that it runs in a thread of its own. */
const IS_JUDGE = 'judge';
/** Milliseconds of CPU time, which a busy machine does not lengthen: a folder that takes longer hangs. */
const MAX_WAIT = 60_000;
/** A thread that waits for something takes no CPU time; it may take this many times as long. */
const MAX_IDLE = 10;
/** Milliseconds of CPU time. A folder takes some 30, and the first one of a thread 500. */
const MAX_CPU = 10_000;
const MAX_HEAP_MEGABYTES = 700;

/** The judgement of a thread about the documents of a folder. */
export interface Judgement {
  readonly faults: readonly string[];
  /** Milliseconds. */
  readonly cpu: number;
}

if (workerData === IS_JUDGE) {
  parentPort?.on('message', async (documents: readonly SourceFile[]) => {
    const before = process.threadCpuUsage();
    const faults = await judgeFolder(documents).catch((error: unknown) => [
      error instanceof Error ? (error.stack ?? error.message) : String(error),
    ]);
    const { user, system } = process.threadCpuUsage(before);
    parentPort?.postMessage({ faults, cpu: (user + system) / 1000 } satisfies Judgement);
  });
}

/** A thread that judges folders and is terminated if it hangs. */
interface WatchedThread {
  readonly judge: (documents: readonly SourceFile[]) => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
}

export function watchedThread({ script = import.meta.filename, maxWait = MAX_WAIT } = {}): WatchedThread {
  let thread: Worker | undefined;
  const close = async (): Promise<void> => {
    const former = thread;
    thread = undefined;
    await former?.terminate();
  };
  return {
    async judge(documents) {
      thread ??= new Worker(script, {
        workerData: IS_JUDGE,
        resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MEGABYTES },
      });
      const judgement = await judgementOf(thread, documents, maxWait);
      if (typeof judgement === 'string') {
        await close();
        return [judgement];
      }
      const { faults, cpu } = judgement;
      return cpu > MAX_CPU ? [...faults, `takes more than ${MAX_CPU / 1000} seconds of CPU time`] : faults;
    },
    close,
  };
}

/** The judgement of a thread, or how it failed. */
async function judgementOf(
  thread: Worker,
  documents: readonly SourceFile[],
  maxWait: number,
): Promise<Judgement | string> {
  const late = new AbortController();
  const [startedAt, cpuBefore] = [performance.now(), process.cpuUsage()];
  const timer = setInterval(() => {
    const { user, system } = process.cpuUsage(cpuBefore);
    if (user + system > 1000 * maxWait || performance.now() - startedAt > MAX_IDLE * maxWait) late.abort();
  }, 250);
  thread.postMessage(documents);
  try {
    return await Promise.race([
      once(thread, 'message', late).then(([judgement]: Judgement[]) => judgement ?? 'answers nothing'),
      once(thread, 'exit', late).then(([code]) => `ends the thread with code ${code}`),
    ]);
  } catch (error) {
    return late.signal.aborted
      ? `does not end in ${maxWait / 1000} seconds of CPU time`
      : `ends the thread: ${error}`;
  } finally {
    clearInterval(timer);
    late.abort();
  }
}
