import { CORS_HEADERS } from '../http/headers.ts';
import { evaluatePreconditions, matchesStrongly } from '../http/validators.ts';
import { mediaDigest, recordingPart, spellPath } from '../routes/paths.ts';
import { RECORDING_PART } from '../store/budget.ts';
import { StoreError } from '../store/integrity.ts';
import type { Recording } from '../store/metadata.ts';
import { handleMissing } from './articles.ts';
import type { RequestContext } from './request-context.ts';

/**
 * A recording, or a range of its bytes (RFC 9110 §14): Apple's players need ranges, and Cloudflare sends its files only
 * as a whole. All other media are files.
 */
export async function handleRecording(context: RequestContext): Promise<Response> {
  const { request, snapshot, url, now } = context;
  const address = spellPath(new URL(url).pathname);
  const recording = snapshot.store.site.recordings?.[address];
  if (recording === undefined) return handleMissing(context);
  const { type, length } = recording;
  const etag = `"${mediaDigest(address)}"`;
  const headers = {
    ...CORS_HEADERS,
    'Accept-Ranges': 'bytes',
    'Access-Control-Expose-Headers': 'Accept-Ranges, Content-Range, ETag',
    'Cache-Control': 'public, max-age=31536000, immutable',
    // A browser that opens a recording shows its own player, which a sandbox would block.
    'Content-Security-Policy': "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'",
    ETag: etag,
    'X-Content-Type-Options': 'nosniff',
  };
  const precondition = evaluatePreconditions(request.headers, { etag, lastModified: undefined }, now);
  if (precondition !== 'proceed')
    return new Response(null, { status: precondition === 'failed' ? 412 : 304, headers });
  const content = { ...headers, 'Content-Type': type };
  // Only GET has ranges (§14.2).
  if (request.method === 'HEAD')
    return new Response(null, { headers: { ...content, 'Content-Length': String(length) } });
  const ifRange = request.headers.get('if-range');
  const isSame = ifRange === null || matchesStrongly(ifRange, etag);
  const range = isSame ? parseRange(request.headers.get('range') ?? '', length) : undefined;
  if (range === 'unsatisfiable')
    return new Response(null, { status: 416, headers: { ...headers, 'Content-Range': `bytes */${length}` } });
  const { start, end } = range ?? { start: 0, end: length };
  const body = await openRange(context, address, recording, { start, end });
  if (range === undefined) return new Response(body, { headers: content });
  return new Response(body, {
    status: 206,
    headers: { ...content, 'Content-Range': `bytes ${start}-${end - 1}/${length}` },
  });
}

/** The bytes from `start` up to, but not including, `end`. */
interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** @returns undefined for several ranges and what is no range, which a server may ignore */
function parseRange(field: string, length: number): ByteRange | 'unsatisfiable' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/i.exec(field.trim()) ?? [];
  if (first === '' && last === '') return undefined;
  const start = first === '' ? Math.max(0, length - Number(last)) : Number(first);
  const end = first === '' || last === '' ? length : Math.min(Number(last) + 1, length);
  if (first !== '' && last !== '' && Number(last) < start) return undefined;
  return start < length ? { start, end } : 'unsatisfiable';
}

/** @throws StoreError if the first part is missing; if a later one is, the stream breaks off */
async function openRange(
  { openAsset }: RequestContext,
  address: string,
  { length }: Recording,
  { start, end }: ByteRange,
): Promise<ReadableStream> {
  const open = async (at: number): Promise<ReadableStream<Uint8Array>> => {
    const name = recordingPart(address, Math.floor(at / RECORDING_PART));
    const part = await openAsset?.(name);
    if (part === undefined) throw new StoreError(`Cannot read ${name} of ${address}: there is none`);
    return part;
  };
  const first = await open(start);
  // With a known length, the response has `Content-Length`.
  const { readable, writable } = new FixedLengthStream(end - start);
  const send = async (): Promise<void> => {
    for (let at = start; at < end; ) {
      const part = at === start ? first : await open(at);
      const partStart = at - (at % RECORDING_PART);
      const partEnd = Math.min(partStart + RECORDING_PART, length);
      // Whole parts are passed on without being read.
      if (at === partStart && partEnd <= end) await part.pipeTo(writable, { preventClose: true });
      else {
        const bytes = new Uint8Array(await new Response(part).arrayBuffer());
        const writer = writable.getWriter();
        await writer.write(bytes.subarray(at - partStart, end - partStart));
        writer.releaseLock();
      }
      at = partEnd;
    }
    await writable.close();
  };
  send().catch(async (error: unknown) => {
    if (error instanceof StoreError) console.error(error.message);
    // Most often the client has gone.
    await writable.abort(error).catch(() => {});
  });
  return readable;
}
