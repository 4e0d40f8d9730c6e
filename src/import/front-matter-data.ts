import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { FrontMatterDefaults, Generator, Permalink } from '../config/generator.ts';
import { attempt } from '../memo.ts';
import { lowerKeys, parseData, rootOf, tableOf } from './configuration-values.ts';

const MAX_BYTES = 100_000;
const DATA = /^(.+?)(?:\.11tydata)?\.json$/;
const LUME_DATA = /^_data\.(?:json|ya?ml)$/;
const QUARTO_DATA = /^_metadata\.ya?ml$/;
const SECTION = /^_index(?:\.[a-z]{2}(?:-[a-z]{2,4})?)?\.(?:md|html|markdown)$/i;

/** Data files of Eleventy that are scripts, which are never executed. */
export const SCRIPT_DATA = /\.11tydata\.[cm]?[jt]s$/;

/** Adds the front matter that other files state for documents. */
export function withFrontMatterData(generator: Generator | undefined, folder: string): Generator | undefined {
  switch (generator?.name) {
    case 'Eleventy':
      return withData(generator, folder, eleventyData);
    case 'Hugo':
      return withData(withCascade(generator, folder), folder, hugoSectionData);
    case 'Lume':
      return withData(generator, folder, (file) => [
        ...(LUME_DATA.test(file.name) ? dataOfFolder(file) : []),
        ...eleventyData(file),
      ]);
    case 'Nikola':
      return withData(generator, folder, nikolaData);
    case 'Quarto':
      return withData(generator, folder, (file) => (QUARTO_DATA.test(file.name) ? dataOfFolder(file) : []));
    case 'Substack':
      return { ...generator, defaults: substackPosts(generator, folder) };
    default:
      return generator;
  }
}

interface DataFile {
  readonly generator: Generator;
  readonly name: string;
  /** Its folder from the folder of documents: empty, or with `/` at the end. */
  readonly parent: string;
  readonly parentName: string;
  /** The names of the other files of its folder, without their endings. */
  readonly stems: ReadonlySet<string>;
  read(): string;
}

type ReadData = (file: DataFile) => readonly FrontMatterDefaults[];

function withData(generator: Generator, folder: string, readData: ReadData): Generator {
  const found: FrontMatterDefaults[] = [];
  const waiting = [''];
  for (let parent = waiting.pop(); parent !== undefined; parent = waiting.pop()) {
    const entries = readdirSync(join(folder, parent), { withFileTypes: true });
    const stems = new Set(
      entries.filter(({ name }) => !DATA.test(name)).map(({ name }) => name.replace(/\.[^.]+$/, '')),
    );
    const parentName = basename(resolve(folder, parent));
    for (const entry of entries) {
      const { name } = entry;
      if (entry.isDirectory() && !/^[._]|^node_modules$/.test(name)) waiting.push(`${parent}${name}/`);
      if (!entry.isFile()) continue;
      const read = (): string => readShort(join(folder, parent, name));
      found.push(...readData({ generator, name, parent, parentName, stems, read }));
    }
  }
  const defaults = found.toSorted((a, b) => depth(a) - depth(b) || (a.scope < b.scope ? -1 : 1));
  return {
    ...generator,
    defaults: [...generator.defaults, ...defaults],
    permalinks: [...defaults.flatMap((each) => permalinkOf(each, generator)), ...generator.permalinks],
  };
}

/** `posts/posts.json` and `posts/a.11tydata.json` */
function eleventyData(file: DataFile): FrontMatterDefaults[] {
  const { name, parentName, stems } = file;
  const stem = /^[._]/.test(name) ? undefined : DATA.exec(name)?.[1];
  if (stem === parentName) return dataOfFolder(file);
  const isOfDocument = stem !== undefined && (name.includes('.11tydata.') || stems.has(stem));
  return isOfDocument ? defaultsOf(file, stem, parseData(name, file.read()), true) : [];
}

function dataOfFolder(file: DataFile): FrontMatterDefaults[] {
  return defaultsOf(file, '', parseData(file.name, file.read()), true);
}

/** The fields in a file of values only, by line. */
const META_NAMES = ['title', 'slug', 'date', 'tags', 'link', 'description', 'type'];

