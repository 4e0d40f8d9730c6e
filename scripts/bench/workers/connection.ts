import { once } from 'node:events';
import { connect } from 'node:net';
import { responseMeter } from './response.ts';

/** A kept-alive HTTP/1.1 connection. */
export interface Connection {
  /** Sends a request and waits for the whole response; gives its length in bytes. One at a time. */
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
