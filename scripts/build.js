import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

/*
 * Half of the time that a small build takes is reading our own code. What is imported after this, here and in threads, is
 * read once for all builds. This file alone is not: to strip the types of it, were it TypeScript, would take Node 35 ms.
 */

const folder = join(import.meta.dirname, '../node_modules/.cache/node');
enableCompileCache(folder);
// For threads.
process.env.NODE_COMPILE_CACHE ??= folder;
await import('../src/pipeline/command.ts');
