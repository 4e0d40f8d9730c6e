import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, onTestFinished } from 'vitest';

/** Creates a temporary folder with files; the caller removes it. */
export async function temporaryFolder(
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'tidings-'));
  await writeFiles(path, files);
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

export async function writeFiles(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
}

/** Creates a folder with files, which is removed once the test that calls this has ended. */
export async function testFolder(files: Readonly<Record<string, string | Uint8Array>> = {}): Promise<string> {
  const { path, remove } = await temporaryFolder(files);
  onTestFinished(remove);
  return path;
}

/** Returns paths that do not exist, in a folder that is removed after all tests of the file that calls this. */
export function useNewPaths(): () => string {
  let root: { path: string; remove: () => Promise<void> };
  let counter = 0;
  beforeAll(async () => {
    root = await temporaryFolder({});
  });
  afterAll(() => root.remove());
  return () => join(root.path, String(counter++));
}
