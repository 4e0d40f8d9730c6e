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

/** The builds of a preview, as they come. */
export interface Builds {
  /** The last one; undefined if there was none without an error. */
  latest(): Promise<Built | undefined>;
  /** @returns ends it */
  subscribe(listener: (built: Built) => void): () => void;
}

const PARTS = paths.part.replace(':digest', '');
/** What an open page asks for: an event for each build. */
export const EVENTS = '/__tidings/builds';

/**
 * Answers the worker: with the store, unless it has it already, with a part of it that is published beside the worker, or
 * with a stream of events.
 */
export async function handleWorkerRequest(
  { url, headers }: Miniflare.Request,
  builds: Builds,
  { Response }: Pick<typeof Miniflare, 'Response'>,
): Promise<Miniflare.Response> {
  const { pathname } = new URL(url);
  const built = await builds.latest();
  if (pathname === EVENTS)
    return new Response(eventsOf(builds, built), { headers: { 'Content-Type': 'text/event-stream' } });
  if (built === undefined)
    return new Response('There is nothing to show: the terminal says why.\n', { status: 503 });
  if (pathname.startsWith(PARTS)) {
    const part = await readFile(join(built.assets, pathname)).catch(() => undefined);
    return part === undefined ? new Response(null, { status: 404 }) : new Response(part);
  }
  const tag = `"${built.number}"`;
  if (headers.get('if-none-match') === tag) return new Response(null, { status: 304 });
  return new Response(built.store, { headers: { ETag: tag } });
}

/** The number of the last build, and of each that follows. */
function eventsOf(builds: Builds, last: Built | undefined): ReadableStream<Uint8Array> {
  let end = (): void => {};
  return new ReadableStream({
    start(controller) {
      const tell = ({ number }: Pick<Built, 'number'>): void =>
        controller.enqueue(new TextEncoder().encode(`data: ${number}\n\n`));
      tell(last ?? { number: 0 });
      end = builds.subscribe(tell);
    },
    cancel: () => end(),
  });
}
