import { lstatSync } from 'node:fs';
import { basename, dirname, join, matchesGlob, posix, resolve } from 'node:path';
import type { Instant } from '../article.ts';
import type { Generator } from '../config/generator.ts';
import { isLocal, slugify } from '../documents/addresses.ts';
import { isMarkdown, kindOf, withoutEnding } from '../documents/kinds.ts';
import { attempt } from '../memo.ts';
import { baseName, decodeLeniently, wordList, wordSet } from '../strings.ts';
import {
  configurationTexts,
  type Data,
  entriesOf,
  type FindSetting,
  flatten,
  folderPath,
  parseData,
  readConfiguration,
  tableOf,
  trimSlashes,
} from './configuration-values.ts';
import { GENERATOR_KINDS, type GeneratorKind } from './generator-kinds.ts';
import {
  defaultsOf,
  excludedBy,
  filePrefixesOf,
  hugoData,
  hugoLanguageRoots,
  jekyllCollections,
  listsOf,
  mountsOf,
  permalinkIn,
  permalinksOf,
  tagsOf,
} from './generator-settings.ts';

/**
 * The maximum number of folders between the generator's folder and that of the documents, such as `src/content/blog`.
 */
const MAX_ABOVE = 3;
/** Folders without documents in the project of any generator. */
const NEVER_CONTENT = ['node_modules/', 'vendor/bundle/', 'bower_components/', 'scripts/', 'test/', 'tests/'];

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
    const below = prefix === '' ? websiteIn(root) : undefined;
    if (below !== undefined) return below;
    prefix = `${basename(root)}/${prefix}`;
    if (dirname(root) === root) return undefined;
    root = dirname(root);
  }
  return undefined;
}

/** A site of Docusaurus beside the program that it documents: `website/`. */
function websiteIn(root: string): Generator | undefined {
  const found = generatorIn(join(root, 'website'), '');
  if (found?.name !== 'Docusaurus') return undefined;
  const below = (path: string): string => posix.join('website', path);
  return {
    ...found,
    file: below(found.file),
    contentRoots: [...found.contentRoots.map(below), 'website/'],
    staticRoots: found.staticRoots.map(below),
    ownFolders: found.ownFolders.map(below),
    excluded: found.excluded.map(below),
    mounts: Object.fromEntries(Object.entries(found.mounts).map(([path, to]) => [below(path), to])),
  };
}

function generatorIn(root: string, prefix: string): Generator | undefined {
  const has = (name: string): boolean => lstatSync(join(root, name), { throwIfNoEntry: false }) !== undefined;
  for (const kind of GENERATOR_KINDS) {
    for (const file of kind.files) {
      const text = readConfiguration(join(root, file));
      if (text === undefined || kind.recognizes?.(text, has) === false) continue;
      const generator = describe(kind, file, text, root, prefix);
      if (prefix === '' || isContent(generator, prefix)) return generator;
    }
  }
  return undefined;
}

