import { readCanonical } from '../html/canonical.ts';
import type { ElementContent } from '../html/tree.ts';
import { lazyRequire } from '../lazy-require.ts';

interface Highlighter {
  registerLanguage(name: string, definition: unknown): void;
  getLanguage(name: string): { readonly name?: string } | undefined;
  highlight(code: string, options: { language: string; ignoreIllegals: true }): { readonly value: string };
}

const library = lazyRequire<{ default: { newInstance(): Highlighter } }>('highlight.js/lib/core');

/** The languages of highlight.js that have other names, too. */
const ALIASES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    apache: 'apacheconf htaccess',
    bash: 'sh zsh ksh',
    c: 'h',
    clojure: 'clj cljs edn',
    cpp: 'c++ cc cxx hh hpp',
    csharp: 'cs c#',
    diff: 'patch',
    dockerfile: 'docker',
    dos: 'bat cmd',
    elixir: 'ex exs',
    erb: 'eruby',
    erlang: 'erl',
    fsharp: 'f# fs',
    go: 'golang',
    graphql: 'gql',
    handlebars: 'hbs',
    haskell: 'hs',
    ini: 'toml conf',
    javascript: 'js jsx mjs cjs',
    json: 'jsonc json5',
    julia: 'jl',
    kotlin: 'kt kts',
    latex: 'tex',
    makefile: 'make mk',
    markdown: 'md mdx mkd',
    nginx: 'nginxconf',
    nix: 'nixos',
    objectivec: 'objc obj-c mm',
    ocaml: 'ml',
    perl: 'pl pm',
    pgsql: 'postgres postgresql psql',
    powershell: 'ps1 pwsh ps',
    protobuf: 'proto',
    python: 'py python3 py3',
    ruby: 'rb',
    rust: 'rs',
    scheme: 'scm',
    shell: 'console terminal shellsession sh-session',
    sql: 'mysql sqlite',
    stylus: 'styl',
    twig: 'jinja jinja2',
    typescript: 'ts tsx mts cts',
    vbnet: 'vb',
    vim: 'viml vimscript',
    wasm: 'wat',
    x86asm: 'asm nasm',
    xml: 'html xhtml svg vue svelte astro rss atom plist',
    yaml: 'yml',
  }).flatMap(([name, others]) => others.split(' ').map((other): [string, string] => [other, name])),
);
/** Languages that stand within others. */
const EMBEDDED: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    django: ['xml'],
    dockerfile: ['bash'],
    erb: ['xml', 'ruby'],
    handlebars: ['xml'],
    markdown: ['xml'],
    'php-template': ['xml', 'php'],
    shell: ['bash'],
    twig: ['xml'],
    xml: ['css', 'javascript'],
  }),
);
/** Where the name is not that of the highlighter's language. */
const LABELS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    astro: 'Astro',
    atom: 'Atom',
    bash: 'Bash',
    html: 'HTML',
    ini: 'INI',
    jsx: 'JSX',
    mdx: 'MDX',
    rss: 'RSS',
    sh: 'Shell',
    svelte: 'Svelte',
    svg: 'SVG',
    toml: 'TOML',
    tsx: 'TSX',
    vue: 'Vue',
    xhtml: 'XHTML',
    xml: 'XML',
    zsh: 'Zsh',
  }),
);

/*
 * The grammars take time that grows with the square of what stands in a line and between two words, so only code that
 * people write is coloured.
 */
const MAX_CODE = 12_000;
const UNUSUAL = /[^\n]{400}|\s{200}/;

/** Each with one language and what that holds, so that colours do not depend on what was coloured before. */
const highlighters = new Map<string, Highlighter | undefined>();

function openLanguage(name: string): Highlighter | undefined {
  if (highlighters.has(name)) return highlighters.get(name);
  const highlighter = library().default.newInstance();
  const isKnown = /^[a-z0-9][a-z0-9-]{0,30}$/.test(name) && register(highlighter, name);
  const found = isKnown ? highlighter : undefined;
  highlighters.set(name, found);
  return found;
}

function register(highlighter: Highlighter, name: string): boolean {
  try {
    const grammar = lazyRequire<{ default: unknown }>(`highlight.js/lib/languages/${name}`);
    highlighter.registerLanguage(name, grammar().default);
  } catch {
    return false;
  }
  for (const other of EMBEDDED.get(name) ?? []) register(highlighter, other);
  return true;
}

function grammarOf(stated: string): string {
  return ALIASES.get(stated) ?? stated;
}

/** The name of a language for people. */
export function labelOf(stated: string): string {
  const name = grammarOf(stated);
  return LABELS.get(stated) ?? openLanguage(name)?.getLanguage(name)?.name ?? stated;
}

/** Code with its parts in elements that have the classes of highlight.js; undefined if it stays plain. */
export function colour(source: string, stated: string): ElementContent[] | undefined {
  if (source.length > MAX_CODE || UNUSUAL.test(source)) return undefined;
  const language = grammarOf(stated);
  try {
    const markup = openLanguage(language)?.highlight(source, { language, ignoreIllegals: true }).value;
    if (markup === undefined) return undefined;
    // It is canonical HTML but for its quotation marks, which stand in tags only.
    const canonical = markup.replaceAll('"', "'").replaceAll('&#x27;', '&#39;');
    return readCanonical(canonical).children as ElementContent[]; // no doctypes
  } catch {
    // A grammar may fail on what nobody tried.
    return undefined;
  }
}
