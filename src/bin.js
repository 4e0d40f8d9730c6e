#!/usr/bin/env node
import { existsSync, readFileSync } from 'node:fs';
import nodeModule from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/*
 * The command `tidings`. This file is JavaScript that old releases of Node can read: they get a message, not a syntax
 * error. It also loads faster: nothing of it has to be stripped before the compile cache is on.
 */

const MINIMUM = [22, 18];
/**
 * Without the first, V8 ends a process with threads now and then, on processors that have such keys. The second keeps the
 * young generation small: an edit among 10 000 documents takes 10 % less CPU.
 */
const FLAGS = ['--no-memory-protection-keys', '--max-semi-space-size=8'];

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < MINIMUM[0] || (major === MINIMUM[0] && minor < MINIMUM[1])) {
  console.error(`Cannot run on Node ${process.versions.node}: expected Node ${MINIMUM.join('.')} or newer`);
  process.exitCode = 1;
} else if (needsFlags()) {
  const args = [...process.execArgv, ...FLAGS, fileURLToPath(import.meta.url), ...process.argv.slice(2)];
  process.execve(process.execPath, [process.execPath, ...args]);
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

function needsFlags() {
  if (major < 24 || process.arch !== 'x64' || process.platform !== 'linux') return false;
  if (process.execArgv.includes(FLAGS[0])) return false;
  try {
    return /^flags\s*:.*\bpku\b/m.test(readFileSync('/proc/cpuinfo', 'latin1'));
  } catch {
    return false;
  }
}
