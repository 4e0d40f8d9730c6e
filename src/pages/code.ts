import {
  attribute,
  type Element,
  type ElementContent,
  h,
  isElement,
  type Parent,
  type Root,
  rawText,
  root,
  text,
  withReplaced,
} from '../html/tree.ts';
import { attempt, memoized } from '../memo.ts';
import { lazyRequire } from '../package.ts';
import { wordMap } from '../strings.ts';

const NO_LANGUAGE = /^(?:math|none|output|plain|plaintext|raw|text|txt)$/;

/** The maximum amount of code that is coloured on a page; UTF-16 code units. */
const MAX_PAGE = 100_000;

/**
 * A content with its code as pages show it: coloured if its language is stated, with a caption of its file and
 * language.
 *
 * @returns the content itself if it has no code
 */
export function withCode(content: Root): Root {
  let left = MAX_PAGE;
  let hasCode = false;
  const shown = withReplaced(content, (element) => {
    const [pre, title] = namedCode(element) ?? [element];
    const code = pre.tagName === 'pre' ? pre.children.find((child) => isElement(child, 'code')) : undefined;
    if (code === undefined) return undefined;
    hasCode = true;
    left -= rawText(code).length;
    return [figureOf(pre, code, left >= 0, title)];
  });
  return hasCode ? shown : content;
}

/** Code and the name of its file, which stands above it. */
function namedCode({ tagName, children, properties }: Element): [Element, string] | undefined {
  const [caption, pre, ...others] = tagName === 'figure' ? children : [];
  if (!isElement(caption, 'figcaption') || !isElement(pre, 'pre') || others.length > 0) return undefined;
  const [title] = caption.children;
  const isName = caption.children.length === 1 && title?.type === 'text' && properties.id === undefined;
  return isName ? [pre, title.value] : undefined;
}

function figureOf(pre: Element, code: Element, isColoured: boolean, title: string | undefined): Element {
  const { 'data-lines': lines, ...properties } = code.properties;
  const stated = codeLanguage(code);
  const isPlain = code.children.every(({ type }) => type === 'text');
  const coloured = isColoured && isPlain && stated !== undefined ? colour(rawText(code), stated) : undefined;
  const shown = coloured ?? code.children;
  const children = typeof lines === 'string' ? withMarkedLines(shown, numbersIn(lines)) : shown;
  const captions = [
    ...(title === undefined ? [] : [h('code', {}, [text(title)])]),
    ...(stated === undefined ? [] : [h('span', {}, [text(languageLabel(stated))])]),
  ];
  return h('figure', { className: ['code'] }, [
    ...(captions.length === 0 ? [] : [h('figcaption', {}, captions)]),
    { ...pre, children: [{ ...code, properties, children }] },
  ]);
}

function codeLanguage(code: Element): string | undefined {
  const name = /(?:^|\s)language-(\S+)/.exec(attribute(code, 'class') ?? '')?.[1]?.toLowerCase();
  return name === undefined || NO_LANGUAGE.test(name) ? undefined : name;
}

/** The numbers in `1,3-5`. */
function numbersIn(stated: string): ReadonlySet<number> {
  const numbers = new Set<number>();
  for (const [, first = '', last = first] of stated.matchAll(/(\d{1,4})(?:-(\d{1,4}))?/g))
    for (let number = Number(first); number <= Number(last); number++) numbers.add(number);
  return numbers;
}

/** Puts lines of code into elements of their own. */
function withMarkedLines(nodes: readonly ElementContent[], marked: ReadonlySet<number>): ElementContent[] {
  const lines: ElementContent[][] = splitLines(nodes);
  return lines.flatMap((line, index) =>
    marked.has(index + 1) && line.length > 0 ? [h('mark', {}, line)] : line,
  );
}

/** Splits code after its line breaks, and the elements that contain them. */
function splitLines(nodes: readonly ElementContent[]): ElementContent[][] {
  const lines: ElementContent[][] = [[]];
  for (const node of nodes) {
    if (node.type === 'text') {
      for (const [index, part] of node.value.split(/(?<=\n)/).entries()) {
        if (index > 0) lines.push([]);
        if (part !== '') lines.at(-1)?.push(text(part));
      }
      if (node.value.endsWith('\n')) lines.push([]);
    } else if (node.type === 'element') {
      for (const [index, part] of splitLines(node.children).entries()) {
        if (index > 0) lines.push([]);
        if (part.length > 0) lines.at(-1)?.push({ ...node, children: part });
      }
    }
  }
  return lines;
}

interface Highlighter {
  registerLanguage(name: string, definition: unknown): void;
  getLanguage(name: string): { readonly name?: string } | undefined;
  configure(options: { readonly __emitter: typeof TreeEmitter }): void;
  highlight(
    code: string,
    options: { language: string; ignoreIllegals: true },
  ): { readonly _emitter: TreeEmitter; readonly errorRaised?: Error };
}

/** Makes a tree of the result of highlight.js, as lowlight does; the method names are those of its interface. */
class TreeEmitter {
  readonly tree = root([]);
  readonly #open: Parent[] = [this.tree];

  addText(value: string): void {
    const { children } = this.#open.at(-1) ?? this.tree;
    const last = children.at(-1);
    if (last?.type === 'text') last.value += value;
    else if (value !== '') children.push(text(value));
  }

