import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bundle } from './bundle.ts';
import { type Pinning, pin } from './pin.ts';
import { type ServeOptions, type Server, serve } from './serve.ts';

/** Where workers are made and served. */
export interface BenchEnvironment {
  readonly folder: string;
  /** From now on, this process and the workers that are served have a core each; tells whether that can be had. */
  readonly pin: () => boolean;
  readonly serve: (made: Bundle, options?: ServeOptions) => Promise<Server>;
}

/** Lends a stand, and clears it away however its use ends. */
export async function withBenchEnvironment<Result>(
  use: (environment: BenchEnvironment) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'tidings-bench-'));
  const servers: Server[] = [];
  let pinning: Pinning | undefined;
  const clear = (): void => {
    for (const server of servers.splice(0)) server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', clear);
  try {
    return await use({
      folder,
      pin() {
        pinning ??= pin();
        return pinning.launcher.length > 0;
      },
      async serve(made, options) {
        const server = await serve(made, pinning?.launcher ?? [], options);
        servers.push(server);
        return server;
      },
    });
  } finally {
    pinning?.release();
    process.off('exit', clear);
    clear();
  }
}
