export type GeneratorName =
  | 'Astro'
  | 'Docusaurus'
  | 'Eleventy'
  | 'Gatsby'
  | 'Hexo'
  | 'Hugo'
  | 'Jekyll'
  | 'Middleman'
  | 'MkDocs'
  | 'Next.js'
  | 'Nikola'
  | 'Nuxt'
  | 'Obsidian'
  | 'Pelican'
  | 'Quartz'
  | 'SvelteKit'
  | 'Vite'
  | 'VitePress'
  | 'Zola';

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
  /** Patterns of addresses, the first that fits counts. */
  readonly permalinks: readonly Permalink[];
  /** Folders of documents, whose names no address has; from the generator's folder, with `/`, the longest first. */
  readonly contentRoots: readonly string[];
  /** Those among them that hold one language each, by folder: the segment of addresses that names the language. */
  readonly languageRoots: ReadonlyMap<string, string>;
  /** Folders of files that are served from the root. */
  readonly staticRoots: readonly string[];
  /** Folders of the generator itself: nothing in them is a document. */
  readonly ownFolders: readonly string[];
  /** Names of folders that begin with `_` and hold documents: Jekyll's collections. */
  readonly collections: readonly string[];
}

export interface Permalink {
  /** The folder of the documents, below a content root; absent: all. */
  readonly section?: string;
  /** In the generator's notation. */
  readonly pattern: string;
}
