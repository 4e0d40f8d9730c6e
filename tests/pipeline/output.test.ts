import { existsSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { PublishedFile } from '../../src/corpus/describe-files.ts';
import { outputError } from '../../src/pipeline/files.ts';
import { type Output, openOutput } from '../../src/pipeline/output.ts';
import { partPath } from '../../src/routes/paths.ts';
import { testFolder } from '../support/folder.ts';

test('an output that belongs to somebody else is named with its owner', async () => {
  const folder = await testFolder();
  const denied = Object.assign(new Error(), { code: 'EACCES' });
  const { uid } = statSync(folder);
  expect(outputError(join(folder, 'no/such/file'), denied).message).toContain(
    `/no/such/file: EACCES; expected a writable folder; it belongs to user ${uid}, and this is user `,
  );
});

test('two builds into one folder leave each other what they need', async () => {
  const folder = await testFolder();
  const publish = (output: Output, digest: string): void => {
    output.need(digest);
    output.assets.emit({ digest, bytes: new Uint8Array(Buffer.from(digest)) });
  };
  const isThere = (digest: string): boolean => existsSync(join(folder, 'assets', partPath(digest)));
  const rest = { store: new Uint8Array(1), media: new Map<string, PublishedFile>(), variants: [] };
  const now = Date.now();
  const first = openOutput(folder, now - 3_600_000);
  for (const digest of ['shared', 'old']) publish(first, digest);
  await first.finish(rest, folder);
  for (const digest of ['shared', 'old'])
    utimesSync(join(folder, 'assets', partPath(digest)), now / 1000 - 3600, now / 1000 - 3600);

  const [one, other] = [openOutput(folder, now), openOutput(folder, now + 1000)];
  publish(one, 'shared');
  publish(other, 'new');
  await other.finish(rest, folder);
  expect(['shared', 'old', 'new'].map(isThere)).toEqual([true, false, true]);
  await one.finish(rest, folder);
  expect(['shared', 'new'].map(isThere)).toEqual([true, true]);
});