/** `two.meta` beside `two.md`: fields as in the comment at the top of a document, or only their values. */
function nikolaData(file: DataFile): FrontMatterDefaults[] {
  const stem = /^(.+)\.meta$/.exec(file.name)?.[1];
  if (stem === undefined) return [];
  const lines = file.read().split(/\r?\n/);
  const named = lines.flatMap((line) => {
    const [, name, value = ''] = /^\.\. (\w+):(.*)$/.exec(line) ?? [];
    return name === undefined ? [] : [[name, value.trim()] as const];
  });
  const inOrder = META_NAMES.map((name, index) => [name, lines[index]?.trim() ?? ''] as const);
  const values = Object.fromEntries((named.length > 0 ? named : inOrder).filter(([, value]) => value !== ''));
  // Two tags hold a document back.
  const isHidden = /(?:^|,)\s*(?:draft|private)\s*(?:,|$)/i.test(values.tags ?? '');
  return defaultsOf(file, stem, { ...(isHidden && { status: 'draft' }), ...values }, false);
}

/** `cascade` of a section, for everything below it. */
function hugoSectionData(file: DataFile): FrontMatterDefaults[] {
  if (!SECTION.test(file.name)) return [];
  const [, fence, front = ''] = /^\s*(---|\+\+\+)[ \t]*\r?\n([\s\S]*?)\n\1/.exec(file.read()) ?? [];
  const { cascade } = lowerKeys(parseData(fence === '+++' ? 'front.toml' : 'front.yaml', front));
  return cascadesOf(cascade, file.generator).flatMap(({ scope, values }) =>
    defaultsOf(file, scope, values, false),
  );
}

/** `cascade` of the configuration, for the whole site. */
function withCascade(generator: Generator, folder: string): Generator {
  const path = join(rootOf(generator, folder), generator.file);
  const { cascade } = lowerKeys(parseData(generator.file, readShort(path)));
  const defaults = cascadesOf(cascade, generator).map(({ scope = '', values }): FrontMatterDefaults => {
    return { scope, values: JSON.stringify(values), addsTags: false };
  });
  return { ...generator, defaults: [...generator.defaults, ...defaults] };
}

interface Cascade {
  /** From the generator's folder; undefined: the folder of its document. */
  readonly scope: string | undefined;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Values, or a list of values with optional targets. Those for only some kinds or languages are left out. */
function cascadesOf(stated: unknown, { contentRoots }: Generator): Cascade[] {
  return (Array.isArray(stated) ? stated : [stated]).flatMap((each): Cascade[] => {
    const { target, _target, ...values } = tableOf(each);
    const { path = '**', kind = 'page', lang, environment = 'production' } = tableOf(target ?? _target);
    const below = typeof path === 'string' ? /^\{?(.*?)\/?\*\*\}?$/.exec(path)?.[1] : undefined;
    const isForAll = kind === 'page' && lang === undefined && environment === 'production';
    if (below === undefined || /[*?{}]/.test(below) || !isForAll || Object.keys(values).length === 0)
      return [];
    const [root = ''] = contentRoots.slice(-1);
    return [{ scope: below === '' ? undefined : `${root}${below.replace(/^\//, '')}/`, values }];
  });
}

/** Values for a folder, for a document in it, or, if `scope` has a `/`, for another folder. */
function defaultsOf(
  { generator, parent, name }: DataFile,
  scope: string | undefined,
  values: unknown,
  addsTags: boolean,
): FrontMatterDefaults[] {
  if (typeof values !== 'object' || values === null || Array.isArray(values)) return [];
  const whole = scope?.endsWith('/') ? scope : generator.prefix + parent + (scope ?? '');
  return [{ scope: whole, values: JSON.stringify(values), addsTags, file: parent + name }];
}

/** The list of posts that Substack exports; those that are not published for everybody are drafts. */
function substackPosts(generator: Generator, folder: string): FrontMatterDefaults[] {
  const [header = [], ...rows] = parseCsv(
    readFileSync(join(rootOf(generator, folder), generator.file), 'utf8'),
  );
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

/** The variables of patterns that stand for variables and filters of templates. */
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

/** The address pattern of a folder, if all of its variables are known. */
function permalinkOf({ scope, values }: FrontMatterDefaults, { contentRoots }: Generator): Permalink[] {
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

/** Orders the values for a folder before those for its documents. */
function depth({ scope }: FrontMatterDefaults): number {
  return scope.split('/').length + (scope === '' || scope.endsWith('/') ? 0 : 0.5);
}

/** Empty if the file is too long or cannot be read. */
function readShort(path: string): string {
  const text = attempt(() => readFileSync(path, 'utf8')) ?? '';
  return text.length > MAX_BYTES ? '' : text;
}
