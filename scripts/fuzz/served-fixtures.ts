import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { bodyText, createHttpClient, type RawResponse } from '../../src/check/http-client.ts';
import { serveBuild } from '../../src/preview/serve.ts';
import { feedPath, paths } from '../../src/routes/paths.ts';
import { fixtureDocuments } from './documents.ts';
import type { FuzzedRequest } from './requests.ts';

const ROOT = join(import.meta.dirname, '../..');
/** Milliseconds; a request takes one or two. */
const MAX_WAIT = 30_000;

/** The built worker in workerd, over all fixtures. */
export interface ServedFixtures {
  /** Existing paths, and entity tags of responses. */
  readonly known: { readonly paths: readonly string[]; readonly etags: readonly string[] };
  readonly send: (request: FuzzedRequest) => Promise<RawResponse>;
  readonly close: () => Promise<void>;
}

export async function serveFixtures(): Promise<ServedFixtures> {
  const folder = await mkdtemp(join(tmpdir(), 'tidings-fuzz-'));
  const [seeds, out] = [join(folder, 'seeds'), join(folder, 'out')];
  let close = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    await writeSeeds(seeds);
    await build(seeds, out, join(folder, 'cache'));
    const harness = await serveBuild(out);
    const remove = close;
    close = () => harness.close().finally(remove);
    const { url } = await harness.listen();
    const client = createHttpClient(url);
    const send: ServedFixtures['send'] = ({ target, headers, method }) =>
      inTime(client(target, headers, method), MAX_WAIT);
    return { known: await crawl(send), send, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function writeSeeds(seeds: string): Promise<void> {
  const scheduled = new Date(Date.now() + 86_400_000).toISOString();
  const documents = [
    ...fixtureDocuments(),
    {
      path: 'scheduled.md',
      bytes: `---\ntitle: To come\ndate: ${scheduled}\ntags: [secret]\n---\nHidden.\n`,
    },
    { path: 'picture.md', bytes: '---\ntitle: A picture\ndate: 2021-02-03\n---\n![a](picture.png)\n' },
    { path: 'picture.png', bytes: PIXEL },
  ];
  for (const { path, bytes } of documents) {
    await mkdir(dirname(join(seeds, path)), { recursive: true });
    await writeFile(join(seeds, path), bytes);
  }
}

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** Some fixtures are refused, which makes the build fail after it wrote the others. */
async function build(seeds: string, out: string, cache: string): Promise<void> {
  const args = ['build', '--seeds', seeds, '--out', out, '--cache', cache];
  await promisify(execFile)(process.execPath, [join(ROOT, 'src/bin.js'), ...args], {
    env: { ...process.env, PREVIEW: '1' },
  });
}

async function crawl(send: ServedFixtures['send']): Promise<ServedFixtures['known']> {
  const get = (target: string): Promise<RawResponse> => send({ target, headers: {}, method: 'GET' });
  const lists = await Promise.all(
    [paths.sitemap, paths.opml, feedPath('json'), '/articles/a-picture'].map(get),
  );
  const addresses = lists.flatMap((response) => bodyText(response).match(/http:\/\/[^\s"<>]+/g) ?? []);
  const own = addresses
    .filter((address) => URL.canParse(address))
    .map((address) => new URL(address).pathname);
  const fixed = Object.values(paths)
    .flat()
    .filter((path) => !path.includes(':'));
  const found = [...new Set([...fixed, '/archive/1', ...own])].sort();
  const responses = await Promise.all(found.map(get));
  const etags = responses.flatMap(({ headers }) => headers.get('etag') ?? []);
  return { paths: found.filter((_, index) => responses[index]?.status === 200), etags: [...new Set(etags)] };
}

async function inTime<Value>(promise: Promise<Value>, milliseconds: number): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${milliseconds / 1000} seconds`)), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
