import { isMarkdown, withoutDocumentEnding } from '../documents/kinds.ts';

/** Finds the file that a name means in a note; undefined if there is none. */
export type Vault = (name: string, notePath: string) => string | undefined;

/**
 * Finds files by their names, as Obsidian does: with any folders before the name, and without the extension of a note.
 * Of several, that at this very path from the top is meant, else that beside the note, else that with the shortest path.
 */
export function vaultOf(paths: Iterable<string>): Vault {
  // Most sites never ask.
  let byName: ReadonlyMap<string, readonly string[]> | undefined;
  return (name, notePath) => {
    byName ??= pathsByName(paths);
    const wanted = fold(name.replace(/^(?:\.{0,2}\/)+/, ''));
    const found = (byName.get(nameOf(wanted)) ?? []).filter((path) =>
      [path, withoutEnding(path)].some((known) => `/${fold(known)}`.endsWith(`/${wanted}`)),
    );
    const exact = found.find((path) => [path, withoutEnding(path)].some((known) => fold(known) === wanted));
    const folder = notePath.slice(0, notePath.lastIndexOf('/') + 1);
    return exact ?? found.find((path) => path.slice(0, path.lastIndexOf('/') + 1) === folder) ?? found[0];
  };
}

function pathsByName(paths: Iterable<string>): Map<string, string[]> {
  const byName = new Map<string, string[]>();
  for (const path of [...paths].sort(shorterFirst)) {
    for (const name of new Set([nameOf(path), nameOf(withoutEnding(path))])) {
      const known = byName.get(name);
      if (known === undefined) byName.set(name, [path]);
      else known.push(path);
    }
  }
  return byName;
}

function shorterFirst(one: string, other: string): number {
  return one.length - other.length || (one < other ? -1 : 1);
}

function nameOf(path: string): string {
  return fold(path.slice(path.lastIndexOf('/') + 1));
}

function withoutEnding(path: string): string {
  return isMarkdown(path) ? withoutDocumentEnding(path) : path;
}

function fold(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
