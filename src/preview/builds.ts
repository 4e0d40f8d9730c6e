import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type * as Miniflare from 'miniflare';
import { paths } from '../routes/paths.ts';

/** What a build has made, for the worker of a preview. */
export interface Built {
  /** The folder of what is published outside the worker. */
  readonly assets: string;
  readonly store: Uint8Array<ArrayBuffer>;
  /** No other build has it. */
  readonly number: number;
}

const PARTS = paths.part.replace(':digest', '');

/** Answers the worker: with the store, unless it has it already, or with a part of it that is a static asset. */
export async function handleWorkerRequest(
  { url, headers }: Miniflare.Request,
  built: Built | undefined,
  { Response }: Pick<typeof Miniflare, 'Response'>,
): Promise<Miniflare.Response> {
  if (built === undefined)
    return new Response('There is nothing to show: the terminal says why.\n', { status: 503 });
  const { pathname } = new URL(url);
  if (pathname.startsWith(PARTS)) {
    const part = await readFile(join(built.assets, pathname)).catch(() => undefined);
    return part === undefined ? new Response(null, { status: 404 }) : new Response(part);
  }
  const tag = `"${built.number}"`;
  if (headers.get('if-none-match') === tag) return new Response(null, { status: 304 });
  return new Response(built.store, { headers: { ETag: tag } });
}
