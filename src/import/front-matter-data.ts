import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { FrontMatterDefaults, Generator, Permalink } from '../config/generator.ts';
import { parseData } from './configuration-values.ts';

const MAX_BYTES = 100_000;
const DATA = /^(.+?)(?:\.11tydata)?\.json$/;
const LUME_DATA = /^_data\.(?:json|ya?ml)$/;

/** Data files of Eleventy that are scripts, which are never executed. */
export const SCRIPT_DATA = /\.11tydata\.[cm]?[jt]s$/;

/** Adds the front matter that other files give to documents. */
export function withFrontMatterData(generator: Generator | undefined, folder: string): Generator | undefined {
  switch (generator?.name) {
    case 'Eleventy':
    case 'Lume':
      return withFolderData(generator, folder);
    case 'Substack':
      return { ...generator, defaults: substackPosts(generator, folder) };
    default:
      return generator;
  }
}

/** The data for folders and documents: `posts/posts.json` and `posts/a.11tydata.json`, in Lume `posts/_data.yml`. */
function withFolderData(generator: Generator, folder: string): Generator {
  const found: FrontMatterDefaults[] = [];
  const waiting = [''];
  for (let parent = waiting.pop(); parent !== undefined; parent = waiting.pop()) {
    const entries = readdirSync(join(folder, parent), { withFileTypes: true });
    const others = entries.filter(({ name }) => !DATA.test(name));
    const stems = new Set(others.map(({ name }) => name.replace(/\.[^.]+$/, '')));
    for (const entry of entries) {
      const isOfLume = generator.name === 'Lume' && LUME_DATA.test(entry.name);
      if (/^[._]|^node_modules$/.test(entry.name) && !isOfLume) continue;
      if (entry.isDirectory()) waiting.push(`${parent}${entry.name}/`);
      const stem = DATA.exec(entry.name)?.[1];
      if ((stem === undefined && !isOfLume) || !entry.isFile()) continue;
      const isOfFolder = isOfLume || stem === basename(resolve(folder, parent));
      const isOfDocument = !isOfFolder && (entry.name.includes('.11tydata.') || stems.has(stem ?? ''));
      const values = isOfFolder || isOfDocument ? readMap(join(folder, parent, entry.name)) : undefined;
      if (values === undefined) continue;
      const scope = generator.prefix + parent + (isOfFolder ? '' : stem);
      found.push({ scope, values, addsTags: true, file: parent + entry.name });
    }
  }
  const defaults = found.toSorted((a, b) => depth(a) - depth(b) || (a.scope < b.scope ? -1 : 1));
  return {
    ...generator,
    defaults: [...generator.defaults, ...defaults],
    permalinks: [...defaults.flatMap((each) => permalinkIn(each, generator)), ...generator.permalinks],
  };
}

/** The list of posts that Substack exports; those that are not published for everybody are drafts. */
function substackPosts({ file, prefix }: Generator, folder: string): FrontMatterDefaults[] {
  const root = resolve(
    folder,
    ...prefix
      .split('/')
      .slice(0, -1)
      .map(() => '..'),
  );
  const [header = [], ...rows] = parseCsv(readFileSync(join(root, file), 'utf8'));
  return rows.flatMap((row): FrontMatterDefaults[] => {
    const post = Object.fromEntries(header.map((name, index) => [name, row[index] ?? '']));
    const { post_id: id = '', post_date: date, title, subtitle, is_published: isPublished, audience } = post;
    if (id === '') return [];
    const values = {
      ...(title && { title }),
      ...(date && { date }),
      ...(subtitle && { description: subtitle }),
      slug: id.replace(/^\d+\./, ''),
      ...((isPublished !== 'true' || audience !== 'everyone') && { draft: true }),
    };
    return [{ scope: `posts/${id}`, values: JSON.stringify(values), addsTags: false }];
  });
}

/** RFC 4180. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text
    .replace(/^\uFEFF/, '')
    .matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end !== ',') rows.push([]);
  }
  return rows.filter((row) => row.length > 1);
}

/** What the variables and filters of templates come to, in the notation of patterns. */
const VARIABLES: readonly (readonly [RegExp, string])[] = [
  [/^page\.fileSlug$/, ':title'],
  [/^page\.filePathStem$/, ':path'],
  [/^title\b/, ':post_title'],
  [/^slug\b/, ':slug'],
  [/^(?:page\.)?date\b.*%Y\W+%m\W+%d/, ':year/:month/:day'],
  [/^(?:page\.)?date\b.*%Y\W+%m/, ':year/:month'],
  [/^(?:page\.)?date\b.*(?:%Y|yyyy)/, ':year'],
  [/^(?:page\.)?date\b.*%m/, ':month'],
  [/^(?:page\.)?date\b.*%d/, ':day'],
];

/** The pattern of the addresses of a folder, if it has only variables that are known. */
function permalinkIn({ scope, values }: FrontMatterDefaults, { contentRoots }: Generator): Permalink[] {
  const { permalink } = JSON.parse(values) as { readonly permalink?: unknown };
  if (typeof permalink !== 'string' || !permalink.includes('{{')) return [];
  const pattern = permalink.replace(/\{\{([^{}]*)\}\}/g, (whole, code: string) => {
    const expression = code.replace(/^-|-$/g, '').trim();
    return VARIABLES.find(([form]) => form.test(expression))?.[1] ?? whole;
  });
  if (pattern.includes('{')) return [];
  const root = contentRoots.find((each) => scope.startsWith(each)) ?? '';
  const [section = ''] = scope.slice(root.length).split('/');
  return [section === '' ? { pattern } : { section, pattern }];
}

/** Of a folder, before its documents. */
function depth({ scope }: FrontMatterDefaults): number {
  return scope.split('/').length + (scope === '' || scope.endsWith('/') ? 0 : 0.5);
}

/** A small map in JSON; undefined for anything else. */
function readMap(path: string): string | undefined {
  try {
    const text = readFileSync(path, 'utf8');
    const value = text.length > MAX_BYTES ? undefined : parseData(path, text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? JSON.stringify(value)
      : undefined;
  } catch {
    return undefined;
  }
}
