import { type Dirent, lstatSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isRecording } from '../article.ts';
import type { Generator } from '../config/generator.ts';
import { mediaTypeOf } from '../corpus/media-files.ts';
import { isProfile } from '../corpus/profiles.ts';
import { isMarkdown, kindOf } from '../documents/kinds.ts';
import { DocumentError, type SourceFile } from '../documents/stated.ts';
import { detectGenerator, isExcluded } from '../import/generator.ts';
import { attempt } from '../memo.ts';
import { DEPLOY_LIMITS, MAX_RECORDING } from '../store/budget.ts';
import { wordSet } from '../strings.ts';
import { errorCode, type FileStat, fileStat } from './files.ts';

/** Larger files are refused. */
const MAX_BYTES = 10 * 1024 * 1024;
/** The folders of documents of every Jekyll site that begin with `_`. */
const JEKYLL_FOLDERS: readonly string[] = ['_posts', '_drafts'];
/** Folders of generators that contain neither documents nor files that documents refer to. */
const GENERATOR_FOLDERS = wordSet('_site _includes _layouts _sass _plugins _build _book _output');

export interface Seeds {
  /** Paths of the documents, in order. */
  readonly documents: readonly string[];
  /** Folders that could not be listed, by path. */
  readonly refused: ReadonlyMap<string, DocumentError>;
  /** Files that are not documents, and links. */
  readonly others: readonly string[];
  /** Other files with the ending of a document: files of the generator, or for machines. */
  readonly ignoredDocuments: readonly string[];
  /** The links among `others`. */
  readonly links: readonly string[];
  /**
   * Reads one of `others`; undefined if it is gone, is a link or a device, or is too large to be published.
   *
   * @throws DocumentError if it cannot be read
   */
  readonly read: (path: string) => Promise<Uint8Array | undefined>;
}

/**
 * Lists every document below a folder, sorted by path. Links are not followed, so nothing outside the folder is read.
 * Names that begin with `.` are ignored. Of those that begin with `_`, and in folders of such names, only media are
 * listed, except in Jekyll's `_posts`, `_drafts` and collections.
 *
 * @throws Error if the folder itself cannot be read
 */
export function listSeeds(folder: string): Seeds {
  const refused = new Map<string, DocumentError>();
  const generator = detectGenerator(folder);
  const { files, links } = listFiles(folder, refused, generator);
  const names = new Set(files);
  // R Markdown and Quarto write a document beside their source.
  const isKnitted = (path: string): boolean => {
    const stem = /^(.+\.)(?:rmd|qmd)$/i.exec(path)?.[1];
    return stem !== undefined && ['md', 'markdown', 'html'].some((ending) => names.has(stem + ending));
  };
  const isKind = documentFilter(folder, generator);
  const isDocument = (path: string): boolean => isKind(path) && !isKnitted(path);
  const others = files.filter((path) => !isDocument(path));
  const published = new Set(others);
  return {
    documents: files.filter(isDocument),
    refused,
    others,
    ignoredDocuments: others.filter((path) => kindOf(path) !== undefined),
    links: others.filter((path) => links.has(path)),
    read: async (path) => (published.has(path) ? readFile(folder, path) : undefined),
  };
}

/** @throws DocumentError if it exists and cannot be read */
function readFile(folder: string, path: string): Uint8Array | undefined {
  const file = join(folder, path);
  try {
    const stat = lstatSync(file, { throwIfNoEntry: false });
    const limit = isRecording({ type: mediaTypeOf(path) ?? '' }) ? MAX_RECORDING : DEPLOY_LIMITS.fileBytes;
    return stat?.isFile() && stat.size <= limit ? readFileSync(file) : undefined;
  } catch (error) {
    throw unreadable(path, error);
  }
}

function listFiles(
  folder: string,
  refused: Map<string, DocumentError>,
  generator: Generator | undefined,
): { files: readonly string[]; links: ReadonlySet<string> } {
  const files: string[] = [];
  const links = new Set<string>();
  const waiting = [''];
  const isHidden = hiddenNames(generator);
  for (let parent = waiting.pop(); parent !== undefined; parent = waiting.pop()) {
    for (const entry of readFolder(folder, parent, refused)) {
      const path = parent === '' ? entry.name : `${parent}/${entry.name}`;
      if (isSkipped(entry, path, isHidden)) continue;
      if (entry.isSymbolicLink()) links.add(path);
      if (entry.isDirectory()) waiting.push(path);
      else files.push(path);
    }
  }
  return { files: files.sort(), links };
}

/** Only people are listed among Jekyll's data, and among names that begin with `.`. */
function isSkipped(entry: Dirent, path: string, isHidden: (name: string) => boolean): boolean {
  if (GENERATOR_FOLDERS.has(entry.name)) return true;
  // The files that VuePress serves.
  if (entry.name === '.vuepress') return false;
  if (entry.name.startsWith('.')) return entry.isDirectory() || !isProfile(path);
  if (/(?:^|\/)_data(?:\/|$)/.test(path))
    return entry.isDirectory() ? !/(?:^|\/)_data(?:\/(?:authors|people))?$/.test(path) : !isProfile(path);
  return !entry.isDirectory() && path.split('/').some(isHidden) && mediaTypeOf(path) === undefined;
}

/** Returns a test for names that hide a file or a folder with all its content. */
function hiddenNames(generator: Generator | undefined): (name: string) => boolean {
  const shown = new Set([...JEKYLL_FOLDERS, ...(generator?.collections ?? [])]);
  // `_index.md` describes its folder.
  return (name) => /^[._]/.test(name) && !/^_index\.\w/.test(name) && !shown.has(name);
}

