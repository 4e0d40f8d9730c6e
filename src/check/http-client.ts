import * as http from 'node:http';
import * as https from 'node:https';
import { buffer } from 'node:stream/consumers';

/** Milliseconds. */
const TIMEOUT = 30_000;

/** Sends requests to a running site over a socket. */
export function createHttpClient({ protocol, hostname, port, origin }: URL): HttpClient {
  const { request, Agent } = protocol === 'https:' ? https : http;
  const agent = new Agent({ keepAlive: true, maxSockets: 8, timeout: TIMEOUT });
  const fetchRaw: HttpClient = (target, headers = {}, method = 'GET') =>
    new Promise((resolve, reject) => {
      const sent = request({
        agent,
        // A URL has an IPv6 address in brackets.
        hostname: hostname.replace(/^\[|\]$/g, ''),
        port,
        path: target,
        method,
        headers: { 'User-Agent': 'Tidings-check', ...headers },
      });
      sent.on('response', (message) => readResponse(message).then(resolve, reject));
      sent.on('timeout', () =>
        sent.destroy(new Error(`no response to ${target} within ${TIMEOUT / 1000} seconds`)),
      );
      sent.on('error', (error) => {
        // The server may close an idle connection just as the client reuses it.
        if (sent.reusedSocket && 'code' in error && error.code === 'ECONNRESET')
          fetchRaw(target, headers, method).then(resolve, reject);
        else reject(new Error(`Cannot reach ${origin}: ${error.message}; expected a running site`));
      });
      sent.end();
    });
  return fetchRaw;
}

async function readResponse(message: http.IncomingMessage): Promise<RawResponse> {
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(message.headersDistinct)) {
    for (const value of values) headers.append(name, value);
  }
  return { status: message.statusCode ?? 0, headers, body: await buffer(message) };
}

/** A response as sent over the wire: content not decoded, redirects not followed. */
export interface RawResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

/** Sends a request. The target is sent verbatim, so it can be one that URL parsers reject or normalize. */
export type HttpClient = (
  target: string,
  headers?: Readonly<Record<string, string>>,
  method?: string,
) => Promise<RawResponse>;

export function bodyText({ body }: RawResponse): string {
  return new TextDecoder().decode(body);
}
