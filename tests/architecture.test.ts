import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');

/** The house: what each room may import, itself apart. Types count too. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  article: [],
  settings: ['article', 'trim'],
  site: ['settings'],
  slice: ['article', 'trim'],
  routes: ['slice'],
  store: ['article', 'slice'],
  search: ['canonical-html', 'store'],
  'canonical-html': [],
  locale: [],
  later: [],
  trim: [],
  documents: ['article', 'canonical-html', 'locale', 'settings', 'routes', 'later', 'trim', 'store'],
  feeds: ['article', 'slice', 'settings', 'routes', 'store'],
  pages: ['article', 'canonical-html', 'locale', 'slice', 'settings', 'routes', 'search', 'store'],
  pictures: ['settings', 'routes', 'pages'],
  forms: ['article', 'canonical-html', 'slice', 'settings', 'routes', 'later', 'trim', 'store'],
  http: ['article', 'routes', 'store'],
  codec: ['store'],
  render: [
    'article',
    'slice',
    'settings',
    'codec',
    'documents',
    'feeds',
    'forms',
    'pages',
    'search',
    'store',
  ],
  'search-parts': ['codec', 'search', 'store'],
  workshop: ['settings', 'codec', 'documents', 'render', 'search', 'search-parts', 'store'],
  compile: [
    'article',
    'settings',
    'routes',
    'codec',
    'documents',
    'feeds',
    'forms',
    'pages',
    'store',
    'workshop',
  ],
  app: ['article', 'slice', 'settings', 'routes', 'feeds', 'forms', 'pages', 'http', 'search', 'store'],
  worker: ['app', 'routes', 'site', 'store'],
};

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
        expect(from === to || (ARROWS[from] ?? []).includes(to), `${path} imports ${target}`).toBe(true);
      }
    }
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
        if (specifier.startsWith('node:'))
          expect(['documents', 'later', 'codec', 'compile'], path).toContain(roomOf(path));
        if (specifier === 'hono') expect(roomOf(path)).toBe('app');
        if (specifier.startsWith('cloudflare:')) expect(path).toBe('worker.ts');
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
    expect([...reached].filter((path) => path.startsWith('documents/') || path === 'compile.ts')).toEqual([]);
    expect(reached.size).toBeGreaterThan(15);
  });

  test('knows paths in one file', () => {
    for (const { path, text } of sources) {
      if (path !== 'routes.ts') expect(text, path).not.toMatch(/['"`]\/(?:articles|rss|atom|feed)\b/);
    }
  });

  test('keeps time, chance and the network out of the core', () => {
    for (const { path, text } of sources) {
      // The script that a page holds runs elsewhere.
      if (path === 'worker.ts' || path === 'pages/search-script.ts') continue;
      expect(text, path).not.toMatch(/Date\.now|new Date\(\)|Math\.random|randomUUID|process\.|\bfetch\(/);
    }
  });

  test('has no drawer for everything', () => {
    for (const { path } of sources) expect(path).not.toMatch(/utils?|helpers?|common|misc|index/);
  });
});
