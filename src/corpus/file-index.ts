import { withoutNoteEnding } from '../documents/kinds.ts';
import { once } from '../memo.ts';
import { baseName } from '../strings.ts';

/** Paths by the names of their files, with and without the ending of a note, folded; those with the shortest paths first. */
type NameIndex = ReadonlyMap<string, readonly { readonly path: string }[]>;

export function nameIndex(paths: Iterable<string>): NameIndex {
  const named = [...paths]
    .sort((one, other) => one.length - other.length || (one < other ? -1 : 1))
    .flatMap((path) =>
      [...new Set([nameOf(path), nameOf(withoutNoteEnding(path))])].map((name) => ({ name, path })),
    );
  return Map.groupBy(named, ({ name }) => name);
}

/**
 * Finds a file by its name, as Obsidian does: with any folders before the name, and without the extension of a note. Of
 * several files, the one at exactly this path wins, then the one beside the note, then the one with the shortest path.
 */
export function findByName(index: NameIndex, name: string, notePath: string): string | undefined {
  const wanted = fold(name.replace(/^(?:\.{0,2}\/)+/, ''));
  const named = (index.get(nameOf(wanted)) ?? []).map(({ path }) => path);
  const found = named.filter((path) =>
    [path, withoutNoteEnding(path)].some((known) => `/${fold(known)}`.endsWith(`/${wanted}`)),
  );
  const exact = found.find((path) => [path, withoutNoteEnding(path)].some((known) => fold(known) === wanted));
  const folder = notePath.slice(0, notePath.lastIndexOf('/') + 1);
  return exact ?? found.find((path) => path.slice(0, path.lastIndexOf('/') + 1) === folder) ?? found[0];
}

function nameOf(path: string): string {
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
