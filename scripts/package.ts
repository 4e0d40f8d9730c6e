import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { LIBRARIES, libraryFile, PACKAGE_ROOT } from '../src/package.ts';
import { DIGEST_FILE } from '../src/pipeline/cache-key.ts';
import { FONT_FILES } from '../src/pipeline/fonts.ts';
import { DRAWING_FILES } from '../src/pipeline/rasterizer.ts';
import { WORKER_BUNDLE } from '../src/preview/serve.ts';

/*
 * `npm pack` runs this before and after it packs. A published package has bundles in place of sources and of most
 * libraries: installing thousands of files takes longer than a build. Its manifest has nothing that only the repository
 * needs.
 */

const SOURCES = join(PACKAGE_ROOT, 'src');
const BUNDLES = join(PACKAGE_ROOT, 'lib');
const LICENSES = join(PACKAGE_ROOT, 'THIRD-PARTY-LICENSES.txt');
const MANIFEST = join(PACKAGE_ROOT, 'package.json');
const CACHE = join(PACKAGE_ROOT, 'node_modules/.cache/package');
const ORIGINAL = join(CACHE, 'package.json');

/** The optional dependency, Node for developers with an older one, would take precedence over the publisher's Node. */
const OF_REPOSITORY = ['scripts', 'devDependencies', 'optionalDependencies', 'allowScripts'];
/** What is compiled for each platform, belongs to wrangler, or is the publisher's choice. */
const EXTERNAL = ['satteri', 'wrangler', 'miniflare', 'esbuild', 'sharp'];

/** The arguments of tsc that make declarations of the sources. */
const DECLARATIONS = ['--noEmit', 'false', '--declaration', '--emitDeclarationOnly'];

const COMMON: BuildOptions = {
  absWorkingDir: PACKAGE_ROOT,
  outbase: SOURCES,
  outdir: BUNDLES,
  bundle: true,
  platform: 'node',
  target: 'node22.18',
  external: EXTERNAL,
  logLevel: 'error',
  metafile: true,
};

/** Makes JSON of a library's data: engines read that several times as fast as a literal of JavaScript. */
const DATA: Plugin = {
  name: 'data',
  setup({ onLoad }) {
    onLoad({ filter: /\/eld\/src\/ngrams\/\w+\.js$/ }, async ({ path }) => {
      const exported: Record<string, unknown> = await import(path);
      const parsed = (value: unknown): string => `JSON.parse(${JSON.stringify(JSON.stringify(value))})`;
      const lines = Object.entries(exported).map(
        ([name, value]) => `export const ${name} = ${parsed(value)};`,
      );
      return { contents: lines.join('\n') };
    });
  },
};

/** @returns the paths of all bundled files, relative to the repository */
async function bundle(): Promise<string[]> {
  const entries = ['cli', 'pipeline/thread', 'pipeline/picture-thread', 'preview/builder'];
  const workers = ['worker', 'preview/worker'];
  const grammars = readdirSync(join(PACKAGE_ROOT, 'node_modules/highlight.js/es/languages'))
    .filter((name) => !name.endsWith('.js.js'))
    .map((name) => `highlight.js/lib/languages/${basename(name, '.js')}`);
  const results = await Promise.all([
    build({
      ...COMMON,
      entryPoints: entries.map((name) => join(SOURCES, `${name}.ts`)),
      format: 'esm',
      splitting: true,
      // As modules, where a library has two forms: bundlers cannot see what the other one requires.
      mainFields: ['module', 'main'],
      chunkNames: 'chunks/[name]-[hash]',
      sourcemap: true,
      // For libraries that are not modules.
      banner: {
        js: "import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);",
      },
    }),
    build({
      ...COMMON,
      ...WORKER_BUNDLE,
      platform: 'browser',
      entryPoints: workers.map((name) => join(SOURCES, `${name}.ts`)),
      sourcemap: true,
    }),
    build({
      ...COMMON,
      entryPoints: [...LIBRARIES, ...grammars].map((name) => ({
        in: fileURLToPath(import.meta.resolve(name)),
        out: join('libraries', name),
      })),
      format: 'cjs',
      outExtension: { '.js': '.cjs' },
      // Text in UTF-8 takes half the space of escapes.
      charset: 'utf8',
      plugins: [DATA],
    }),
  ]);
  return results.flatMap(({ metafile }) => Object.keys(metafile?.inputs ?? {}));
}

async function prepare(): Promise<void> {
  rmSync(BUNDLES, { recursive: true, force: true });
  const inputs = await bundle();
  const command = readFileSync(join(SOURCES, 'bin.js'), 'utf8').replace('./cli.ts', './cli.js');
  writeFileSync(join(BUNDLES, 'bin.js'), command);
  chmodSync(join(BUNDLES, 'bin.js'), 0o755);
  mkdirSync(join(BUNDLES, 'files'));
  const files = [...DRAWING_FILES, ...FONT_FILES];
  for (const name of files) copyFileSync(libraryFile(name), join(BUNDLES, 'files', basename(name)));
  const types = join(CACHE, 'types');
  execFileSync('tsc', [...DECLARATIONS, '--outDir', types], { cwd: PACKAGE_ROOT, stdio: 'inherit' });
  // It imports no other.
  copyFileSync(join(types, 'src/worker.d.ts'), join(BUNDLES, 'worker.d.ts'));
  writeFileSync(join(PACKAGE_ROOT, DIGEST_FILE), `${digestOf(BUNDLES)}\n`);
  writeFileSync(LICENSES, licenses([...inputs, ...files.map((name) => join('node_modules', name))]));
  copyFileSync(MANIFEST, ORIGINAL);
  const manifest: Record<string, unknown> & { dependencies: Record<string, string> } = JSON.parse(
    readFileSync(MANIFEST, 'utf8'),
  );
  for (const key of OF_REPOSITORY) delete manifest[key];
  for (const name of Object.keys(manifest.dependencies))
    if (!EXTERNAL.includes(name)) delete manifest.dependencies[name];
  writeFileSync(MANIFEST, `${JSON.stringify(manifest, undefined, 2)}\n`);
}

function digestOf(folder: string): string {
  const digest = createHash('sha256');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const paths = files.map(({ parentPath, name }) => join(parentPath, name)).sort();
  for (const path of paths) digest.update(readFileSync(path));
  return digest.digest('base64url');
}

/** The licence of each library whose files these are. */
function licenses(files: readonly string[]): string {
  const folders = new Set(files.map(libraryFolder).filter((folder) => folder !== undefined));
  return [...folders].sort().map(licenseOf).join('\n\n');
}

/** @returns the innermost; what a library bundles itself has no manifest */
function libraryFolder(file: string): string | undefined {
  return [...file.matchAll(/node_modules\/(?:@[^/]+\/)?[^/]+/g)]
    .map((match) => join(PACKAGE_ROOT, file.slice(0, match.index), match[0]))
    .findLast((folder) => existsSync(join(folder, 'package.json')));
}

function licenseOf(folder: string): string {
  const { name, version, license }: Record<string, unknown> = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  const file = readdirSync(folder).find((entry) => /^(?:licen[cs]e|copying)\b/i.test(entry));
  const text = file === undefined ? '' : `\n\n${readFileSync(join(folder, file), 'utf8').trim()}`;
  return `## ${name} ${version}: ${license}${text}`;
}

function restore(): void {
  renameSync(ORIGINAL, MANIFEST);
  rmSync(BUNDLES, { recursive: true, force: true });
  rmSync(LICENSES, { force: true });
}

if (process.argv[2] === 'restore') restore();
else await prepare();
