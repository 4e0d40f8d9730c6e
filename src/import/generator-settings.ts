import { readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { FrontMatterDefaults, Generator, ListKind, Permalink } from '../config/generator.ts';
import { foldFieldName } from '../documents/front-matter/fields.ts';
import { isObject } from '../json.ts';
import { attempt } from '../memo.ts';
import { partsBetween, wordList, wordMap } from '../strings.ts';
import {
  type Data,
  type FindSetting,
  flatten,
  folderPath,
  lowerKeys,
  objectsAfter,
  parseData,
  readConfiguration,
  tableOf,
  trimSlashes,
} from './configuration-values.ts';
import type { GeneratorKind } from './generator-kinds.ts';

/* Addresses, lists, tags and front matter in the configurations of generators. */

/** The configuration of Hugo, whose parts may be separate files: `config/_default/permalinks.toml`. */
export function hugoData(root: string, file: string, text: string): Data {
  const folder = 'config/_default';
  const parts = (attempt(() => readdirSync(join(root, folder)).sort()) ?? []).flatMap(
    (name): [string, unknown][] => {
      const [, part, language] = /^(\w+)(?:\.([\w-]+))?\.(?:toml|ya?ml|json)$/.exec(name) ?? [];
      if (part === undefined || (language !== undefined && part !== 'languages')) return [];
      const value = parseData(name, readConfiguration(join(root, folder, name)) ?? '');
      if (/^(?:hugo|config)$/.test(part)) return Object.entries(lowerKeys(value));
      return [[part.toLowerCase(), language === undefined ? value : { [language]: value }]];
    },
  );
  const data: Record<string, unknown> = { ...lowerKeys(parseData(file, text)) };
  for (const [name, value] of parts) {
    data[name] = isObject(value) ? { ...tableOf(data[name]), ...tableOf(value) } : value;
  }
  return data;
}

/** The folders of the documents of each language in Hugo: `languages.fr.contentDir`, or mounts of modules. */
export function hugoLanguageRoots({ languages, module }: Data): Record<string, string> {
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

/** Settings by which only documents are published that say so, and the field that the others then have. */
const HELD_BACK: readonly (readonly [name: string, setting: RegExp, values: string])[] = [
  [
    'Pelican',
    /^DEFAULT_METADATA\b.{0,500}?\bstatus\b["']?\s{0,9}[:=,]\s{0,9}["']draft/ms,
    '{"status":"draft"}',
  ],
  ['Quartz', /^(?![ \t]{0,99}\/\/).{0,200}\bExplicitPublish\(/m, '{"publish":false}'],
  ['Obsidian', /"digitalgarden"/, '{"dg-publish":false}'],
  ['Logseq', /^[^;\n]{0,200}:publishing\/all-pages-public\?\s{1,9}false/m, '{"public":false}'],
];

/** The front matter that the configuration states for documents. */
export function defaultsOf(
  { name }: GeneratorKind,
  data: Data,
  text: string,
  root: string,
): FrontMatterDefaults[] {
  if (name === 'Jekyll' || name === 'Bridgetown') return jekyllDefaults(data);
  const plugins =
    name === 'Obsidian' ? readConfiguration(join(root, '.obsidian/community-plugins.json')) : text;
  return HELD_BACK.filter(([each, setting]) => each === name && setting.test(plugins ?? '')).map(
    ([, , values]) => ({ scope: '', values, addsTags: false }),
  );
}

/** `defaults` of Jekyll, which has a type for posts and for each collection. */
function jekyllDefaults({ defaults }: Data): FrontMatterDefaults[] {
  return (Array.isArray(defaults) ? defaults : []).flatMap((each): FrontMatterDefaults[] => {
    const { scope, values } = tableOf(each);
    const { path, type } = tableOf(scope);
    const folder = typeof path === 'string' ? trimSlashes(path) : '';
    if (values === undefined || folder.includes('*') || type === 'pages') return [];
    const section = typeof type === 'string' ? { section: `_${type}` } : {};
    // A layout for the whole site tells no posts from pages.
    const { layout: _, type: __, ...others } = tableOf(values);
    const known = type === undefined && folder === '' ? others : values;
    return [{ ...section, scope: folder && `${folder}/`, values: JSON.stringify(known), addsTags: false }];
  });
}

/** The address pattern among defaults. */
export function permalinkIn({ section, values }: FrontMatterDefaults): Permalink[] {
  const { permalink } = tableOf(JSON.parse(values));
  if (typeof permalink !== 'string' || !permalink.includes(':')) return [];
  return [section === undefined ? { pattern: permalink } : { section, pattern: permalink }];
}

/** The collections for which Jekyll or Bridgetown makes pages, and the names that it includes. */
export function jekyllCollections({ name }: GeneratorKind, { collections, include }: Data): string[] {
  const output = Object.entries(tableOf(collections))
    .filter(([, settings]) => tableOf(settings).output === true)
    .map(([each]) => `_${each}`);
  const included = Array.isArray(include) ? include.filter((name) => typeof name === 'string') : [];
  const own = name === 'Bridgetown' ? ['_pages'] : [];
  return [...own, ...output, ...included.map(trimSlashes).filter((each) => /^_[^/]+$/.test(each))];
}

/** The lists of what a configuration in a script excludes. */
const EXCLUDING: Partial<Record<GeneratorKind['name'], RegExp>> = {
  Docusaurus: /\bexclude\s*:\s*\[([^\]]*)\]/g,
  Quartz: /\bignorePatterns\s*:\s*\[([^\]]*)\]/g,
  Sphinx: /\bexclude_patterns\s*=\s*\[([^\]]*)\]/g,
  VitePress: /\bsrcExclude\s*:\s*\[([^\]]*)\]/g,
};

