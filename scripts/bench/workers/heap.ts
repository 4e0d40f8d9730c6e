import { expectStatus } from './expect-status.ts';
import { openInspector } from './inspector.ts';
import type { Server } from './serve.ts';

/** `Runtime.getHeapUsage`, in bytes. */
interface Usage {
  readonly usedSize: number;
  readonly embedderHeapUsedSize: number;
  readonly backingStorageSize: number;
}

/**
 * Bytes that the isolate of an inspected worker holds once its garbage is collected: V8's heap, what the runtime keeps
 * beside it, and the contents of buffers.
 *
 * @param path is asked for meanwhile
 */
export async function liveHeap(server: Server, path: string): Promise<number> {
  const { call, close } = await openInspector(server);
  try {
    await call('HeapProfiler.enable');
    let isCollected = false;
    const collected = call('HeapProfiler.collectGarbage').then(() => {
      isCollected = true;
    });
    // The collector has its turn at the end of a request, no sooner.
    while (!isCollected) await expectStatus(server, path);
    await collected;
    const usage = (await call('Runtime.getHeapUsage')) as Usage; // the protocol says so
    return usage.usedSize + usage.embedderHeapUsedSize + usage.backingStorageSize;
  } finally {
    close();
  }
}
