import type { GeneratorName, Permalink } from '../config/generator.ts';
import { wordList } from '../strings.ts';

export interface GeneratorKind {
  readonly name: GeneratorName;
  /** Names of its configuration. */
  readonly files: readonly string[];
  readonly contentRoots?: readonly string[];
  readonly staticRoots?: readonly string[];
  readonly ownFolders?: readonly string[];
  /** Its defaults. */
  readonly permalinks?: readonly Permalink[];
  /** Whether a file is of this generator, if others use the same name. */
  readonly recognizes?: (text: string, has: (name: string) => boolean) => boolean;
}

const SCRIPTS = ['js', 'mjs', 'cjs', 'ts', 'mts'];

const scripts = (...names: string[]): string[] =>
  names.flatMap((name) => SCRIPTS.map((ending) => `${name}.${ending}`));

/** The kinds that are easiest to recognize come first. */
export const GENERATOR_KINDS: readonly GeneratorKind[] = [
  {
    name: 'Docusaurus',
    files: scripts('docusaurus.config'),
    contentRoots: ['src/pages/'],
    staticRoots: ['static/'],
    ownFolders: ['static/', 'build/', 'src/components/', 'src/theme/', 'src/css/'],
    permalinks: [
      { section: 'blog', pattern: '/blog/:year/:month/:day/:title' },
      { section: 'blog', pattern: '/blog/:slug' },
      { section: 'docs', pattern: '/docs/:slug' },
    ],
  },
  {
    name: 'Hugo',
    files: wordList(
      `hugo.toml hugo.yaml hugo.yml hugo.json config.toml config.yaml config.yml config.json
      config/_default/hugo.toml config/_default/config.toml config/_default/hugo.yaml
      config/_default/config.yaml`,
    ),
    contentRoots: ['content/'],
    staticRoots: ['static/', 'assets/'],
    ownFolders: wordList('archetypes/ layouts/ themes/ static/ public/ resources/ data/ i18n/ assets/'),
    recognizes: (text, has) =>
      !/^[ \t]*\[(?:markdown|slugify|search)\][ \t]*$|^[ \t]*base_url[ \t]*=/m.test(text) &&
      (/baseurl/i.test(text) || ['content', 'archetypes', 'layouts', 'themes'].some(has)),
  },
  {
    name: 'Zola',
    files: ['zola.toml', 'config.toml'],
    contentRoots: ['content/'],
    staticRoots: ['static/'],
    ownFolders: ['templates/', 'themes/', 'static/', 'public/', 'sass/'],
    recognizes: (text) => /^[ \t]*base_url[ \t]*=/m.test(text),
  },
  {
    name: 'Hexo',
    files: ['_config.yml', '_config.yaml'],
    contentRoots: ['source/_posts/', 'source/'],
    staticRoots: ['source/'],
    ownFolders: ['scaffolds/', 'themes/', 'public/'],
    permalinks: [{ section: '_posts', pattern: ':year/:month/:day/:title/' }],
    recognizes: (text, has) =>
      has('scaffolds') ||
      has('source/_posts') ||
      /^(?:post_asset_folder|new_post_name|source_dir)\s*:/m.test(text),
  },
  {
    name: 'Jekyll',
    files: ['_config.yml', '_config.yaml', '_config.toml'],
    contentRoots: ['_posts/', '_pages/'],
    staticRoots: ['assets/'],
    ownFolders: ['vendor/', '_site/', '_layouts/', '_includes/', '_sass/', '_plugins/'],
    permalinks: [{ section: '_posts', pattern: 'date' }],
  },
  {
    name: 'Bridgetown',
    files: ['bridgetown.config.yml'],
    contentRoots: ['src/_posts/', 'src/_pages/', 'src/'],
    staticRoots: ['src/'],
    ownFolders: ['output/', 'src/_layouts/', 'src/_components/', 'src/_partials/', 'plugins/'],
    permalinks: [{ section: '_posts', pattern: 'pretty' }],
  },
  {
    name: 'Lume',
    files: ['_config.ts', '_config.js'],
    contentRoots: ['src/'],
    staticRoots: ['src/'],
    ownFolders: ['_site/', '_includes/', 'src/_includes/', '_components/', 'src/_components/'],
    recognizes: (text) => /['"`]lume\//.test(text),
  },
  {
    name: 'Eleventy',
    files: ['.eleventy.js', ...scripts('eleventy.config')],
    contentRoots: ['src/', 'content/'],
    staticRoots: ['public/', 'static/', 'src/'],
    ownFolders: ['_site/', '_includes/', '_layouts/'],
  },
  {
    name: 'Astro',
    files: scripts('astro.config'),
    contentRoots: ['src/content/', 'src/pages/'],
    staticRoots: ['public/'],
    ownFolders: ['public/', 'dist/', 'src/components/', 'src/layouts/', 'src/styles/'],
  },
  {
    name: 'Gatsby',
    files: scripts('gatsby-config'),
    contentRoots: ['content/blog/', 'content/', 'src/pages/'],
    staticRoots: ['static/'],
    ownFolders: ['static/', 'public/', 'src/components/', 'src/templates/'],
  },
  {
    name: 'Quartz',
    files: ['quartz.config.ts'],
    contentRoots: ['content/'],
    staticRoots: ['content/'],
    // Defaults, which its configuration leaves out.
    ownFolders: ['quartz/', 'docs/', 'public/', 'content/private/', 'content/templates/'],
  },
  {
    name: 'Next.js',
    files: scripts('next.config'),
    // Some sites keep their posts in `public/`, each beside its pictures.
    contentRoots: [
      'src/app/',
      'src/pages/',
      'app/',
      'pages/',
      'content/',
      'src/content/',
      'data/',
      'public/',
    ],
    staticRoots: ['public/'],
    ownFolders: ['components/', 'src/components/', 'out/'],
  },
  {
    name: 'VitePress',
    files: [...scripts('.vitepress/config'), ...scripts('docs/.vitepress/config')],
    contentRoots: ['docs/', 'src/'],
    staticRoots: ['public/', 'docs/public/'],
    ownFolders: ['public/', 'docs/public/'],
  },
  {
    name: 'VuePress',
    files: [...scripts('.vuepress/config'), ...scripts('docs/.vuepress/config')],
    contentRoots: ['docs/_posts/', '_posts/', 'docs/'],
    staticRoots: ['docs/.vuepress/public/', '.vuepress/public/'],
    ownFolders: ['.vuepress/', 'docs/.vuepress/'],
    permalinks: [{ section: '_posts', pattern: 'pretty' }],
  },
  {
    name: 'Pelican',
    files: ['pelicanconf.py'],
    contentRoots: ['content/'],
    staticRoots: ['content/', 'content/extra/'],
    ownFolders: ['output/', 'theme/', 'themes/', 'plugins/', 'pelican-plugins/'],
    permalinks: [{ pattern: '{slug}.html' }, { pattern: '{slug}-{lang}.html' }],
  },
  {
    name: 'Middleman',
    files: ['config.rb'],
    contentRoots: ['source/posts/', 'source/blog/', 'source/'],
    staticRoots: ['source/'],
    ownFolders: ['build/', 'source/layouts/', 'source/partials/', 'source/templates/'],
    permalinks: [{ pattern: '/:year/:month/:day/:title.html' }],
    recognizes: (text) => /^[ \t]*(?:activate|page|set)[ (]+[:"']/m.test(text),
  },
  {
    name: 'Nikola',
    files: ['conf.py'],
    contentRoots: ['posts/', 'pages/'],
    staticRoots: ['files/', 'images/'],
    ownFolders: ['output/', 'cache/', 'themes/', 'templates/', 'plugins/'],
    permalinks: [{ pattern: '/posts/:slug/' }],
    recognizes: (text) => /^BLOG_TITLE\s*=/m.test(text),
  },
  {
    name: 'SvelteKit',
    files: scripts('svelte.config'),
    contentRoots: ['src/content/', 'src/posts/', 'src/routes/', 'content/'],
    staticRoots: ['static/', 'src/routes/'],
    ownFolders: ['static/', 'build/', 'src/lib/components/'],
  },
  {
    name: 'Nuxt',
    files: scripts('nuxt.config'),
    contentRoots: ['content/'],
    staticRoots: ['public/', 'static/'],
    ownFolders: ['public/', 'static/', 'components/', 'dist/'],
  },
  {
    name: 'Vite',
    files: scripts('vite.config'),
    contentRoots: ['pages/', 'src/pages/', 'content/', 'src/content/'],
    staticRoots: ['public/'],
    ownFolders: ['public/', 'dist/', 'src/components/'],
  },
  {
    name: 'MkDocs',
    files: ['mkdocs.yml', 'mkdocs.yaml'],
    contentRoots: ['docs/'],
    staticRoots: ['docs/'],
    ownFolders: ['site/', 'overrides/'],
  },
  {
    name: 'mdBook',
    files: ['book.toml'],
    contentRoots: ['src/'],
    staticRoots: ['src/'],
    ownFolders: ['book/', 'theme/'],
    permalinks: [{ pattern: ':path.html' }],
  },
  {
    name: 'Quarto',
    files: ['_quarto.yml', '_quarto.yaml'],
    ownFolders: ['_site/', '_book/', '_freeze/', '_extensions/'],
    permalinks: [{ pattern: ':path.html' }],
  },
  {
    name: 'Sphinx',
    files: ['conf.py', 'docs/conf.py', 'doc/conf.py', 'source/conf.py', 'docs/source/conf.py'],
    contentRoots: ['docs/source/', 'docs/', 'doc/', 'source/'],
    ownFolders: ['_templates/', 'docs/_templates/', 'docs/source/_templates/'],
    permalinks: [{ pattern: ':path.html' }],
    recognizes: (text) => /^extensions\s*=/m.test(text),
  },
  {
    name: 'Grav',
    files: ['user/config/site.yaml'],
    contentRoots: ['user/pages/'],
    staticRoots: ['user/'],
    ownFolders: ['user/themes/', 'user/plugins/', 'user/blueprints/', 'system/', 'vendor/', 'cache/'],
  },
  {
    name: 'Kirby',
    files: ['content/site.txt', 'site/config/config.php'],
    contentRoots: ['content/'],
    staticRoots: ['assets/'],
    ownFolders: wordList('content/site.txt content/error/ kirby/ site/ panel/ media/ vendor/'),
    recognizes: (_, has) => has('site/blueprints') || has('kirby') || has('content/site.txt'),
  },
  {
    name: 'Statamic',
    files: ['composer.json'],
    contentRoots: ['content/collections/pages/', 'content/collections/'],
    staticRoots: ['public/', 'public/assets/'],
    ownFolders: ['resources/', 'storage/', 'vendor/'],
    recognizes: (text) => text.includes('"statamic/cms"'),
  },
  {
    name: 'Medium',
    files: ['profile/profile.html'],
    contentRoots: ['posts/'],
    // Personal data.
    ownFolders: wordList(
      `blocks/ bookmarks/ claps/ highlights/ interests/ ips/ lists/ partner-program/ profile/
      pubs-following/ sessions/ social-accounts/ topics-following/ twitter/ users-following/`,
    ),
    recognizes: (_, has) => has('posts'),
  },
  {
    name: 'Substack',
    files: ['posts.csv'],
    contentRoots: ['posts/'],
    permalinks: [{ pattern: '/p/:slug' }],
    recognizes: (text) => /^\uFEFF?post_id,post_date,is_published/.test(text),
  },
  {
    name: 'Logseq',
    files: ['logseq/config.edn'],
    contentRoots: ['pages/', 'journals/'],
    staticRoots: ['assets/'],
    ownFolders: ['logseq/'],
  },
  {
    name: 'Obsidian',
    files: ['.obsidian/app.json', '.obsidian/workspace.json', '.obsidian/core-plugins.json'],
    ownFolders: ['Templates/', 'templates/'],
  },
];
