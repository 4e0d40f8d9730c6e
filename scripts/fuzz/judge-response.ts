import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { bodyText, type RawResponse } from '../../src/check/http-client.ts';
import { readXml } from '../../src/check/xml.ts';
import type { FuzzedRequest } from './requests.ts';

const SECRET = /to-come|Hidden\./;
/** The clocks of this machine and of the worker are the same, but a response takes time. */
const MAX_AHEAD = 60_000;

/** Responses of the platform itself: its server, and its server of static files. */
const OF_PLATFORM = [307, 400, 405, 415];

/** Finds faults in the response to a request. */
export function judgeResponse(request: FuzzedRequest, response: RawResponse): string[] {
  const { method } = request;
  const { status, headers, body } = response;
  const faults: string[] = [];
  const want = (isRight: boolean, fault: string): void => {
    if (!isRight) faults.push(fault);
  };
  const requestFields = new Map(
    Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const location = headers.get('location');
  want((status >= 300 && status < 400 && status !== 304) === (location !== null), `Location: ${location}`);
  if (location !== null) want(isWithin(location, requestFields), `leads away, to ${location}`);
  const isOurs = headers.has('access-control-allow-origin');
  if (!isOurs && OF_PLATFORM.includes(status)) return faults;
  want(isOurs, 'no Access-Control-Allow-Origin');
  want(status >= 200 && status < 500, `status ${status}`);
  want(headers.get('set-cookie') === null, 'a cookie');
  want(
    !bodyText(response).includes('evil.example') || isHost(requestFields),
    'says an address of the request',
  );

  const isConditional = requestFields.has('if-none-match') || requestFields.has('if-modified-since');
  want(status !== 304 || isConditional, '304 to a request without a condition');
  want(
    status !== 226 || (requestFields.has('a-im') && headers.get('im') === 'feed'),
    '226 that nobody asked for',
  );
  want(status !== 206, '206');
  const modified = headers.get('last-modified');
  if (modified !== null) want(Date.parse(modified) <= Date.now() + MAX_AHEAD, `Last-Modified: ${modified}`);
  const etag = headers.get('etag');
  if (etag !== null) want(/^(?:W\/)?"[\x21\x23-\x7e]*"$/.test(etag), `ETag: ${etag}`);

  if (method === 'HEAD' || status === 304 || status === 204) {
    want(body.length === 0, 'a body where none may be');
    return faults;
  }
  const decoded = decode(response);
  if (decoded === undefined) return [...faults, `a body that is not ${headers.get('content-encoding')}`];
  if (decoded.length === 0) return faults;
  want(headers.get('x-content-type-options') === 'nosniff', 'no X-Content-Type-Options');
  const type = headers.get('content-type') ?? '';
  const text = bodyText({ ...response, body: decoded });
  want(!SECRET.test(text), 'a scheduled article');
  if (/xml|opml/.test(type) && !/^image/.test(type)) {
    const [issue] = readXml(text).issues;
    want(issue === undefined, `${type}: ${issue?.message}`);
  }
  if (/json/.test(type)) want(isJson(text), `${type} that is not JSON`);
  if (/^text\/html/.test(type)) want(/<\/html>\s*$/.test(text), 'a page that does not end');
  if (/xml|json|html/.test(type) && status !== 404 && !/^image|manifest/.test(type))
    want(Boolean(headers.get('content-security-policy')), `${type} without a policy`);
  return faults;
}

function decode({ headers, body }: RawResponse): Uint8Array | undefined {
  try {
    switch (headers.get('content-encoding') ?? 'identity') {
      case 'identity':
        return body;
      case 'gzip':
        return gunzipSync(body);
      case 'br':
        return brotliDecompressSync(body);
      default:
        return undefined;
    }
  } catch {
    return undefined;
  }
}

function isJson(text: string): boolean {
  try {
    return JSON.parse(text) !== undefined;
  } catch {
    return false;
  }
}

/** Without a pinned URL, the site's origin is that of the request. */
function isHost(requestFields: ReadonlyMap<string, string>): boolean {
  return (requestFields.get('host') ?? '').toLowerCase().includes('evil.example');
}

function isWithin(location: string, requestFields: ReadonlyMap<string, string>): boolean {
  const base = `http://${requestFields.get('host') || 'own.example'}`;
  if (!URL.canParse(location, base) || !URL.canParse(base)) return false;
  const { host, protocol } = new URL(location, base);
  return /^https?:$/.test(protocol) && (host === new URL(base).host || /^127\.0\.0\.1:\d+$/.test(host));
}
