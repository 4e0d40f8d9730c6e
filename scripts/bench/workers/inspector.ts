import type { Server } from './serve.ts';

/** A session with the inspector of a worker. */
export interface Inspector {
  /** Calls a method of the Chrome DevTools Protocol. */
  readonly call: (method: string) => Promise<unknown>;
  readonly close: () => void;
}

/** The name that `serve` gives to the worker. */
const WORKER = 'main';

/** @throws Error if the worker is served without an inspector */
export async function openInspector({ inspector }: Server): Promise<Inspector> {
  const socket = new WebSocket(`ws://127.0.0.1:${inspector}/${WORKER}`);
  const waiting = new Map<number, (result: unknown) => void>();
  socket.addEventListener('message', ({ data }) => {
    const { id, result }: { id?: number; result?: unknown } = JSON.parse(String(data));
    if (id !== undefined) waiting.get(id)?.(result);
  });
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve());
    socket.addEventListener('error', () =>
      reject(new Error('Cannot open an inspector: expected a worker that is inspected')),
    );
  });
  let last = 0;
  return {
    call(method) {
      const id = ++last;
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        socket.send(JSON.stringify({ id, method }));
      });
    },
    close: () => socket.close(),
  };
}
