import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a document says of itself in its front matter, by its number from the oldest. */
export interface Documents {
  readonly count: number;
  readonly front: (number: number) => Promise<{ readonly title: string; readonly tags: readonly string[] }>;
}

/** The documents of a folder that `writeDocuments` wrote. */
export async function readDocuments(folder: string): Promise<Documents> {
  const names = await readdir(folder, { recursive: true });
  const paths = names.filter((name) => name.endsWith('.md')).sort();
  return {
    count: paths.length,
    async front(number) {
      const text = await readFile(join(folder, paths[number] ?? ''), 'utf8');
      const title: string = JSON.parse(/^title: (".*")$/m.exec(text)?.[1] ?? '');
      return { title, tags: /^tags: \[(.*)\]$/m.exec(text)?.[1]?.split(', ') ?? [] };
    },
  };
}
