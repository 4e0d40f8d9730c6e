import { posix } from 'node:path';
import { type Generator, isVault } from '../config/generator.ts';
import { withoutNoteEnding } from '../documents/kinds.ts';
import { once } from '../memo.ts';
import { baseName } from '../strings.ts';
import { STATIC_ROOTS } from './former-addresses.ts';
import { isPicture } from './media-files.ts';

/** Paths by folded file name, with and without the ending of a note; the shortest paths first. */
type NameIndex = ReadonlyMap<string, readonly { readonly path: string }[]>;

export function nameIndex(paths: Iterable<string>): NameIndex {
  const named = [...paths]
    .sort((one, other) => one.length - other.length || (one < other ? -1 : 1))
    .flatMap((path) =>
      [...new Set([foldedName(path), foldedName(withoutNoteEnding(path))])].map((name) => ({ name, path })),
    );
  return Map.groupBy(named, ({ name }) => name);
}

/**
 * Finds a file by its name, as Obsidian does: with any folders before the name, and without the extension of a note. Of
 * several files, the one at exactly this path wins, which is below the folder of the note if it begins with a dot, then
 * the one beside the note, then the one with the shortest path.
 */
export function findByName(index: NameIndex, name: string, notePath: string): string | undefined {
  const wanted = fold(name.replace(/^(?:\.{0,2}\/)+/, ''));
  const named = (index.get(foldedName(wanted)) ?? []).map(({ path }) => path);
  const found = named.filter((path) =>
    [path, withoutNoteEnding(path)].some((known) => `/${fold(known)}`.endsWith(`/${wanted}`)),
  );
  const folder = notePath.slice(0, notePath.lastIndexOf('/') + 1);
  const whole = name.startsWith('.') ? fold(posix.join(folder, name)) : wanted;
  const exact = found.find((path) => [path, withoutNoteEnding(path)].some((known) => fold(known) === whole));
  return exact ?? found.find((path) => path.slice(0, path.lastIndexOf('/') + 1) === folder) ?? found[0];
}

function foldedName(path: string): string {
  return fold(baseName(path));
}

