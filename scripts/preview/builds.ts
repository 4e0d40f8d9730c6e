import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { paths } from '../../src/routes.ts';

/** What a build has made, for the worker of a preview. */
export interface Built {
  /** Where what is published beside the worker lies. */
  readonly assets: string;
  readonly store: Uint8Array<ArrayBuffer>;
  /** No other build has it. */
  readonly number: number;
}

const PARTS = paths.part.replace(':digest', '');

/** Answers the worker: with the store, or with a part of it that is published beside the worker. */
export async function answerWorker(request: Request, built: Built | undefined): Promise<Response> {
  if (built === undefined)
    return new Response('There is nothing to show: the terminal says why.\n', { status: 503 });
  const { pathname } = new URL(request.url);
  if (pathname.startsWith(PARTS)) {
    const part = await readFile(join(built.assets, pathname)).catch(() => undefined);
    return part === undefined ? new Response(null, { status: 404 }) : new Response(part);
  }
  const tag = `"${built.number}"`;
  if (request.headers.get('if-none-match') === tag) return new Response(null, { status: 304 });
  return new Response(built.store, { headers: { ETag: tag } });
}