/** A folder name that is a host name. */
const HOST = /^[a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z]{2,}$/;
/** The home page in it, which may have the extension of a script: `index.php.html`. */
const HOME = /^(?:index|default|home)(?:\.\w{3,4})?\.html?$/i;
/** The maximum number of folders, of pages, and of links of a page that are examined. */
const MAX_COPIED = 100;
/** An absolute link to a page or a picture. */
const LINK = /\b(?:href|src)=["']?(https?:\/\/[^\s"'<>#?]{3,200}\.\w{2,5})(?=["'\s>#])/gi;
/** The minimum number of files in the folder to which a page's absolute links lead. */
const MIN_LINKED = 2;
/** The element in which a page states its address. */
const ADDRESS = /<(?:link|meta)\b[^<>]{0,500}?\b(?:rel|property)=["']?(?:canonical|og:url)\b[^<>]{0,500}>/i;

/** The short address of an article in WordPress, in its front matter. */
const SHORT = /^guid:\s*["']?(https?:\/\/[^\s"'?]{3,200})\/\?(?:p|page_id)=\d+/m;
const ADDRESS_IN_TEXT = /\bhttps?:\/\/[^\s"'`<>()[\]#?]{3,300}/g;
const MAX_FRONT_MATTER = 2000;
/** Years and months in an address. */
const DATED = /\/(?:19|20)\d\d\/\d{1,2}\//;
/** Front matter that hides a document. */
const HIDING =
  /^(?:draft|private): *["']?(?:true|yes|1)\b|^publish(?:ed)?: *["']?(?:false|no|0)\b|^status: *(?!["']?publish)/m;

/**
 * The origin of the site that a folder is a copy of: that of a page whose address has the same path as its file, or
 * whose folder is named after its host, or that an export of WordPress states, or else the one at which most absolute
 * links would lead to files of the folder. Documents that may be hidden are ignored.
 */
export function copiedFrom(folder: string, now: Instant): string | undefined {
  const folders = [''];
  const files = new Set<string>();
  const linked = new Map<string, Set<string>>();
  const notes = new Map<string, string>();
  let pages = 0;
  for (const parent of folders) {
    for (const entry of attempt(() => entriesOf(join(folder, parent))) ?? []) {
      const path = join(parent, entry.name);
      if (HOST.test(parent) && HOME.test(entry.name)) return `https://${parent}`;
      if (entry.isDirectory() && folders.length < MAX_COPIED && !/^[._]|^node_modules$/.test(entry.name))
        folders.push(path);
      const kind = kindOf(path);
      if (entry.isFile() && kind === undefined) files.add(`/${path}`);
      if (entry.isFile() && isMarkdown(path) && notes.size < MAX_COPIED) {
        const text = readConfiguration(join(folder, path)) ?? '';
        if (HIDING.test(text) || hasLaterDay(`${path} ${text.slice(0, MAX_FRONT_MATTER)}`, now)) continue;
        const short = URL.parse(SHORT.exec(text)?.[1] ?? '');
        if (short !== null) return short.origin;
        notes.set(nameOf(path), text);
      }
      if (!entry.isFile() || kind !== 'html' || pages++ >= MAX_COPIED) continue;
      const text = readConfiguration(join(folder, path)) ?? '';
      if (mayBeHidden(path, text, now)) continue;
      files.add(`/${path}`);
      const element = ADDRESS.exec(text)?.[0] ?? '';
      const [, address] = /\b(?:href|content)=["']?(https?:[^\s"'<>]+)/i.exec(element) ?? [];
      const [, mirrored = ''] = MIRRORED.exec(text) ?? [];
      const url = URL.parse(address ?? (mirrored && `https://${mirrored}`));
      const page = pagePath(url?.pathname ?? '');
      if (url !== null && page !== '' && `/${pagePath(path)}`.endsWith(`/${page}`)) return url.origin;
      for (const [, link = ''] of text.matchAll(LINK).take(MAX_COPIED)) {
        const { origin = '', pathname = '' } = URL.parse(link) ?? {};
        const paths = linked.get(origin) ?? new Set();
        linked.set(origin, paths.add(decodeLeniently(pathname)));
      }
    }
  }
  const found = [...linked].flatMap(([origin, paths]) => {
    const count = [...paths].filter((each) => files.has(each)).length;
    return count < MIN_LINKED ? [] : [{ origin, count }];
  });
  return found.toSorted((one, other) => other.count - one.count)[0]?.origin ?? linkedSite(notes);
}

/**
 * The origin of the site of notes, to which they link.
 *
 * @param notes by their names
 */
function linkedSite(notes: ReadonlyMap<string, string>): string | undefined {
  const links = [...notes.values()].flatMap((text) =>
    [...text.matchAll(ADDRESS_IN_TEXT).take(MAX_COPIED)].flatMap(([address]) => {
      const { origin = '', pathname = '' } = URL.parse(address) ?? {};
      const name = nameOf(decodeLeniently(pathname));
      return notes.has(name) ? [{ origin, name, isDated: DATED.test(pathname) }] : [];
    }),
  );
  // Another site may have an article with the same name, but hardly two of them, or one behind a date.
  const [own] = [...Map.groupBy(links, ({ origin }) => origin)].filter(([, group]) => {
    const names = new Set(group.map(({ name }) => name).filter((name) => name.includes('-')));
    return names.size >= MIN_LINKED || group.some(({ isDated }) => isDated);
  });
  return own?.[0];
}

/** What HTTrack writes into each page. */
const MIRRORED = /<!-- Mirrored from ([^\s<>]{4,300}) by HTTrack/;

/** The name of an article at a path, without its date. */
function nameOf(path: string): string {
  const whole = pagePath(kindOf(path) === undefined ? path : withoutEnding(path));
  return slugify(baseName(whole).replace(/^\d{4}-\d\d-\d\d-/, ''));
}

/** A page that states a later day may be scheduled, and one with front matter may be a draft. */
function mayBeHidden(path: string, page: string, now: Instant): boolean {
  return /^(?:---|\+\+\+)/.test(page) || hasLaterDay(`${path} ${page}`, now);
}

function hasLaterDay(text: string, now: Instant): boolean {
  return (text.match(/\b20\d\d-\d\d-\d\d/g) ?? []).some((day) => Date.parse(day) > now);
}

/** The path of a page in its address, which may lack the ending and `index`. */
function pagePath(path: string): string {
  return trimSlashes(path.replace(/\.\w+$/, '').replace(/(?:^|\/)index$/, ''));
}

/** Whether the generator ignores a path, relative to its folder. */
export function isExcluded(path: string, { excluded }: Pick<Generator, 'excluded'>): boolean {
  return excluded.some((pattern) =>
    /[*?{[]/.test(pattern)
      ? matchesGlob(path, pattern) || matchesGlob(path, `${pattern}/**`)
      : path === pattern || path.startsWith(`${pattern}/`),
  );
}

/** Whether a folder below that of the generator is one of its folders of documents. */
function isContent({ contentRoots, permalinks }: Generator, prefix: string): boolean {
  const sections = permalinks.flatMap(({ section }) => (section === undefined ? [] : [`${section}/`]));
  return [...contentRoots, ...sections].some((root) => root.startsWith(prefix) || prefix.startsWith(root));
}

/** Frameworks whose configurations may use `url` for any address. */
const APPS = wordSet('Next.js Nuxt SvelteKit Vite VitePress');

/** Generators that show emoji for their names unless one forbids it, and the settings of Hugo, Jekyll and MkDocs for that. */
const NAMES_EMOJI = wordSet('Docusaurus Nuxt VitePress VuePress');
const SHOWS_EMOJI =
  /^[ \t]{0,9}["']?enableEmoji["']?\s{0,9}[:=]\s{0,9}true\b|^[ \t]{0,9}-[ \t]{1,9}(?:jemoji|pymdownx\.emoji)\b|[["', ]jemoji["',\]]/im;

/** Settings that hold the URL of the home page, with its path. */
const HOME_SETTINGS = 'baseurl base_url siteurl site_url website.site-url';

/** The names of the setting with the address of the site. */
function urlSettings({ name }: GeneratorKind): string {
  if (name === 'Astro') return 'site';
  if (APPS.has(name)) return 'site.url siteurl site_url';
  return 'url baseurl base_url site siteurl site_url sitemetadata.siteurl website.site-url';
}

function describe(kind: GeneratorKind, file: string, text: string, root: string, prefix: string): Generator {
  const data = kind.name === 'Hugo' ? hugoData(root, file, text) : tableOf(parseData(file, text));
  const literals = kind.name === 'Hugo' ? flatten(data) : configurationTexts(file, text);
  const values = new Map([...siteMetadata(kind, root, literals), ...literals]);
  const settings: FindSetting = (names) =>
    wordList(names)
      .map((name) => values.get(name))
      .find((value) => value);
  const named = settings(urlSettings(kind));
  // Quartz states it without a scheme.
  const url = kind.name === 'Quartz' && named?.includes(':') === false ? `https://${named}` : named;
  const address = url !== undefined && URL.canParse(url) && !isLocal(url) ? new URL(url) : undefined;
  const isPath = (value: string | undefined): boolean => value?.startsWith('/') === true;
  const base = [
    settings('baseurl'),
    settings('root'),
    settings('base'),
    settings('pathprefix'),
    settings('basepath'),
  ].find(isPath);
  const author = settings('author.name author params.author params.author.name sitemetadata.author.name');
  const email = settings('author.email email params.author.email params.email');
  const languageRoots = kind.name === 'Hugo' ? hugoLanguageRoots(data) : {};
  const isJekyll = kind.name === 'Jekyll' || kind.name === 'Bridgetown';
  const defaults = defaultsOf(kind, data, text, root);
  const { contentRoots, staticRoots, ownFolders } = foldersOf(kind, settings, root);
  const stated = permalinksOf(kind, values, data, settings, text);
  const sections = stated.map(({ section = '' }) => section);
  const language = settings(
    `lang locale languagecode defaultcontentlanguage default_language language default_lang
    i18n.defaultlocale defaultlocale book.language`,
  );
  const isStarlight = kind.name === 'Astro' && /@astrojs\/starlight/.test(text);
  return {
    name: kind.name,
    file,
    defaults,
    collections: isJekyll ? jekyllCollections(kind, data) : sections.filter((name) => /^_[^/]+$/.test(name)),
    prefix,
    title: settings(
      `title sitename site_name sitemetadata.title blog_title configuration.pagetitle pagetitle
      website.title book.title languages.${language?.toLowerCase()}.title`,
    ),
    description: settings(
      `description params.description tagline subtitle site_description website.description
      sitemetadata.description`,
    ),
    language,
    url: address?.protocol.startsWith('http') ? address.origin : undefined,
    base: trimSlashes(
      base ??
        (settings(HOME_SETTINGS + (kind.name === 'Hexo' ? ' url' : '')) === named
          ? (address?.pathname ?? '')
          : ''),
    ),
    timeZone: settings('timezone'),
    authors: author === undefined ? [] : [{ name: author, ...(email?.includes('@') && { email }) }],
    permalinks: [...stated, ...defaults.flatMap(permalinkIn), ...(kind.permalinks ?? [])],
    contentRoots: longestFirst([
      ...contentRoots,
      ...Object.keys(languageRoots),
      ...(isStarlight ? ['src/content/docs/'] : []),
    ]),
    languageRoots,
    mounts: mountsOf(kind, values, data, text, root),
    filePrefixes: filePrefixesOf(kind, values, data, text, root),
    ...listsOf(kind, values, data, text),
    ...tagsOf(kind, values, data, root),
    staticRoots,
    readsMdx: kind.name === 'Docusaurus' && !/\bformat\s{0,9}:\s{0,9}["'](?:detect|md)["']/.test(text),
    showsEmoji: NAMES_EMOJI.has(kind.name) || SHOWS_EMOJI.test(text),
    ownFolders: [...ownFolders, ...NEVER_CONTENT],
    excluded: excludedBy(kind, data, settings, file, text),
  };
}

/** The data of the site for templates: Eleventy's `_data/metadata.js`, and `data/siteMetadata.js` beside Next.js. */
function siteMetadata(
  { name }: GeneratorKind,
  root: string,
  values: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const input = folderPath(values.get('dir.input') ?? '');
  const folders = new Set(['_data', join(input, '_data'), 'src/_data']);
  const stems =
    name === 'Eleventy'
      ? [...folders].flatMap((folder) => ['metadata', 'site', 'meta'].map((stem) => join(folder, stem)))
      : name === 'Next.js'
        ? ['data/siteMetadata', 'src/data/siteMetadata']
        : [];
  for (const file of stems.flatMap((stem) =>
    ['js', 'mjs', 'cjs', 'ts', 'json'].map((end) => `${stem}.${end}`),
  )) {
    const text = readConfiguration(join(root, file));
    if (text !== undefined) return configurationTexts(file, text);
  }
  return new Map();
}

function foldersOf(
  kind: GeneratorKind,
  settings: FindSetting,
  root: string,
): Pick<Generator, 'contentRoots' | 'staticRoots' | 'ownFolders'> {
  const { contentRoots = [], staticRoots = [], ownFolders = [] } = kind;
  const folder = (names: string): string[] => {
    const stated = settings(names);
    const path = stated === undefined ? '' : folderPath(stated);
    return path === '' || path === '.' || path.startsWith('..') ? [] : [`${path}/`];
  };
  // In other configurations, `path` is an address.
  const path = kind.name === 'Pelican' ? folder('path') : [];
  const content = [
    ...folder('contentdir content_dir dir.input input srcdir docs_dir collections_dir'),
    ...path,
  ];
  const source = kind.name === 'Hexo' || kind.name === 'Jekyll' ? folder('source_dir source') : [];
  const served = kind.name === 'VitePress' ? content.map((root) => `${root}public/`) : [];
  const fixed = [...folder('staticdir publicdir staticdirectories'), ...served];
  const output = folder(
    'publishdir destination public_dir outdir dir.output output_path project.output-dir site_dir',
  );
  const templates = [
    ...folder('dir.layouts'),
    ...folder('dir.includes'),
    ...folder('layouts_dir includes_dir layoutdir archetypedir theme_dir'),
    ...(kind.name === 'Obsidian' ? obsidianFolders(root) : []),
  ];
  return {
    contentRoots: longestFirst([...content, ...source, ...contentRoots]),
    staticRoots: longestFirst([...fixed, ...source, ...staticRoots]),
    ownFolders: longestFirst([...output, ...templates, ...served, ...ownFolders]),
  };
}

function longestFirst(paths: readonly string[]): string[] {
  return [...new Set(paths)].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
}

/** The folder of templates, and those that Obsidian Publish leaves out. */
function obsidianFolders(root: string): string[] {
  const read = (name: string): Data =>
    tableOf(parseData(name, readConfiguration(join(root, '.obsidian', name)) ?? ''));
  const { excluded } = read('publish.json');
  const folders = [read('templates.json').folder, ...(Array.isArray(excluded) ? excluded : [])];
  return folders.flatMap((folder) => (typeof folder === 'string' ? [`${trimSlashes(folder)}/`] : []));
}