  startScope(scope: string): void {
    const [name = '', ...parts] = scope.split('.');
    const className = [`hljs-${name}`, ...parts.map((part, index) => part + '_'.repeat(index + 1))];
    const element = h('span', { className });
    (this.#open.at(-1) ?? this.tree).children.push(element);
    this.#open.push(element);
  }

  endScope(): void {
    this.#open.pop();
  }

  openNode(scope: string): void {
    this.startScope(scope);
  }

  closeNode(): void {
    this.endScope();
  }

  __addSublanguage({ tree }: TreeEmitter): void {
    (this.#open.at(-1) ?? this.tree).children.push(...(tree.children as ElementContent[])); // no doctypes
  }

  finalize(): void {}

  toHTML(): string {
    return '';
  }
}

const library = lazyRequire<{ default: { newInstance(): Highlighter } }>('highlight.js/lib/core');

/** Other names of the languages of highlight.js. */
const ALIASES = wordMap(
  `apacheconf=apache htaccess=apache sh=bash zsh=bash ksh=bash h=c clj=clojure cljs=clojure edn=clojure c++=cpp
  cc=cpp cxx=cpp hh=cpp hpp=cpp cs=csharp c#=csharp patch=diff docker=dockerfile bat=dos cmd=dos ex=elixir
  exs=elixir eruby=erb erl=erlang f#=fsharp fs=fsharp golang=go gql=graphql hbs=handlebars hs=haskell
  toml=ini conf=ini js=javascript jsx=javascript mjs=javascript cjs=javascript jsonc=json json5=json
  jl=julia kt=kotlin kts=kotlin tex=latex make=makefile mk=makefile md=markdown mdx=markdown mkd=markdown
  nginxconf=nginx nixos=nix objc=objectivec obj-c=objectivec mm=objectivec ml=ocaml pl=perl pm=perl
  postgres=pgsql postgresql=pgsql psql=pgsql ps1=powershell pwsh=powershell ps=powershell proto=protobuf
  py=python python3=python py3=python rb=ruby rs=rust scm=scheme console=shell terminal=shell
  shellsession=shell sh-session=shell mysql=sql sqlite=sql styl=stylus jinja=twig jinja2=twig ts=typescript
  tsx=typescript mts=typescript cts=typescript vb=vbnet viml=vim vimscript=vim wat=wasm asm=x86asm
  nasm=x86asm html=xml xhtml=xml svg=xml vue=xml svelte=xml astro=xml rss=xml atom=xml plist=xml yml=yaml`,
);
/** The languages that a language embeds. */
const EMBEDDED = wordMap(
  `django=xml dockerfile=bash erb=xml,ruby handlebars=xml markdown=xml php-template=xml,php shell=bash twig=xml
  xml=css,javascript`,
);
/** Names that differ from those in the highlighter. */
const LABELS = wordMap(
  `astro=Astro atom=Atom bash=Bash html=HTML ini=INI jsx=JSX mdx=MDX rss=RSS sh=Shell svelte=Svelte svg=SVG
  toml=TOML tsx=TSX vue=Vue xhtml=XHTML xml=XML zsh=Zsh`,
);

/*
 * The grammars take time that grows with the square of the length of a line and of white space, so only code that
 * people write is coloured.
 */
const MAX_CODE = 12_000;
const MAX_LINE = 400;
const LONG_SPACE = /\s{200}/;

/** A highlighter for one language and those embedded in it, so that colours do not depend on earlier code. */
const openLanguage = memoized((name: string): Highlighter | undefined => {
  const highlighter = library().default.newInstance();
  highlighter.configure({ __emitter: TreeEmitter });
  const isKnown = /^[a-z0-9][a-z0-9-]{0,30}$/.test(name) && register(highlighter, name);
  return isKnown ? highlighter : undefined;
});

function register(highlighter: Highlighter, name: string): boolean {
  const grammar = attempt(lazyRequire<{ default: unknown }>(`highlight.js/lib/languages/${name}`));
  if (grammar === undefined) return false;
  highlighter.registerLanguage(name, grammar.default);
  for (const other of EMBEDDED.get(name)?.split(',') ?? []) register(highlighter, other);
  return true;
}

function grammarOf(stated: string): string {
  return ALIASES.get(stated) ?? stated;
}

/** The name of a language for people. */
function languageLabel(stated: string): string {
  const name = grammarOf(stated);
  return LABELS.get(stated) ?? openLanguage(name)?.getLanguage(name)?.name ?? stated;
}

/** Code with its parts in elements that have the classes of highlight.js; undefined if it stays plain. */
function colour(source: string, stated: string): ElementContent[] | undefined {
  if (source.length > MAX_CODE || hasLongLine(source) || LONG_SPACE.test(source)) return undefined;
  const language = grammarOf(stated);
  const result = openLanguage(language)?.highlight(source, { language, ignoreIllegals: true });
  // A grammar may fail on unusual code.
  return result === undefined || result.errorRaised !== undefined
    ? undefined
    : (result._emitter.tree.children as ElementContent[]); // no doctypes
}

function hasLongLine(source: string): boolean {
  return source.split('\n').some((line) => line.length > MAX_LINE);
}
