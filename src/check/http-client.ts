import * as http from 'node:http';
import * as https from 'node:https';
import { buffer } from 'node:stream/consumers';

/** Milliseconds. */
const TIMEOUT = 30_000;

/** Asks a running site over a socket. */
export function createHttpClient({ protocol, hostname, port, origin }: URL): HttpClient {
  const { request, Agent } = protocol === 'https:' ? https : http;
  const agent = new Agent({ keepAlive: true, maxSockets: 8, timeout: TIMEOUT });
  const fetchRaw: HttpClient = (target, headers = {}, method = 'GET') =>
    new Promise((resolve, reject) => {
      const sent = request({
        agent,
        // As a URL has it, an IPv6 address stands in brackets.
        hostname: hostname.replace(/^\[|\]$/g, ''),
        port,
        path: target,
        method,
        headers: { 'User-Agent': 'Tidings-check', ...headers },
      });
      sent.on('response', (message) => readResponse(message).then(resolve, reject));
      sent.on('timeout', () =>
        sent.destroy(new Error(`no answer to ${target} in ${TIMEOUT / 1000} seconds`)),
      );
      sent.on('error', (error) => {
        // The server may close a kept connection at the moment at which it is used again.
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

/** What a server answers, as it comes over the wire: no coding undone, no redirect followed. */
export interface RawResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

/** Asks a site. The target goes out as it is, so that it may be one that no URL parser lets through. */
export type HttpClient = (
  target: string,
  headers?: Readonly<Record<string, string>>,
  method?: string,
) => Promise<RawResponse>;

export function textIn({ body }: RawResponse): string {
  return new TextDecoder().decode(body);
}