export function fold(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

export interface FileIndex {
  has(path: string): boolean;
  /** The file with a path, regardless of case and Unicode normalization. */
  folded(path: string): string | undefined;
  readonly paths: readonly string[];
  readonly byName: () => NameIndex;
}

export function fileIndex(paths: readonly string[]): FileIndex {
  const exact = new Set(paths);
  const folded = once(() => new Map(paths.toReversed().map((each) => [fold(each), each])));
  return {
    paths,
    has: (path) => exact.has(path),
    folded: (path) => folded().get(fold(path)),
    byName: once(() => nameIndex(paths)),
  };
}

/** The names of pictures that themes of Hugo show for a document with its own folder, the best first. */
const BUNDLE_PICTURES = ['feature', 'featured', 'cover', 'thumbnail'];

/** Finds the picture in the folder of a document that its theme shows. */
export function bundlePictures(files: FileIndex): (documentPath: string) => string | undefined {
  const byFolder = once(() => {
    const rank = (path: string): number => BUNDLE_PICTURES.indexOf(fold(posix.parse(path).name));
    const pictures = files.paths.filter((path) => rank(path) >= 0 && isPicture(path));
    const ordered = pictures.toSorted((one, other) => rank(other) - rank(one));
    return new Map(ordered.map((path) => [posix.dirname(path), path]));
  });
  return (documentPath) => byFolder().get(posix.dirname(documentPath));
}

/** The document that contains a link. */
export interface LinkOrigin {
  readonly path: string;
  /** Paths of its translations, whose files it may refer to. */
  readonly translations: readonly string[];
}

export interface FoundFile {
  readonly path: string;
  /** Whether its spelling differs from the name of the file. */
  readonly isMisspelt: boolean;
}

type FindFile = (path: string, isRooted: boolean, origin: LinkOrigin) => FoundFile | undefined;

/**
 * The additions of WordPress, Nikola, Ghost and Drupal to the path of a resized picture, the folders of WordPress, and
 * the mark of an alias.
 */
const ADDED =
  /-(?:\d+x\d+|scaled)(?=\.\w+$)|\.thumbnail(?=\.\w+$)|^[@~](?=\w)|^wp-content\/uploads\/(?:\d{4}\/\d\d\/)?|(?<=^|\/)size\/w\d+\/(?:format\/\w+\/)?|(?<=^|\/)styles\/[^/]+\/public\//;

/** The folders of documents, first that of the site. */
export function contentRoots(generator: Generator | undefined): string[] {
  const { contentRoots: roots = [], languageRoots = {} } = generator ?? {};
  return ['', ...roots.filter((root) => !Object.hasOwn(languageRoots, root))];
}

/**
 * Finds the files that links lead to.
 *
 * @param documentFolders the folders that contain documents
 */
export function fileFinder(
  files: FileIndex,
  documentFolders: () => ReadonlySet<string>,
  generator: Generator | undefined,
): FindFile {
  const isInVault = isVault(generator);
  const prefix = generator?.prefix ?? '';
  const prefixes = Object.entries(generator?.filePrefixes ?? {});
  const roots = [
    '',
    ...new Set([...(generator?.staticRoots ?? []), ...STATIC_ROOTS, ...contentRoots(generator).slice(1)]),
  ];

  const find: FindFile = (path, isRooted, origin) => {
    const inside = path.replace(/^(?:\.\.?\/)+/, '');
    const tries = [
      ...(isRooted ? [] : foldersBeside(origin).map((each) => posix.join(each, path))),
      ...roots.map((root) => posix.join(root, inside)),
      ...prefixes
        .filter(([each]) => inside.startsWith(each))
        .map(([each, place]) => place + inside.slice(each.length)),
      ...(prefix !== '' && path.startsWith(prefix) ? [path.slice(prefix.length)] : []),
    ];
    const exact = tries.find(files.has);
    if (exact !== undefined) return { path: exact, isMisspelt: false };
    const found =
      tries.map(files.folded).find((each) => each !== undefined) ??
      findByEnd(inside, isRooted, posix.dirname(origin.path));
    if (found !== undefined)
      return {
        path: found,
        isMisspelt: baseName(found).normalize('NFC') !== baseName(path).normalize('NFC'),
      };
    const whole = path.replace(ADDED, '');
    return whole === path ? undefined : find(whole, isRooted, origin);
  };

  /**
   * The only file whose path ends with an address, or is the end of it.
   *
   * @param folder of the document that refers to it
   */
  function findByEnd(path: string, isRooted: boolean, folder: string): string | undefined {
    const wanted = fold(path);
    const [name = '', ...folders] = wanted.split('/').reverse();
    const alike = (files.byName().get(name) ?? []).map((named) => named.path);
    const longer = alike.filter((each) => fold(each).endsWith(`/${wanted}`));
    const below = longer.filter((each) => isBelow(each, folder));
    if (below.length === 1) return below[0];
    // A name alone may be that of another document's file.
    const isSpecific = folders.length > 0 || isRooted || isInVault || !isBesideDocument(longer[0] ?? '');
    if (isSpecific && (longer.length === 1 || (isInVault && longer.length > 0))) return longer[0];
    const shorter = alike.filter((each) => {
      const root = roots.find((known) => known !== '' && each.startsWith(known)) ?? '';
      const place = fold(each.slice(root.length));
      return place.includes('/') && wanted.endsWith(`/${place}`);
    });
    return shorter.length === 1 ? shorter[0] : undefined;
  }

  /** Whether a file is in a folder without documents that is beside the document. */
  function isBelow(file: string, folder: string): boolean {
    const parent = posix.dirname(file);
    return posix.dirname(parent) === folder && !documentFolders().has(parent);
  }

  function isBesideDocument(file: string): boolean {
    const folder = posix.dirname(file);
    return [folder, posix.dirname(folder)].some((each) => documentFolders().has(each));
  }

  return find;
}

/** The folders with the files of a document: its own, those with its name, and those of its translations. */
function foldersBeside({ path, translations }: LinkOrigin): string[] {
  return [
    posix.dirname(path),
    path.replace(/\.[^./]+$/, ''),
    path.replace(/(?:\.[^./]+)+$/, ''),
    ...translations.map((each) => posix.dirname(each)),
  ];
}