/** The folders to which the paths in these lists are relative. */
function excludingRoots(name: GeneratorKind['name'], settings: FindSetting, file: string): string[] {
  if (name === 'Docusaurus') return ['blog', 'docs'];
  if (name === 'Quartz') return ['content'];
  if (name === 'Sphinx') return [posix.dirname(file).replace(/^\.$/, '')];
  return [file.startsWith('docs/') ? 'docs' : (settings('srcdir') ?? '')];
}

/** The documents that its configuration excludes, relative to its folder. */
export function excludedBy(
  { name }: GeneratorKind,
  { exclude, exclude_docs: lines }: Data,
  settings: FindSetting,
  file: string,
  text: string,
): string[] {
  const below = (folder: string, paths: unknown): string[] =>
    (Array.isArray(paths) ? paths : [paths])
      .filter((path) => typeof path === 'string' && path.trim() !== '')
      .map((path) => trimSlashes(`${folderPath(folder)}/${folderPath(path)}`));
  if (name === 'Jekyll') return below(settings('source') ?? '', exclude);
  if (name === 'Bridgetown') return below('src', exclude);
  if (name === 'Hexo') return below(settings('source_dir') ?? 'source', exclude);
  const list = EXCLUDING[name];
  if (list !== undefined) {
    const paths = [...text.matchAll(list)].flatMap(([, items = '']) =>
      [...items.matchAll(/'([^'\n]+)'|"([^"\n]+)"/g)].map(([, one, other]) => one ?? other),
    );
    return excludingRoots(name, settings, file).flatMap((root) => below(root, paths));
  }
  if (name !== 'MkDocs' || typeof lines !== 'string') return [];
  const stated = partsBetween(lines, '\n').filter((line) => !/^[#!]/.test(line));
  // As in `.gitignore`, a name without a slash matches in any folder.
  return below(
    settings('docs_dir') ?? 'docs',
    stated.map((path) => (/\/./.test(path) ? path : `**/${path}`)),
  );
}

export function permalinksOf(
  kind: GeneratorKind,
  values: ReadonlyMap<string, string>,
  data: Data,
  settings: FindSetting,
  text: string,
): Permalink[] {
  if (kind.name === 'Middleman') {
    const pattern = settings('blog.permalink');
    const prefix = settings('blog.prefix');
    return pattern === undefined
      ? []
      : [{ pattern: `/${trimSlashes(prefix ?? '')}/${trimSlashes(pattern)}` }];
  }
  if (kind.name === 'Pelican') {
    const pattern = settings('article_url article_save_as');
    const translated = settings('article_lang_url article_lang_save_as') ?? '{slug}-{lang}.html';
    return pattern === undefined ? [] : [{ pattern }, { pattern: translated }];
  }
  if (kind.name === 'MkDocs') return mkdocsBlogs(data);
  if (kind.name === 'VuePress') return vuePressDirectories(text);
  // Documentation in Starlight has no dates of publication; a plugin makes a blog of one folder.
  if (kind.name === 'Astro' && /starlight-blog/.test(text))
    return [{ section: settings('prefix') ?? 'blog', pattern: '/:path/' }];
  if (kind.name === 'Docusaurus') {
    const blogs = objectsAfter(text, 'plugin-content-blog["\'`]\\s*,').map(
      (object) => [stringOf('path', object), stringOf('routeBasePath', object)] as const,
    );
    return [[settings('blog.path'), settings('blog.routebasepath')] as const, ...blogs].flatMap(
      ([folder, base]) => {
        const section = folderPath(folder ?? 'blog');
        if (base === undefined && section === 'blog') return [];
        const start = `/${trimSlashes(base ?? 'blog')}`;
        return [
          { section, pattern: `${start}/:year/:month/:day/:title` },
          { section, pattern: `${start}/:slug` },
        ];
      },
    );
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

/** The blogs of Material for MkDocs, whose posts have addresses such as `/blog/2023/02/03/title/`. */
function mkdocsBlogs({ plugins }: Data): Permalink[] {
  const stated = Array.isArray(plugins) ? plugins : [plugins];
  return stated.flatMap((each) =>
    Object.entries(typeof each === 'string' ? { [each]: {} } : tableOf(each)).flatMap(
      ([name, value]): Permalink[] => {
        if (name !== 'blog' && name !== 'material/blog') return [];
        const options = new Map([...MKDOCS_BLOG, ...flatten(value)]);
        const option = (key: string): string => options.get(key) ?? '';
        const blog = folderPath(option('blog_dir')).replace(/^\.$/, '');
        const date = option('post_url_date_format')
          .replace('yyyy', ':year')
          .replace('MM', ':month')
          .replace('dd', ':day');
        const posts = option('post_dir').replace('{blog}', blog);
        const pattern = option('post_url_format').replace('{date}', date).replace('{slug}', ':slug');
        return [{ section: trimSlashes(posts), pattern: posix.join('/', blog, pattern, '/') }];
      },
    ),
  );
}

const MKDOCS_BLOG = wordMap(
  'blog_dir=blog post_dir={blog}/posts post_url_format={date}/{slug} post_url_date_format=yyyy/MM/dd',
);

/** Each object in a script, up to the first nested one. */
function objectsIn(text: string): string[] {
  return [...text.matchAll(/\{[^{}]{1,2000}/g)].map(([object]) => object);
}

function stringOf(name: string, object: string): string | undefined {
  return new RegExp(`\\b${name}\\s{0,9}:\\s{0,9}["'\`]([^"'\`\n]+)["'\`]`).exec(object)?.[1];
}

/** `{ dirname: '_posts', itemPermalink: '/:year/:slug' }` of the blog plugin of VuePress. */
function vuePressDirectories(text: string): Permalink[] {
  return objectsIn(text).flatMap((object) => {
    const section = stringOf('dirname', object);
    const pattern = stringOf('itemPermalink', object) ?? '/:year/:month/:day/:slug';
    return section === undefined ? [] : [{ section, pattern }];
  });
}

/** The folders of documents that are renamed in addresses. */
export function mountsOf(
  kind: GeneratorKind,
  values: ReadonlyMap<string, string>,
  { module }: Data,
  text: string,
  root: string,
): Record<string, string> {
  const mounts: Record<string, string> = {};
  const add = (folder: string, place: string): void => {
    const [from = '', to = ''] = [folder, place].map(folderPath);
    if (from !== to && from !== '') mounts[`${from}/`] = to && `${to}/`;
  };
  if (kind.name === 'Docusaurus') {
    const [path = 'docs', base = 'docs'] = [values.get('docs.path'), values.get('docs.routebasepath')];
    const versions = strings(
      parseData('versions.json', readConfiguration(join(root, 'versions.json')) ?? ''),
    );
    const [last = 'current'] = [/\blastVersion\s*:\s*["']([^"'\n]+)["']/.exec(text)?.[1], ...versions].filter(
      Boolean,
    );
    add(path, last === 'current' ? base : `${base}/next`);
    for (const version of versions)
      add(`versioned_docs/version-${version}`, version === last ? base : `${base}/${version}`);
  }
  if (kind.name === 'Hugo') {
    const { mounts: stated } = lowerKeys(module);
    for (const { source, target } of Array.isArray(stated) ? stated.map(lowerKeys) : [])
      if (typeof source === 'string' && typeof target === 'string' && target.startsWith('content/'))
        add(source, target.slice('content/'.length));
  }
  if (kind.name === 'VitePress') {
    const source = folderPath(values.get('srcdir') ?? '');
    for (const [, from = '', to = ''] of text.matchAll(REWRITE)) add(`${source}/${from}`, to);
  }
  return mounts;
}

/** `"@assets/*": ["src/assets/*"]` */
const ALIAS = /"([@~#$][\w/-]{0,99}\/)\*"\s*:\s*\[\s*"([^"*\n]{0,200})\*"/g;
/** `'a/b': 'c'` */
const PAIR = /["'`]([^"'`\n]{1,200})["'`]\s*:\s*["'`]([^"'`\n]{0,200})["'`]/g;

/** What the beginnings of paths to files stand for. */
export function filePrefixesOf(
  { name }: GeneratorKind,
  values: ReadonlyMap<string, string>,
  { module }: Data,
  text: string,
  root: string,
): Record<string, string> {
  const prefixes: Record<string, string> = {};
  /** @param end of a folder: a slash */
  const add = (prefix: string, place: string, end = '/'): void => {
    const whole = posix.join('/', prefix, end).slice(1);
    prefixes[whole] = posix.join('/', place, end).slice(1);
  };
  const [code = ''] = ['tsconfig.json', 'jsconfig.json'].flatMap(
    (file) => readConfiguration(join(root, file)) ?? [],
  );
  const [, base = ''] = /"baseUrl"\s*:\s*"([^"\n]*)"/.exec(code) ?? [];
  for (const [, alias = '', folder = ''] of code.matchAll(ALIAS)) add(alias, posix.join(base, folder));
  if (name === 'Eleventy') {
    for (const [, pairs = ''] of text.matchAll(/\baddPassthroughCopy\(\s*\{([^{}]*)\}/g))
      for (const [, from = '', to = ''] of pairs.matchAll(PAIR)) {
        const [folder = ''] = from.split('*');
        add(to, folder, folder === from && posix.extname(from) !== '' ? '' : '/');
      }
  }
  if (name === 'Pelican') {
    const [, files = ''] = /^EXTRA_PATH_METADATA\s*=\s*\{([\s\S]*?)^\}/m.exec(`${text}\n}`) ?? [];
    const pairs = files.matchAll(/["']([^"'\n]+)["']\s*:\s*\{\s*["']path["']\s*:\s*["']([^"'\n]+)["']/g);
    for (const [, from = '', to = ''] of pairs)
      add(to, posix.join(values.get('path') ?? 'content', from), '');
  }
  if (name === 'Middleman') add('images', `source/${values.get('images_dir') ?? 'images'}`);
  if (name === 'Hugo') {
    const { mounts } = lowerKeys(module);
    for (const { source, target } of Array.isArray(mounts) ? mounts.map(lowerKeys) : [])
      if (typeof source === 'string' && typeof target === 'string' && /^static(?=\/|$)/.test(target))
        add(target.replace(/^static\/?/, ''), source);
  }
  return prefixes;
}

function strings(value: unknown): string[] {
  return (Array.isArray(value) ? value : []).filter((each) => typeof each === 'string');
}

/** `'articles/:slug.md': 'posts/:slug.md'` */
const REWRITE =
  /["']([^"':*()\n]+\/):(?:slug|path|page|name|id)\*?\.md["']\s*:\s*["']([^"':*()\n]*\/)?:\w+\*?\.md["']/g;

/** The last segment before the first variable: `topic` in `/blog/topic/:name/`. */
function listName(pattern: unknown): string {
  if (typeof pattern !== 'string') return '';
  const segments = trimSlashes(pattern).split('/');
  const first = segments.findIndex((segment) => /[:{%]/.test(segment));
  return (segments[(first < 0 ? segments.length : first) - 1] ?? '').toLowerCase();
}

const PEOPLE =
  /^(?:authors?|writers?|contributors?|people|person|bylines?|creators?|auteure?s?|autor(?:[aei]s?|en|in|innen)?|verfasser|schrijvers?|forfattere?|författare|yazar(?:lar)?|autoři|autorzy|автор(?:ы|и)?|作者|著者)$/i;

/** The names of lists, and of the fields with their values. */
export function listsOf(
  kind: GeneratorKind,
  values: ReadonlyMap<string, string>,
  { taxonomies: stated }: Data,
  text: string,
): Pick<Generator, 'lists' | 'taxonomies'> {
  const lists: Record<string, ListKind> = {};
  const taxonomies: Record<string, ListKind> = {};
  const add = (listKind: ListKind, ...names: readonly (string | undefined)[]): void => {
    for (const name of names.map(listName)) if (name !== '') lists[name] = listKind;
  };
  // Hugo has a map from singular to plural, Zola a list.
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
  const addStated = (listKind: ListKind, names: string): void =>
    add(listKind, ...wordList(names).map((name) => values.get(name)));
  addStated(
    'tag',
    `tag_dir category_dir tag_path category_path blog.tagsbasepath tag_url tag_save_as category_url
    category_save_as tag_archive.path category_archive.path jekyll-archives.permalinks.tag
    jekyll-archives.permalinks.category jekyll-archives.permalinks.tags
    jekyll-archives.permalinks.categories`,
  );
  addStated('author', 'author_url author_save_as author_path');
  addStated('year', 'archive_dir jekyll-archives.permalinks.year');
  if (kind.name === 'VuePress') {
    for (const object of objectsIn(text)) {
      const key = stringOf('(?:id|key)', object) ?? '';
      add(PEOPLE.test(key) ? 'author' : 'tag', stringOf('path', stringOf('dirname', object) ? '' : object));
    }
  }
  if (kind.name === 'Docusaurus') addStated('all', 'blog.routebasepath blog.archivebasepath');
  return { lists, taxonomies };
}

/** Tags that a configuration defines: `tags.yml` of Docusaurus, `tag_map` of Hexo. */
export function tagsOf(
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
