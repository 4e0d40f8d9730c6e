import { join } from 'node:path';
import type { TestHarness } from 'wrangler';
import { createHttpClient, type HttpClient } from '../../src/check/http-client.ts';
import { serveBuild } from '../../src/preview/serve.ts';
import { runBuild } from './build.ts';
import { temporaryFolder, writeFiles } from './folder.ts';

/** A publication that is built, and served in workerd as deployed. */
export interface Served {
  /** It may hold more; `close` removes it. */
  readonly folder: string;
  readonly seeds: string;
  readonly out: string;
  readonly url: URL;
  /** Asks over a socket, as feed readers do: nothing is decoded on the way. */
  readonly ask: HttpClient;
  readonly logs: TestHarness['getLogs'];
  readonly build: () => ReturnType<typeof runBuild>;
  readonly close: () => Promise<void>;
}

/** @param args of the build */
export async function serveFiles(
  files: Readonly<Record<string, string | Uint8Array>>,
  { args = [], environment = {} }: { args?: readonly string[]; environment?: Record<string, string> } = {},
): Promise<Served> {
  const { path: folder, remove } = await temporaryFolder({});
  const [seeds, out, cache] = [join(folder, 'seeds'), join(folder, 'out'), join(folder, 'cache')];
  await writeFiles(seeds, files);
  const build: Served['build'] = () =>
    runBuild(['--seeds', seeds, '--out', out, '--cache', cache, ...args], environment);
  const { code, stdout, stderr } = await build();
  if (code !== 0) throw new Error(stdout + stderr);
  const harness = await serveBuild(out);
  const { url } = await harness.listen();
  return {
    ...{ folder, seeds, out, url, build },
    ask: createHttpClient(url),
    logs: () => harness.getLogs(),
    close: () => harness.close().finally(remove),
  };
}
