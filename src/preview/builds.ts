import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type * as Miniflare from 'miniflare';
import { paths } from '../routes/paths.ts';

/** The output of a build, for the worker of a preview. */
export interface Built {
  /** The folder of the external files. */
  readonly assets: string;
  readonly store: Uint8Array<ArrayBuffer>;
  /** Unique to the build. */
  readonly number: number;
}

/** The successive builds of a preview. */
export interface Builds {
  /** The last successful build, if any. */
  latest(): Promise<Built | undefined>;
  /** @returns a function that unsubscribes */
  subscribe(listener: (built: Built) => void): () => void;
}

const PARTS = paths.part.replace(':digest', '');
/** The path of the event stream for open pages: one event per build. */
const EVENTS = '/__tidings/builds';

/**
 * Handles requests of the worker: responds with the store, unless the worker already has it, with an external part of
 * the store, or with a stream of events.
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

/** A stream with the number of the last build and of each later one. */
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
