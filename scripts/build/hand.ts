import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { Place } from '../../src/documents/collect.ts';
import { DocumentError, type SourceFile } from '../../src/documents/document.ts';
import type { ReadDocument } from '../../src/documents/reading.ts';
import { type Content, readDocument } from '../../src/documents/reading.ts';
import type { Amendment } from '../../src/documents/template-claims.ts';
import { type RenderedArticle, renderArticle } from '../../src/render.ts';
import type { Site } from '../../src/settings.ts';
import { readSeed } from '../seeds.ts';
import { openPack, type PackReader, type PackWriter, type Slot, writePack } from './pack.ts';

/** Bytes in one of the packs of a build. */
export interface Kept {
  /** Path of the file. */
  readonly pack: string;
  readonly slot: Slot;
}

export interface ReadingJob {
  readonly path: string;
  /** What its path and bytes came to when they were read before; absent when they never were. */
  readonly digest?: string;
  /** What is known of it from others. */
  readonly amendment?: Amendment;
}

/** Without `document`: it is what it was. */
export interface ReadingResult {
  readonly digest: string;
  readonly document?: ReadDocument;
  /** Its content, if it has any. */
  readonly content?: Kept;
}

export interface RenderingJob {
  readonly place: Place;
  readonly digest: string;
  /** Absent when nobody kept it: then the document is read again. */
  readonly content?: Kept;
}

/** A rendered article, the large parts of it kept in a pack. */
export interface RenderingResult {
  readonly facts: RenderedArticle['facts'];
  readonly warnings: RenderedArticle['warnings'];
  readonly record: Kept;
  readonly forms: Kept;
  /** Serialised. */
  readonly terms: Kept;
}

/** Does the work on single documents; what is large goes into packs. */
export interface Hand {
  read(jobs: readonly ReadingJob[]): ReadingResult[];
  render(jobs: readonly RenderingJob[]): RenderingResult[];
  close(): void;
}

export interface HandOptions {
  readonly seeds: string;
  readonly site: Site;
  /** The folder for packs. */
  readonly scratch: string;
  /** No other hand has it. */
  readonly name: string;
}

export function makeHand({ seeds, site, scratch, name }: HandOptions): Hand {
  const opened = new Map<string, PackReader>();
  const contents = lazily(() => writePack(join(scratch, `${name}.contents`)));
  const records = lazily(() => writePack(join(scratch, `${name}.records`)));

  const keptContent = ({ pack, slot }: Kept): Content | undefined => {
    const reader = opened.get(pack) ?? openPack(pack);
    if (reader !== undefined) opened.set(pack, reader);
    const bytes = reader?.read(slot);
    return bytes === undefined ? undefined : (deserialize(bytes) as Content); // written by `read`
  };
  const contentAgain = ({ place: { path, amendment }, digest }: RenderingJob): Content => {
    const file = readSeed(seeds, path);
    const reading = digestOf(file) === digest ? readDocument(file, site, amendment) : undefined;
    if (reading?.status === 'read') return reading.content;
    throw new Error(`Cannot publish seeds/${path}: it changed during the build; build again`);
  };
  return {
    read: (jobs) =>
      jobs.map(({ path, digest: before, amendment }) => {
        const file = seedOf(seeds, path);
        if (typeof file === 'string')
          return { digest: '', document: { path, status: 'refused', reason: file } };
        const digest = digestOf(file);
        if (digest === before) return { digest };
        const reading = readDocument(file, site, amendment);
        if (reading.status !== 'read') return { digest, document: { path, ...reading } };
        const document: ReadDocument = { path, status: 'read', facts: reading.facts };
        return { digest, document, content: keep(contents(), serialize(reading.content)) };
      }),
    render: (jobs) =>
      jobs.map((job) => {
        const content = (job.content && keptContent(job.content)) ?? contentAgain(job);
        const { facts, record, forms, terms, warnings } = renderArticle(content, job.place, site);
        return {
          facts,
          warnings,
          record: keep(records(), record),
          forms: keep(records(), forms),
          terms: keep(records(), serialize(terms)),
        };
      }),
    close() {
      for (const reader of opened.values()) reader.close();
      contents.made?.close();
      records.made?.close();
    },
  };
}

/** The document, or why it cannot be read. */
function seedOf(seeds: string, path: string): SourceFile | string {
  try {
    return readSeed(seeds, path);
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    return error.message;
  }
}

/** Equal when path and bytes are. */
function digestOf({ path, bytes }: SourceFile): string {
  return createHash('sha256').update(`${path}\0`).update(bytes).digest('base64');
}

function keep(writer: PackWriter, bytes: Uint8Array): Kept {
  return { pack: writer.path, slot: writer.add(bytes) };
}

interface Lazy<Value> {
  (): Value;
  readonly made: Value | undefined;
}

function lazily<Value>(make: () => Value): Lazy<Value> {
  let made: Value | undefined;
  const get = (): Value => {
    made ??= make();
    return made;
  };
  return Object.defineProperty(get, 'made', { get: () => made }) as Lazy<Value>; // has both now
}
