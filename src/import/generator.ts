import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { FrontMatterDefaults, Generator, ListKind, Permalink } from '../config/generator.ts';
import { foldFieldName } from '../documents/front-matter/fields.ts';
import { isObject } from '../json.ts';
import { trimOf } from '../strings.ts';
import { configurationTexts, flatten, lowerKeys, parseData, tableOf } from './configuration-values.ts';
import { GENERATOR_KINDS, type GeneratorKind } from './generator-kinds.ts';

/**
 * The maximum number of folders between the generator's folder and that of the documents, such as `src/content/blog`.
 */
const MAX_ABOVE = 3;
const MAX_BYTES = 1_000_000;
/** Folders of every generator, and of those who publish with one. */
const NEVER_CONTENT = ['node_modules/', 'vendor/bundle/', 'bower_components/'];

/**
 * Detects the generator of a folder of documents by the configuration in it, or above it if the folder is one of the
 * generator's folders of documents. Undefined if there is none.
 */
export function detectGenerator(folder: string): Generator | undefined {
  let root = resolve(folder);
  let prefix = '';
  for (let above = 0; above <= MAX_ABOVE; above++) {
    const found = generatorIn(root, prefix);
    if (found !== undefined) return found;
    prefix = `${basename(root)}/${prefix}`;
    if (dirname(root) === root) return undefined;
    root = dirname(root);
  }
  return undefined;
}

function generatorIn(root: string, prefix: string): Generator | undefined {
  const has = (name: string): boolean => lstatSync(join(root, name), { throwIfNoEntry: false }) !== undefined;
  for (const kind of GENERATOR_KINDS) {
    for (const file of kind.files) {
      const text = readConfiguration(join(root, file));
      if (text === undefined || kind.isIts?.(text, has) === false) continue;
      const generator = describe(kind, file, text, root, prefix);
      if (prefix === '' || isContent(generator, prefix)) return generator;
    }
  }
  return undefined;
}

/** Whether a folder below the generator's has documents. */
function isContent({ contentRoots, permalinks }: Generator, prefix: string): boolean {
  const sections = permalinks.flatMap(({ section }) => (section === undefined ? [] : [`${section}/`]));
  return [...contentRoots, ...sections].some((root) => root.startsWith(prefix) || prefix.startsWith(root));
}

