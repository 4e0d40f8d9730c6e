import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');

/** What each module may import besides itself, in order: none imports one that stands below it. Types count too. */
const ARROWS: Readonly<Record<string, string>> = {
  article: '',
  locale: '',
  strings: '',
  package: '',
  facets: 'article locale strings',
  config: 'article package strings',
  routes: 'article facets strings',
  templates: 'article',
  html: 'package strings templates',
  store: 'article config facets templates',
  search: 'store templates',
  media: '',
  documents: 'article config html locale media package strings templates',
  import: 'article config documents package strings',
  identity: 'article documents',
  corpus: 'article config documents facets html identity locale media routes strings templates',
  articles: 'article config corpus documents html locale strings',
  feeds: 'article config facets locale routes store templates',
  pages: 'article config facets html locale package routes search store strings templates',
  pictures: 'config pages routes',
  'text-formats': 'article config facets html package routes strings templates',
  http: 'article routes store templates',
  app: 'article config facets feeds http pages routes search store templates text-formats',
  worker: 'app routes store',
  pipeline:
    'app article articles config corpus documents facets feeds html identity import locale media package pages pictures routes search store strings templates text-formats',
  preview: 'app config package pipeline routes store',
  check: 'article config package pipeline preview routes',
  cli: 'check config import package pipeline preview',
};

function allowedImports(room: string): string[] {
  return (ARROWS[room] ?? '').split(' ').filter((name) => name !== '');
}

/** Modules that run on the publisher's machine only. */
const BUILD_ONLY: ReadonlySet<string> = new Set(
  'documents identity import media articles corpus pictures pipeline preview check package cli'.split(' '),
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

function roomOf(path: string): string {
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

describe('the house', () => {
  test('has the rooms that are drawn, and imports go only where the arrows point', () => {
    expect(new Set(sources.map(({ path }) => roomOf(path)))).toEqual(new Set(Object.keys(ARROWS)));
    for (const [path, imports] of graph) {
      for (const target of imports) {
        const [from, to] = [roomOf(path), roomOf(target)];
        expect(from === to || allowedImports(from).includes(to), `${path} imports ${target}`).toBe(true);
      }
    }
  });

  test('is drawn from the top down, so no modules form a circle', () => {
    const rooms = Object.keys(ARROWS);
    for (const [index, room] of rooms.entries())
      expect(rooms.slice(0, index), room).toEqual(expect.arrayContaining(allowedImports(room)));
  });

  test('has no circle', () => {
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

  test('keeps the platform at the door: Node only where documents become a store, Hono only in the app', () => {
    for (const { path, text } of sources) {
      for (const specifier of importsOf(text)) {
        if (specifier.startsWith('node:')) expect([...BUILD_ONLY], path).toContain(roomOf(path));
        if (specifier === 'hono') expect(roomOf(path)).toBe('app');
        if (specifier.startsWith('cloudflare:')) expect(['worker.ts', 'preview/worker.ts']).toContain(path);
        if (specifier === 'feed') expect(roomOf(path)).toBe('feeds');
      }
    }
  });

  test('brings no document parser into the worker', () => {
    const reached = new Set<string>();
    const reach = (path: string): void => {
      if (reached.has(path)) return;
      reached.add(path);
      for (const target of graph.get(path) ?? []) reach(target);
    };
    reach('worker.ts');
    expect([...reached].filter((path) => BUILD_ONLY.has(roomOf(path)))).toEqual([]);
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

  test('knows paths in one file', () => {
    for (const { path, text } of sources) {
      // What the checker asks of any site holds hostile addresses.
      if (path === 'routes/paths.ts' || path === 'check/http.ts') continue;
      expect(text, path).not.toMatch(/['"`]\/(?:articles|rss|atom|feed)\b/);
    }
  });

  test('keeps time, chance and the network out of the core', () => {
    for (const { path, text } of sources) {
      // The scripts of pages run in browsers.
      if (ENTRIES.has(roomOf(path)) || path === 'pages/scripts.ts') continue;
      expect(text, path).not.toMatch(
        /Date\.now|new Date\(\)|Math\.random|randomUUID|(?<![-\w])process\.|\bfetch\(/,
      );
    }
  });

  test('has no drawer for everything', () => {
    for (const { path } of sources) expect(path).not.toMatch(/utils?|helpers?|common|misc|(?:^|\/)index\./);
  });
});
