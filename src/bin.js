#!/usr/bin/env node
import { existsSync } from 'node:fs';
import nodeModule from 'node:module';
import { join } from 'node:path';

/*
 * The command `tidings`. This file is JavaScript that old releases of Node can read: they get a message, not a syntax
 * error. It also loads faster: nothing of it has to be stripped before the compile cache is on.
 */

const MINIMUM = [22, 18];

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < MINIMUM[0] || (major === MINIMUM[0] && minor < MINIMUM[1])) {
  console.error(`Cannot run on Node ${process.versions.node}: expected Node ${MINIMUM.join('.')} or newer`);
  process.exitCode = 1;
} else {
  // Half of the time of a small build is loading our own code.
  const folder = join('node_modules', '.cache', 'tidings', 'node');
  if (existsSync('node_modules')) {
    nodeModule.enableCompileCache(folder);
    // For threads.
    process.env.NODE_COMPILE_CACHE ??= folder;
  }
  const { main } = await import('./cli.ts');
  await main(process.argv.slice(2));
}
