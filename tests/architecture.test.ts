import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');

/** What each directory or file of `src` may import besides itself, the lowest layer first. Types count too. */
const LAYERS: Readonly<Record<string, string>> = {
  article: '',
  memo: '',
  locale: 'memo',
  strings: 'memo',
  json: 'memo',
  package: 'memo',
  facets: 'article locale strings',
  config: 'article json locale memo package strings',
  routes: 'article facets memo strings',
  templates: 'article',
  html: 'memo package strings templates',
  store: 'article config facets memo templates',
  search: 'store strings templates',
  media: '',
  language: 'locale memo package strings',
  dates: 'memo strings',
  documents: 'article config dates html json language locale media memo package strings templates',
  import: 'article config documents json locale memo package strings',
  identity: 'article documents json memo strings',
  corpus:
    'article config documents facets html identity json language locale media memo routes strings templates',
  articles: 'article config corpus dates documents html language locale strings',
  feeds: 'article config facets locale routes store strings templates',
  pages: 'article config facets html locale memo package routes search store strings templates',
  pictures: 'config pages routes',
  'text-formats': 'article config facets html locale package routes strings templates',
  http: 'article routes store templates',
  app: 'article config facets feeds http memo pages routes search store strings templates text-formats',
  worker: 'app routes store',
  pipeline:
    'app article articles config corpus documents facets feeds html identity import locale media memo package pages pictures routes search store strings templates text-formats',
  preview: 'app config memo package pipeline routes store',
  check: 'article config json memo package pipeline preview routes strings',
  cli: 'check config import package pipeline preview',
};

function allowedImports(name: string): string[] {
  return (LAYERS[name] ?? '').split(' ').filter((each) => each !== '');
}

/** Layers that run on the publisher's machine only. */
const BUILD_ONLY: ReadonlySet<string> = new Set(
  'dates documents identity import media articles corpus pictures pipeline preview check package cli'.split(
    ' ',
  ),
);
/** Entries and commands: the clock and the environment come in here and are parameters everywhere else. */
const ENTRIES: ReadonlySet<string> = new Set(['worker', 'pipeline', 'preview', 'check', 'cli']);

const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => ({ path, text: readFileSync(join(ROOT, 'src', path), 'utf8') }));

function importsOf(text: string): string[] {
  return [
    ...text.matchAll(/^(?:import|export)\b[^'";]*?from '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gms),
  ].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}

function layerOf(path: string): string {
  return path.split('/')[0]?.replace(/(\.d)?\.ts$/, '') ?? '';
}

const graph = new Map(
  sources.map(({ path, text }) => [
    path,
    importsOf(text)
      .filter((specifier) => specifier.startsWith('.'))
      .map((specifier) => relative(join(ROOT, 'src'), join(ROOT, 'src', dirname(path), specifier))),
  ]),
);

describe('the architecture', () => {
  test('has the layers that are listed, and each imports only what it may', () => {
    expect(new Set(sources.map(({ path }) => layerOf(path)))).toEqual(new Set(Object.keys(LAYERS)));
    for (const [path, imports] of graph) {
      for (const target of imports) {
        const [from, to] = [layerOf(path), layerOf(target)];
        expect(from === to || allowedImports(from).includes(to), `${path} imports ${target}`).toBe(true);
      }
    }
  });

  test('is listed from the lowest layer up, so no layers form a cycle', () => {
    const layers = Object.keys(LAYERS);
    for (const [index, layer] of layers.entries())
      expect(layers.slice(0, index), layer).toEqual(expect.arrayContaining(allowedImports(layer)));
  });

  test('has no cycle', () => {
    const done = new Set<string>();
    const visit = (path: string, trail: readonly string[]): void => {
      expect(trail, `${trail.join(' → ')} → ${path}`).not.toContain(path);
      if (done.has(path)) return;
      for (const target of graph.get(path) ?? []) visit(target, [...trail, path]);
      done.add(path);
    };
    for (const path of graph.keys()) visit(path, []);
    expect(done.size).toBe(sources.length);
  });

  test('imports Node only at build, and Hono only in the app', () => {
    for (const { path, text } of sources) {
      for (const specifier of importsOf(text)) {
        if (specifier.startsWith('node:')) expect([...BUILD_ONLY], path).toContain(layerOf(path));
        if (specifier === 'hono') expect(layerOf(path)).toBe('app');
        if (specifier.startsWith('cloudflare:')) expect(['worker.ts', 'preview/worker.ts']).toContain(path);
        if (specifier === 'feed') expect(layerOf(path)).toBe('feeds');
      }
    }
  });

  test('has no document parser in the worker', () => {
    const reached = new Set<string>();
    const reach = (path: string): void => {
      if (reached.has(path)) return;
      reached.add(path);
      for (const target of graph.get(path) ?? []) reach(target);
    };
    reach('worker.ts');
    expect([...reached].filter((path) => BUILD_ONLY.has(layerOf(path)))).toEqual([]);
    expect(reached.size).toBeGreaterThan(15);
  });

  test('loads parsers in the threads of a build only, unless it has none', () => {
    const texts = new Map(sources.map(({ path, text }) => [path, text]));
    const reached = new Set<string>();
    const reach = (path: string): void => {
      if (reached.has(path)) return;
      reached.add(path);
      const loaded = (texts.get(path) ?? '').replace(
        /^(?:import|export) type\b[^;]*;|\bimport\('[^']+'\)/gm,
        '',
      );
      for (const specifier of importsOf(loaded).filter((each) => each.startsWith('.')))
        reach(relative(join(ROOT, 'src'), join(ROOT, 'src', dirname(path), specifier)));
    };
    reach('pipeline/command.ts');
    expect(reached).not.toContain('pipeline/build.ts');
    reach('pipeline/build.ts');
    expect(reached).toContain('corpus/collect.ts');
    expect(reached).not.toContain('documents/parse.ts');
    expect(reached).not.toContain('html/parse.ts');
  });

  test('defines paths in one file', () => {
    for (const { path, text } of sources) {
      // What the checker asks of any site holds hostile addresses.
      if (path === 'routes/paths.ts' || path === 'check/http.ts') continue;
      expect(text, path).not.toMatch(/['"`]\/(?:articles|rss|atom|feed)\b/);
    }
  });

  test('has no clock, randomness or network in the core', () => {
    for (const { path, text } of sources) {
      // The scripts of pages run in browsers.
      if (ENTRIES.has(layerOf(path)) || path === 'pages/scripts.ts') continue;
      expect(text, path).not.toMatch(
        /Date\.now|new Date\(\)|Math\.random|randomUUID|(?<![-\w])process\.|\bfetch\(/,
      );
    }
  });

  test('has no directory or file for everything', () => {
    for (const { path } of sources) expect(path).not.toMatch(/utils?|helpers?|common|misc|(?:^|\/)index\./);
  });
});
