export type GeneratorName =
  | 'Astro'
  | 'Bridgetown'
  | 'Docusaurus'
  | 'Eleventy'
  | 'Gatsby'
  | 'Grav'
  | 'Hexo'
  | 'Hugo'
  | 'Jekyll'
  | 'Kirby'
  | 'Logseq'
  | 'Lume'
  | 'Medium'
  | 'Middleman'
  | 'MkDocs'
  | 'Next.js'
  | 'Nikola'
  | 'Nuxt'
  | 'Obsidian'
  | 'Pelican'
  | 'Quarto'
  | 'Quartz'
  | 'Sphinx'
  | 'Statamic'
  | 'Substack'
  | 'SvelteKit'
  | 'Vite'
  | 'VitePress'
  | 'VuePress'
  | 'Zola'
  | 'mdBook';

/** The settings of a folder's site generator, extracted from its configuration, which is never executed. */
export interface Generator {
  readonly name: GeneratorName;
  /** The name of its configuration. */
  readonly file: string;
  /** Path from the generator's folder to the folder of documents: empty, or such as `content/`. */
  readonly prefix: string;
  readonly title: string | undefined;
  readonly description: string | undefined;
  /** BCP 47. */
  readonly language: string | undefined;
  /** The former URL of the site. */
  readonly url: string | undefined;
  /** The path of its home page, without slashes around it. */
  readonly base: string;
  /** IANA name. */
  readonly timeZone: string | undefined;
  readonly authors: readonly { readonly name: string; readonly email?: string }[];
  /** URL patterns; the first that matches applies. */
  readonly permalinks: readonly Permalink[];
  /**
   * Folders of documents whose names are not part of URLs: relative to the generator's folder, with `/` at the end,
   * longest first.
   */
  readonly contentRoots: readonly string[];
  /** The content folders of a single language, each with the URL segment that names the language. */
  readonly languageRoots: Readonly<Record<string, string>>;
  /** Folders of documents that are renamed in addresses, each with its folder there; both end with `/`. */
  readonly mounts: Readonly<Record<string, string>>;
  /** Names of lists in addresses, in lower case, with what they list. */
  readonly lists: Readonly<Record<string, ListKind>>;
  /** Fields of front matter that hold values of such lists, folded. */
  readonly taxonomies: Readonly<Record<string, ListKind>>;
  /** Tags by the keys that documents state. */
  readonly tagLabels: Readonly<Record<string, string>>;
  /** The segments of tags in addresses, where they do not follow from the tags. */
  readonly tagSegments: Readonly<Record<string, string>>;
  /** Beginnings of paths to files, each with what it stands for: aliases of imports, and addresses of copied folders. */
  readonly filePrefixes: Readonly<Record<string, string>>;
  /** Folders of files that are served from the root. */
  readonly staticRoots: readonly string[];
  /** Folders of the generator itself: nothing in them is a document. */
  readonly ownFolders: readonly string[];
  /** What it ignores, from its folder: files, folders, and patterns with `*`. */
  readonly excluded: readonly string[];
  /** Whether Markdown is MDX. */
  readonly readsMdx: boolean;
  /** Whether `:tada:` is an emoji. */
  readonly showsEmoji: boolean;
  /** Front matter that its configuration states for documents, the most general first. */
  readonly defaults: readonly FrontMatterDefaults[];
  /** Names of folders that begin with `_` and hold documents: Jekyll's collections, VuePress' directories. */
  readonly collections: readonly string[];
}

/** Front matter of all documents of a scope that do not state it themselves. */
export interface FrontMatterDefaults {
  /** From the generator's folder: a folder with `/`, the path of a document without its ending, or empty for all. */
  readonly scope: string;
  /** Only documents below a folder of this name: `_posts`. */
  readonly section?: string;
  /** A map in JSON. */
  readonly values: string;
  readonly addsTags: boolean;
  /** The path of the file in `seeds/` that states them, unless it is the configuration. */
  readonly file?: string;
}

export type ListKind = 'tag' | 'author' | 'series' | 'year' | 'all';

/** A former address and where it leads: a path of the site, or a URL. */
export interface Redirect {
  readonly from: string;
  readonly to: string;
}

export interface Permalink {
  /** The folder of the documents, below a content root; absent: all. */
  readonly section?: string;
  /** In the generator's notation. */
  readonly pattern: string;
}

/** Whether it publishes notes, which have no dates and take their titles from their file names. */
export function isVault(generator: Pick<Generator, 'name'> | undefined): boolean {
  return generator?.name === 'Obsidian' || generator?.name === 'Quartz';
}

/** A path, without a leading `/`, relative to the former base path of the site; undefined outside it. */
export function withoutBase(
  path: string,
  generator: Pick<Generator, 'base'> | undefined,
): string | undefined {
  const base = generator?.base ?? '';
  return base !== '' && `${path}/`.startsWith(`${base}/`) ? path.slice(base.length + 1) : undefined;
}