function readConfiguration(path: string): string | undefined {
  try {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    return stat?.isFile() && stat.size <= MAX_BYTES ? readFileSync(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

/** The values of a configuration, by dotted names in lower case. */
type Settings = (...names: readonly string[]) => string | undefined;

function describe(kind: GeneratorKind, file: string, text: string, root: string, prefix: string): Generator {
  const data = kind.name === 'Hugo' ? hugoData(root, file, text) : tableOf(parseData(file, text));
  const stated = kind.name === 'Hugo' ? flatten(data) : configurationTexts(file, text);
  const values = kind.name === 'Eleventy' ? new Map([...eleventyMetadata(root, stated), ...stated]) : stated;
  const settings: Settings = (...names) => names.map((name) => values.get(name)).find((value) => value);
  const url = settings(
    'url',
    'baseurl',
    'base_url',
    'site',
    'siteurl',
    'site_url',
    'sitemetadata.siteurl',
    'website.site-url',
  );
  const address = url !== undefined && URL.canParse(url) ? new URL(url) : undefined;
  const isPath = (value: string | undefined): boolean => value?.startsWith('/') === true;
  const base = [settings('baseurl'), settings('root'), settings('base'), settings('pathprefix')].find(isPath);
  const author = settings(
    'author.name',
    'author',
    'params.author',
    'params.author.name',
    'sitemetadata.author.name',
  );
  const email = settings('author.email', 'email', 'params.author.email', 'params.email');
  const languageRoots = kind.name === 'Hugo' ? hugoLanguageRoots(data) : {};
  const isJekyll = kind.name === 'Jekyll' || kind.name === 'Bridgetown';
  const defaults = isJekyll ? jekyllDefaults(data) : [];
  const { contentRoots, staticRoots, ownFolders } = foldersOf(kind, settings, root);
  const isStarlight = kind.name === 'Astro' && /@astrojs\/starlight/.test(text);
  return {
    name: kind.name,
    file,
    defaults,
    collections: isJekyll ? jekyllCollections(data) : [],
    prefix,
    title: settings(
      'title',
      'sitename',
      'site_name',
      'sitemetadata.title',
      'blog_title',
      'configuration.pagetitle',
      'pagetitle',
      'website.title',
      'book.title',
    ),
    description: settings(
      'description',
      'params.description',
      'tagline',
      'subtitle',
      'site_description',
      'website.description',
      'sitemetadata.description',
    ),
    language: settings(
      'lang',
      'locale',
      'languagecode',
      'defaultcontentlanguage',
      'default_language',
      'language',
      'default_lang',
      'i18n.defaultlocale',
      'defaultlocale',
      'book.language',
    ),
    url: address?.protocol.startsWith('http') ? address.origin : undefined,
    base: trimSlashes(
      base ?? (settings('baseurl', 'base_url', 'siteurl') === url ? (address?.pathname ?? '') : ''),
    ),
    timeZone: settings('timezone'),
    authors: author === undefined ? [] : [{ name: author, ...(email?.includes('@') && { email }) }],
    permalinks: [
      ...permalinksOf(kind, values, settings),
      ...defaults.flatMap(permalinkIn),
      ...(kind.permalinks ?? []),
    ],
    contentRoots: longestFirst([
      ...contentRoots,
      ...Object.keys(languageRoots),
      ...(isStarlight ? ['src/content/docs/'] : []),
    ]),
    languageRoots,
    mounts: mountsOf(kind, values, data, text),
    ...listsOf(kind, values, data),
    ...tagsOf(kind, values, data, root),
    staticRoots,
    ownFolders: [...ownFolders, ...NEVER_CONTENT],
  };
}

/** The data of the site for the templates of Eleventy, such as `_data/metadata.js`. */
function eleventyMetadata(root: string, values: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const input = trimSlashes((values.get('dir.input') ?? '').replace(/^\.\//, ''));
  for (const folder of new Set(['_data', join(input, '_data'), 'src/_data'])) {
    for (const name of ['metadata', 'site', 'meta']) {
      for (const ending of ['js', 'mjs', 'cjs', 'ts', 'json']) {
        const file = join(folder, `${name}.${ending}`);
        const text = readConfiguration(join(root, file));
        if (text !== undefined) return configurationTexts(file, text);
      }
    }
  }
  return new Map();
}

function foldersOf(
  kind: GeneratorKind,
  settings: Settings,
  root: string,
): Pick<Generator, 'contentRoots' | 'staticRoots' | 'ownFolders'> {
  const folder = (...names: readonly string[]): string[] => {
    const stated = settings(...names);
    const path = stated === undefined ? '' : trimSlashes(stated.replace(/^\.\//, ''));
    return path === '' || path === '.' || path.startsWith('..') ? [] : [`${path}/`];
  };
  const content = folder(
    'contentdir',
    'content_dir',
    'dir.input',
    'input',
    'srcdir',
    'docs_dir',
    'path',
    'collections_dir',
  );
  const source = kind.name === 'Hexo' || kind.name === 'Jekyll' ? folder('source_dir', 'source') : [];
  const served = kind.name === 'VitePress' ? content.map((root) => `${root}public/`) : [];
  const fixed = [...folder('staticdir', 'publicdir', 'staticdirectories'), ...served];
  const output = folder(
    'publishdir',
    'destination',
    'public_dir',
    'outdir',
    'dir.output',
    'output_path',
    'project.output-dir',
    'site_dir',
  );
  const templates = [
    ...folder('dir.layouts'),
    ...folder('dir.includes'),
    ...folder('layouts_dir', 'includes_dir', 'layoutdir', 'archetypedir', 'theme_dir'),
    ...(kind.name === 'Obsidian' ? obsidianTemplates(root) : []),
  ];
  return {
    contentRoots: longestFirst([...content, ...source, ...kind.contentRoots]),
    staticRoots: longestFirst([...fixed, ...source, ...kind.staticRoots]),
    ownFolders: longestFirst([...output, ...templates, ...served, ...kind.ownFolders]),
  };
}

function longestFirst(paths: readonly string[]): string[] {
  return [...new Set(paths)].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
}

/** A configuration as its file states it. */
type Data = Readonly<Record<string, unknown>>;

/** The configuration of Hugo, whose parts may be files of their own: `config/_default/permalinks.toml`. */
function hugoData(root: string, file: string, text: string): Data {
  const folder = 'config/_default';
  const parts = namesIn(join(root, folder)).flatMap((name): [string, unknown][] => {
    const [, part, language] = /^(\w+)(?:\.([\w-]+))?\.(?:toml|ya?ml|json)$/.exec(name) ?? [];
    if (part === undefined || (language !== undefined && part !== 'languages')) return [];
    const value = parseData(name, readConfiguration(join(root, folder, name)) ?? '');
    if (/^(?:hugo|config)$/.test(part)) return Object.entries(lowerKeys(value));
    return [[part.toLowerCase(), language === undefined ? value : { [language]: value }]];
  });
  const data: Record<string, unknown> = { ...lowerKeys(parseData(file, text)) };
  for (const [name, value] of parts) {
    data[name] = isObject(value) ? { ...tableOf(data[name]), ...tableOf(value) } : value;
  }
  return data;
}

/** The folders of the documents of each language in Hugo: `languages.fr.contentDir`, or mounts of modules. */
function hugoLanguageRoots({ languages, module }: Data): Record<string, string> {
  const roots: Record<string, string> = {};
  const add = (folder: unknown, language: string): void => {
    if (typeof folder === 'string') roots[`${trimSlashes(folder)}/`] = language.toLowerCase();
  };
  for (const [language, settings] of Object.entries(tableOf(languages)))
    add(lowerKeys(settings).contentdir, language);
  const { mounts } = lowerKeys(module);
  for (const mount of Array.isArray(mounts) ? mounts.map(lowerKeys) : []) {
    if (mount.target === 'content' && typeof mount.lang === 'string') add(mount.source, mount.lang);
  }
  return roots;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

/** `defaults` of Jekyll, which has a type for posts and for each collection. */
function jekyllDefaults({ defaults }: Data): FrontMatterDefaults[] {
  return (Array.isArray(defaults) ? defaults : []).flatMap((each): FrontMatterDefaults[] => {
    const { scope, values } = tableOf(each);
    const { path, type } = tableOf(scope);
    const folder = typeof path === 'string' ? trimSlashes(path) : '';
    if (values === undefined || folder.includes('*') || type === 'pages') return [];
    const section = typeof type === 'string' ? { section: `_${type}` } : {};
    return [{ ...section, scope: folder && `${folder}/`, values: JSON.stringify(values), addsTags: false }];
  });
}

/** The pattern of addresses among defaults. */
function permalinkIn({ section, values }: FrontMatterDefaults): Permalink[] {
  const { permalink } = tableOf(JSON.parse(values));
  if (typeof permalink !== 'string' || !permalink.includes(':')) return [];
  return [section === undefined ? { pattern: permalink } : { section, pattern: permalink }];
}

/** The collections for which Jekyll makes pages, and the names that it includes. */
function jekyllCollections({ collections, include }: Data): string[] {
  const output = Object.entries(tableOf(collections))
    .filter(([, settings]) => tableOf(settings).output === true)
    .map(([name]) => `_${name}`);
  const included = Array.isArray(include) ? include.filter((name) => typeof name === 'string') : [];
  return [...output, ...included.map(trimSlashes).filter((name) => /^_[^/]+$/.test(name))];
}

function obsidianTemplates(root: string): string[] {
  const text = readConfiguration(join(root, '.obsidian/templates.json'));
  const folder = text === undefined ? undefined : configurationTexts('templates.json', text).get('folder');
  return folder === undefined ? [] : [`${trimSlashes(folder)}/`];
}

function permalinksOf(
  kind: GeneratorKind,
  values: ReadonlyMap<string, string>,
  settings: Settings,
): Permalink[] {
  if (kind.name === 'Middleman') {
    const pattern = settings('blog.permalink');
    const prefix = settings('blog.prefix');
    return pattern === undefined
      ? []
      : [{ pattern: `/${trimSlashes(prefix ?? '')}/${trimSlashes(pattern)}` }];
  }
  if (kind.name === 'Pelican') {
    const pattern = settings('article_url', 'article_save_as');
    return pattern === undefined ? [] : [{ pattern }];
  }
  if (kind.name === 'Docusaurus') {
    const base = settings('blog.routebasepath');
    const section = trimSlashes((settings('blog.path') ?? 'blog').replace(/^\.\//, ''));
    if (base === undefined && section === 'blog') return [];
    const start = `/${trimSlashes(base ?? 'blog')}`;
    return [
      { section, pattern: `${start}/:year/:month/:day/:title` },
      { section, pattern: `${start}/:slug` },
    ];
  }
  const sections = [...values].flatMap(([name, pattern]): Permalink[] => {
    // Hugo has `permalinks.posts` and `permalinks.page.posts`, Jekyll `collections.posts.permalink`.
    const section =
      /^permalinks\.(?:page\.)?([^.]+)$/.exec(name)?.[1] ??
      /^collections\.([^.]+)\.permalink$/.exec(name)?.[1];
    return section === undefined || /^(?:section|term|taxonomy)$/.test(section) ? [] : [{ section, pattern }];
  });
  const pattern = settings('permalink');
  const section = ['Hexo', 'Jekyll', 'Bridgetown'].includes(kind.name) ? { section: '_posts' } : {};
  return [...sections, ...(pattern === undefined ? [] : [{ ...section, pattern }])];
}

/** The folders of documents that have another place in addresses. */
function mountsOf(
  kind: GeneratorKind,
  values: ReadonlyMap<string, string>,
  { module }: Data,
  text: string,
): Record<string, string> {
  const mounts: Record<string, string> = {};
  const add = (folder: string, place: string): void => {
    const [from = '', to = ''] = [folder, place].map((path) => trimSlashes(path.replace(/^\.\//, '')));
    if (from !== to && from !== '') mounts[`${from}/`] = to && `${to}/`;
  };
  if (kind.name === 'Docusaurus') {
    const [path = 'docs', base = 'docs'] = [values.get('docs.path'), values.get('docs.routebasepath')];
    add(path, base);
  }
  if (kind.name === 'Hugo') {
    const { mounts: stated } = lowerKeys(module);
    for (const { source, target } of Array.isArray(stated) ? stated.map(lowerKeys) : [])
      if (typeof source === 'string' && typeof target === 'string' && target.startsWith('content/'))
        add(source, target.slice('content/'.length));
  }
  if (kind.name === 'VitePress') {
    const source = trimSlashes((values.get('srcdir') ?? '').replace(/^\.\//, ''));
    for (const [, from = '', to = ''] of text.matchAll(REWRITE)) add(`${source}/${from}`, to);
  }
  return mounts;
}

/** `'articles/:slug.md': 'posts/:slug.md'` */
const REWRITE =
  /["']([^"':*()\n]+\/):(?:slug|path|page|name|id)\*?\.md["']\s*:\s*["']([^"':*()\n]*\/)?:\w+\*?\.md["']/g;

/** The name of the folder before what differs: `topic` of `/blog/topic/:name/`. */
function listName(pattern: unknown): string {
  if (typeof pattern !== 'string') return '';
  const segments = trimSlashes(pattern).split('/');
  const first = segments.findIndex((segment) => /[:{%]/.test(segment));
  return (segments[(first < 0 ? segments.length : first) - 1] ?? '').toLowerCase();
}

const PEOPLE = /^(?:authors?|writers?|contributors?|people|person|bylines?|creators?)$/i;

/** The names of lists, and of the fields with their values. */
function listsOf(
  kind: GeneratorKind,
  values: ReadonlyMap<string, string>,
  { taxonomies: stated }: Data,
): Pick<Generator, 'lists' | 'taxonomies'> {
  const lists: Record<string, ListKind> = {};
  const taxonomies: Record<string, ListKind> = {};
  const add = (listKind: ListKind, ...names: readonly (string | undefined)[]): void => {
    for (const name of names.map(listName)) if (name !== '') lists[name] = listKind;
  };
  // Hugo has them by the names of their values, Zola in a list.
  const terms = Array.isArray(stated)
    ? stated.map(lowerKeys).map(({ name }) => [name, name] as const)
    : Object.entries(tableOf(stated));
  for (const [singular, plural] of terms) {
    if (typeof plural !== 'string') continue;
    const isOfPeople = [singular, plural].some((name) => PEOPLE.test(String(name)));
    const listKind = isOfPeople ? 'author' : plural === 'series' ? 'series' : 'tag';
    taxonomies[foldFieldName(plural)] = listKind;
    add(listKind, plural, values.get(`permalinks.${plural}`), values.get(`permalinks.term.${plural}`));
  }
  const value = (...names: readonly string[]): (string | undefined)[] =>
    names.map((name) => values.get(name));
  add('tag', ...value('tag_dir', 'category_dir', 'tag_path', 'category_path', 'blog.tagsbasepath'));
  add('tag', ...value('tag_url', 'tag_save_as', 'category_url', 'category_save_as'));
  add('tag', ...value('tag_archive.path', 'category_archive.path'));
  add(
    'tag',
    ...['tag', 'category', 'tags', 'categories'].map((name) =>
      values.get(`jekyll-archives.permalinks.${name}`),
    ),
  );
  add('author', ...value('author_url', 'author_save_as', 'author_path'));
  add('year', ...value('archive_dir', 'jekyll-archives.permalinks.year'));
  if (kind.name === 'Docusaurus') add('all', ...value('blog.routebasepath', 'blog.archivebasepath'));
  return { lists, taxonomies };
}

/** Tags that a configuration defines: `tags.yml` of Docusaurus, `tag_map` of Hexo. */
function tagsOf(
  kind: GeneratorKind,
  values: ReadonlyMap<string, string>,
  data: Data,
  root: string,
): Pick<Generator, 'tagLabels' | 'tagSegments'> {
  const tagLabels: Record<string, string> = {};
  const tagSegments: Record<string, string> = {};
  if (kind.name === 'Hexo') {
    for (const map of [data.category_map, data.tag_map])
      for (const [label, segment] of Object.entries(tableOf(map)))
        if (typeof segment === 'string') tagSegments[label] = segment;
  }
  if (kind.name === 'Docusaurus') {
    const file = join(values.get('blog.path') ?? 'blog', 'tags.yml');
    const stated = tableOf(parseData(file, readConfiguration(join(root, file)) ?? ''));
    for (const [key, tag] of Object.entries(stated)) {
      const { label = key, permalink = key } = tableOf(tag);
      if (typeof label !== 'string' || typeof permalink !== 'string') continue;
      tagLabels[key] = label;
      tagSegments[label] = trimSlashes(permalink);
    }
  }
  return { tagLabels, tagSegments };
}

function trimSlashes(path: string): string {
  return trimOf(path, /\//);
}
