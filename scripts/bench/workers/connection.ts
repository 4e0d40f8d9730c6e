import { once } from 'node:events';
import { connect } from 'node:net';

/** A kept-alive HTTP/1.1 connection. */
export interface Connection {
  /** Sends a request and waits for the whole response; returns its length in bytes. One at a time. */
  exchange(request: Buffer, status: number): Promise<number>;
  close(): void;
}

export async function openConnection(port: number): Promise<Connection> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  await once(socket, 'connect');
  let take: (bytes: Buffer) => void = () => {};
  let fail: (error: Error) => void = () => {};
  socket.on('data', (bytes) => take(bytes));
  socket.on('error', (error) => fail(error));
  socket.on('close', () => fail(new Error('Cannot read a response: the connection was closed')));
  return {
    exchange: (request, status) =>
      new Promise((resolve, reject) => {
        const meter = responseMeter(status);
        fail = reject;
        take = (bytes) => {
          try {
            const length = meter(bytes);
            if (length !== undefined) resolve(length);
          } catch (error) {
            reject(error);
          }
        };
        socket.write(request);
      }),
    close: () => socket.destroy(),
  };
}

const END_OF_HEAD = '\r\n\r\n';
const END_OF_LINE = '\r\n';
const BODILESS = [204, 304];

/**
 * Receives the bytes of an HTTP/1.1 response as they arrive; returns the total length once it is complete.
 *
 * @throws Error if the status is different, or more bytes arrive than belong to the response
 */
function responseMeter(status: number): (bytes: Buffer) => number | undefined {
  let held = Buffer.alloc(0);
  let received = 0;
  let length: number | undefined;
  return (bytes) => {
    received += bytes.length;
    if (length === undefined) {
      held = Buffer.concat([held, bytes]);
      length = responseLength(held, status);
    }
    if (length !== undefined && received > length)
      throw new Error('Cannot measure a response: it is too long');
    return received === length ? length : undefined;
  };
}

/** The length of a response, derived from its first bytes (RFC 9112 §6.3); undefined if it is not known yet. */
function responseLength(bytes: Buffer, wanted: number): number | undefined {
  const endOfHead = bytes.indexOf(END_OF_HEAD);
  if (endOfHead < 0) return undefined;
  const head = bytes.toString('latin1', 0, endOfHead);
  const body = endOfHead + END_OF_HEAD.length;
  const status = Number(head.split(' ', 2)[1]);
  if (status !== wanted) throw new Error(`Cannot measure a response of status ${status}: expected ${wanted}`);
  if (BODILESS.includes(status)) return body;
  const length = /^content-length: *(\d+)/im.exec(head)?.[1];
  return length === undefined ? endOfChunks(bytes, body) : body + Number(length);
}

/** RFC 9112 §7.1, without trailer fields. */
function endOfChunks(bytes: Buffer, start: number): number | undefined {
  for (let at = start; ; ) {
    const line = bytes.indexOf(END_OF_LINE, at);
    if (line < 0) return undefined;
    const size = Number.parseInt(bytes.toString('latin1', at, line), 16);
    at = line + END_OF_LINE.length + size + END_OF_LINE.length;
    if (at > bytes.length) return undefined;
    if (size === 0) return at;
  }
}
