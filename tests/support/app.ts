import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { createApp, type Environment } from '../../src/app/app.ts';
import type { Instant } from '../../src/article.ts';
import type { Generator, GeneratorName } from '../../src/config/generator.ts';
import { defineSite, type Site } from '../../src/config/site.ts';
import type { FolderContext } from '../../src/corpus/collect.ts';
import type { SourceFile } from '../../src/documents/stated.ts';
import { type Compilation, compile } from '../../src/pipeline/compile.ts';
import { decodeStore } from '../../src/store/format.ts';
import type { Asset } from '../../src/store/integrity.ts';
import { memoryPipeline } from './pipeline.ts';

export const NOW = Date.parse('2026-11-22T12:00:00Z');

/** Settings as a file states them. */
export type SiteOptions = { readonly [Key in keyof Site]?: unknown };

export function makeSite(options: SiteOptions = {}): Site {
  return defineSite({ description: 'News of examples.', ...options }, 'Example News');
}

/** The settings with which the goldens were made. */
export const publication = makeSite({
  title: 'Tidings',
  description: 'A folder of documents in, feeds on the edge out.',
  language: 'en',
  timeZone: 'UTC',
  copyright: 'Each article belongs to the source that it names.',
});

export function file(path: string, text: string): SourceFile {
  return { path, bytes: new TextEncoder().encode(text) };
}

/** A short whole document. */
export function documentOf(title: string, date: string, body = 'A paragraph of text.'): string {
  return `${title}\n\n- ${date}\n\n${body}\n`;
}

export interface DocumentOptions {
  readonly title: string;
  /** As front matter takes it. */
  readonly date: string;
  readonly tags?: readonly string[];
  readonly author?: string;
  readonly lang?: string;
  readonly expires?: string;
  readonly unlisted?: boolean;
  readonly id?: string;
  readonly slug?: string;
  readonly aliases?: readonly string[];
  readonly body?: string;
}

/** A whole Markdown document. */
export function markdownOf({
  body = 'A paragraph of text.',
  lang = 'en',
  ...options
}: DocumentOptions): string {
  return `---\n${JSON.stringify({ lang, ...options }, null, 1)
    .slice(2, -2)
    .replaceAll(/,\n (?="\w+":)/g, '\n ')
    .replaceAll(/^ /gm, '')}\n---\n\n${body}\n`;
}

/** Documents of plain text, as they stand in a seeds folder. */
export function fixtureFiles(): SourceFile[] {
  const text = join(import.meta.dirname, '../fixtures/text');
  const read = (name: string): SourceFile => ({ path: name, bytes: readFileSync(join(text, name)) });
  const seed = { ...read('seed.txt'), path: '000_e57ca9b3374e5dac.txt' };
  return [seed, ...['turkish.txt', 'hostile.txt', 'wrapped.txt', 'short.txt'].map(read)];
}

/** Contents by their paths. */
type Media = Readonly<Record<string, Uint8Array>>;

export interface TestApp {
  readonly app: Hono<{ Bindings: Environment }>;
  /** The ledger for the next build. */
  readonly ledger: string;
  /** Sends a request to the app; the origin is `https://news.example` unless the address has one. */
  readonly ask: (
    path: string,
    headers?: Readonly<Record<string, string>>,
    method?: string,
  ) => Promise<Response>;
  /** The text of a response. */
  readonly read: (path: string, headers?: Readonly<Record<string, string>>) => Promise<string>;
}

/** A folder of documents with its other files. */
export interface SeedFiles extends FolderContext {
  readonly documents: readonly SourceFile[];
}

/** A seeds folder without a ledger, outside git. */
export function seedFiles(documents: readonly SourceFile[], media: Media = {}, ledger?: string): SeedFiles {
  return {
    documents,
    others: Object.keys(media),
    read: async (path) => media[path],
    ledger,
  };
}

export interface CompiledFiles extends Compilation {
  /** The external parts of the store, by digest. */
  readonly parts: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
}

export async function compileFiles(files: SeedFiles, site: Site, now: Instant): Promise<CompiledFiles> {
  const parts = new Map<string, Uint8Array<ArrayBuffer>>();
  const publish = ({ digest, bytes }: Asset): void => void parts.set(digest, bytes);
  return { ...(await compile(memoryPipeline(files.documents, site, publish), files, site, now)), parts };
}

interface Surroundings {
  readonly site?: Site;
  readonly now?: () => Instant;
  readonly environment?: Environment;
}

export function makeApp(
  documents: readonly SourceFile[],
  { media = {}, ...circumstances }: Surroundings & { readonly media?: Media } = {},
): Promise<TestApp> {
  return makeAppFrom(seedFiles(documents, media), circumstances);
}

export async function makeAppFrom(
  files: SeedFiles,
  { site = makeSite(), now = () => NOW, environment = {} }: Surroundings = {},
): Promise<TestApp> {
  const { store, parts, ledger } = await compileFiles(files, site, now());
  const readAsset = async (digest: string): Promise<ArrayBuffer | undefined> => parts.get(digest)?.buffer;
  const app = createApp(decodeStore(store.buffer), { clock: now, readAsset });
  const ask: TestApp['ask'] = async (path, headers = {}, method = 'GET') =>
    app.fetch(new Request(new URL(path, 'https://news.example'), { method, headers }), environment);
  return { app, ledger, ask, read: async (path, headers) => (await ask(path, headers)).text() };
}

/** The configuration of another generator beside the documents. */
export function makeGenerator(name: GeneratorName, more: Partial<Generator> = {}): Generator {
  return {
    name,
    file: 'configuration',
    prefix: '',
    readsMdx: false,
    showsEmoji: false,
    title: undefined,
    description: undefined,
    language: undefined,
    url: undefined,
    base: '',
    timeZone: undefined,
    authors: [],
    permalinks: [],
    contentRoots: [],
    staticRoots: [],
    ownFolders: [],
    excluded: [],
    languageRoots: {},
    mounts: {},
    filePrefixes: {},
    lists: {},
    taxonomies: {},
    tagLabels: {},
    tagSegments: {},
    defaults: [],
    collections: [],
    ...more,
  };
}