/** Returns a test for the paths of documents below a folder. */
export function documentFilter(
  folder: string,
  generator: Generator | undefined = detectGenerator(folder),
): (path: string) => boolean {
  const { prefix = '', ownFolders = [] } = generator ?? {};
  const isHidden = hiddenNames(generator);
  const isOwn = (path: string): boolean =>
    ownFolders.some((own) => (prefix + path).startsWith(own)) ||
    (generator !== undefined && isExcluded(prefix + path, generator)) ||
    // `a.jpg.txt` and `a.jpg.en.txt` describe a file.
    (generator?.name === 'Kirby' && mediaTypeOf(path.replace(/(?:\.[a-z]{2})?\.txt$/, '')) !== undefined) ||
    // Markdown may be a post there; a page or a text is a download.
    (generator?.name === 'Next.js' && (prefix + path).startsWith('public/') && !isMarkdown(path));
  const isNoDocument = (path: string): boolean => NO_DOCUMENT.test(path) || INSTRUCTIONS.test(path);
  return (path) =>
    kindOf(path) !== undefined && !path.split('/').some(isHidden) && !isNoDocument(path) && !isOwn(path);
}

/** Instructions for coding agents. */
const INSTRUCTIONS = /(?:^|\/)(?:AGENTS|CLAUDE|GEMINI|SKILL)\.md$/;
/**
 * Files that servers, crawlers and tools read (https://www.robotstxt.org, RFC 9116, https://humanstxt.org and others),
 * drawings of Obsidian, and what accompanies packages, fonts, copies of sites and pages of Word.
 */
const NO_DOCUMENT =
  /(?:^|\/)(?:(?:robots|humans|ads|app-ads|security|sellers|llms|llms-full|requirements(?:-\w+)?|constraints|cmakelists|cname|hts-log)\.txt|ofl\.txt|[^/]*\.excalidraw\.md)$|^(?:licen[cs]e|copying|notice|unlicense)\.(?:txt|md)$|(?:^|\/)(?:node_modules|bower_components|__tests__|wp-json|hts-cache)\/|(?:_files?|\.files|-dateien|-filer|_(?:archivos|arquivos|bestanden|dosyalar|elemei|fichiers|ficheiros|pliki|soubory|tiedostot))\/(?:header|master|frame|outline|fullscreen|tabstrip|saved_resource)[^/]*\.html?$|_files\/(?:[^/]+\/)*(?:licen[cs]e|copying|notice|readme)[^/]*\.(?:txt|md)$|(?:^|\/)fonts\/(?:[^/]*\/)?[^/]*\.txt$/i;

function readFolder(folder: string, path: string, refused: Map<string, DocumentError>): Dirent[] {
  try {
    return readdirSync(join(folder, path), { withFileTypes: true });
  } catch (error) {
    if (path === '') throw missingFolder(folder, error);
    refused.set(path, unreadable(path, error));
    return [];
  }
}

/**
 * Reads a document below a folder.
 *
 * @throws DocumentError if it is not a document or cannot be read
 */
export function readSeed(folder: string, path: string): SourceFile {
  if (/\p{Cc}/u.test(path))
    throw new DocumentError(
      `Cannot read ${JSON.stringify(`seeds/${path}`)}: expected a name without control characters`,
    );
  const file = join(folder, path);
  try {
    const stat = lstatSync(file);
    if (!stat.isFile())
      throw new DocumentError(`Cannot read seeds/${path}: expected a file, not a link or a device`);
    if (stat.size > MAX_BYTES) {
      throw new DocumentError(
        `Cannot read seeds/${path}: it has ${stat.size} bytes; expected at most ${MAX_BYTES}`,
      );
    }
    return { path, bytes: readFileSync(file) };
  } catch (error) {
    throw error instanceof DocumentError ? error : unreadable(path, error);
  }
}

/**
 * Reads a file that a document includes. No folder above it may be a link, which may lead elsewhere.
 *
 * @throws DocumentError if it is not in the folder or cannot be read
 */
export function readIncluded(folder: string, path: string): SourceFile {
  const parent = dirname(path);
  if (attempt(() => realpathSync(join(folder, parent))) !== join(realpathSync(folder), parent))
    throw new DocumentError(`Cannot read seeds/${path}: expected a file in the folder`);
  return readSeed(folder, path);
}

/** The documents of a folder, unread. */
export interface SourceScan {
  /** By path. */
  readonly stats: ReadonlyMap<string, FileStat | undefined>;
  /** The bytes of all documents. */
  readonly bytes: number;
}

export function scanSources(folder: string, paths: readonly string[]): SourceScan {
  const stats = new Map(paths.map((path) => [path, fileStat(`${folder}/${path}`)]));
  let bytes = 0;
  for (const stat of stats.values()) bytes += stat?.size ?? 0;
  return { stats, bytes };
}

function missingFolder(folder: string, error: unknown): Error {
  return new Error(
    `Cannot read the folder of seeds "${folder}": ${errorCode(error)}; expected a folder of documents`,
  );
}

function unreadable(path: string, error: unknown): DocumentError {
  const expected = path.includes('\uFFFD') ? 'a name in UTF-8' : 'a file that you may read';
  return new DocumentError(`Cannot read seeds/${path}: ${errorCode(error)}; expected ${expected}`);
}
