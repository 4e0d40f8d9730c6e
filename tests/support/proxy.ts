import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Exchange {
  readonly path: string;
  readonly requestHeaders: NodeJS.Dict<string | string[]>;
  readonly status: number;
}

export interface RecordingProxy {
  readonly origin: string;
  /** The exchanges so far. */
  readonly exchanges: readonly Exchange[];
  /** Forwards to another server from now on. */
  readonly turnTo: (target: URL) => void;
  readonly close: () => void;
}

/** Forwards all requests to a local server and records them. */
export async function recordingProxy(first: URL): Promise<RecordingProxy> {
  let target = first;
  const exchanges: Exchange[] = [];
  const server = createServer((incoming, outgoing) => {
    const { method, url: path = '/', headers } = incoming;
    incoming.pipe(
      request({ host: target.hostname, port: target.port, method, path, headers }, (response) => {
        const status = response.statusCode ?? 0;
        exchanges.push({ path, requestHeaders: headers, status });
        outgoing.writeHead(status, response.headers);
        response.pipe(outgoing);
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a server that listens on a port has one
  return {
    origin: `http://127.0.0.1:${port}`,
    exchanges,
    turnTo(next) {
      target = next;
    },
    close: () => server.close(),
  };
}
