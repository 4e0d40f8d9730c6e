import { COLOURS, type Colour, FONTS, type Theme } from '../config/theme.ts';

const ARABIC = ':lang(ar), :lang(fa), :lang(ur)';
const CJK = ':lang(zh), :lang(ja), :lang(ko)';

/**
 * Design tokens for colours and sizes; all other rules use them. The navigation is hidden until the browser has read the
 * whole header: what follows it there would move it.
 */
const RULES = `
:root {
  color-scheme: light dark; -webkit-text-size-adjust: 100%;
  --paper: light-dark(#fdfcfa, #15171a);
  --ink: light-dark(#1d1f21, #e4e2dd);
  --faint: light-dark(#5d6166, #a3a7ac);
  --rule: light-dark(#e3dfd8, #2e3237);
  --accent: light-dark(#0b5f7a, #7cc7e0);
  --serif: "Source Serif 4", Georgia, "Noto Serif", serif;
  --sans: system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  --measure: 38rem;
  --width: 62rem;
  --line: 1px solid var(--rule);
  --wash: color-mix(in srgb, var(--accent) 20%, var(--paper));
}
* { box-sizing: border-box; }
body {
  display: flex; flex-direction: column; min-height: 100vh; min-height: 100svh;
  margin: 0 auto; padding: 0 1.25rem; max-width: calc(max(var(--width), var(--measure)) + 2.5rem);
  background: var(--paper); color: var(--ink);
  font: 1.125rem/1.65 var(--serif); overflow-wrap: break-word;
}
:is(${ARABIC}, ${CJK}) { --serif: var(--sans); --slant: normal; --leading: 1.85; --tight: normal; }
:is(${ARABIC}) { --serif: "Noto Naskh Arabic", "Geeza Pro", "Traditional Arabic", serif; }
article, .h-entry { font-family: var(--serif); }
em, i, cite, dfn, var { font-style: var(--slant, italic); }
h1, .top, .lead, .meta, .foot, .button { overflow-wrap: anywhere; }
a[href] { color: var(--accent); text-decoration-thickness: .06em; text-underline-offset: .18em; }
:focus-visible { outline: .15em solid var(--accent); outline-offset: .15em; }
.skip:not(:focus) { position: absolute; clip-path: inset(50%); margin: 0; }
.skip:focus { display: inline-block; padding: .5rem; }
.top nav, .meta, .around, .pager, .files, .foot, .day, .button, figcaption, caption, form, summary { font-family: var(--sans); }
.top, .top nav, .readers, .foot { display: flex; flex-wrap: wrap; gap: .5rem clamp(1rem, 3vw, 1.5rem); }
.top { align-items: center; padding: 1rem 0; border-bottom: var(--line); font-size: 1rem; }
.top nav { margin-inline-start: auto; font-size: clamp(.875rem, .8rem + .3vw, .9375rem); }
.top nav:last-child { visibility: hidden; }
.top a, .p-name a, h2 a[href] { color: inherit; text-decoration: none; padding-block: .25rem; }
.top a:hover, .p-name a:hover, h2 a:hover { text-decoration: underline; }
.top > .name { padding-block: .375rem; }
.name { font-size: 1.25rem; font-weight: 600; line-height: 1.2; letter-spacing: var(--tight, -.01em); text-wrap: balance; }
.name::before {
  content: ""; display: inline-block; width: .6em; height: .6em; margin-inline-end: .45em;
  border-radius: 50% 50% 50% 0; background: var(--accent);
}
.name img { width: 1.3em; height: 1.3em; margin-inline-end: .4em; vertical-align: -.25em; }
.name:has(img)::before { content: none; }
.name .logo { display: block; width: auto; height: 2.25rem; margin: 0; max-width: 100%; object-fit: contain; object-position: 0; }
h1 .logo { height: clamp(3rem, 2rem + 4vw, 5rem); }
.top:has(h1) { align-items: end; padding-block: 2.5rem 1.25rem; }
.top > div { flex: 1 1 24rem; }
.top h1 { font-size: clamp(1.375rem, .6rem + 3.4vw, 3.25rem); margin: 0; }
.top .lead { font-family: var(--serif); margin: .35rem 0 0; max-width: var(--measure); line-height: 1.4; }
@media (max-width: 44rem) {
  .top > .name { flex: 1 1 50%; }
  .top nav { order: 1; width: 100%; margin: 0; }
}
@media (max-width: 60rem) {
  .top > div { display: contents; }
  .top h1 { flex: 1 1 50%; }
  .top h1 ~ .lead, .top > div ~ nav { order: 1; width: 100%; margin: 0; }
}
.top .button, .button {
  display: inline-block; padding: .4rem 1rem; border: 1px solid var(--accent); border-radius: 2rem;
  background: var(--accent); color: var(--paper); font-size: .9375rem; font-weight: 600; line-height: 1.4; text-decoration: none;
}
.button.quiet { background: transparent; color: var(--accent); }
.button:hover { text-decoration: underline; }
main { flex: 1 0 auto; width: 100%; max-width: var(--measure); margin: 0 auto; padding-block: 2.5rem 3rem; }
main.wide { max-width: none; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; text-wrap: balance; font-weight: 600; margin: 2rem 0 .5rem; letter-spacing: var(--tight, -.01em); }
h1 { font-size: clamp(1.75rem, 1.25rem + 2.4vw, 2.75rem); line-height: 1.15; margin: 0 0 .75rem; }
.long { font-size: clamp(1.5rem, 1.2rem + 1.5vw, 2rem); }
@supports (hyphenate-limit-chars: 18) { h1, h2, h3 { hyphens: auto; hyphenate-limit-chars: 18 6 6; } }
h2 { font-size: clamp(1.375rem, 1.25rem + .7vw, 1.625rem); margin-block: 2.75rem .75rem; }
h3 { font-size: 1.25rem; }
h4, h5, h6 { font-size: 1em; }
p, ul, ol, dl, pre, table, blockquote, figure, details { margin: 0 0 1.25rem; }
li > :is(ul, ol), li > p, figcaption p, .meta p, .foot p, .around p { margin: 0; }
.meta, .around, .pager, .files, .foot { font-size: .9375rem; line-height: 1.6; }
.meta, .foot, .lead, figcaption, caption, small, .count { color: var(--faint); }
.meta a, .foot a { color: inherit; }
header .meta { margin-bottom: 2rem; }
.lead { font-size: 1.2rem; }
.content { hyphens: auto; text-wrap: pretty; line-height: var(--leading, 1.65); }
.content > :first-child { margin-top: 0; }
.content :target { background: var(--wash); }
figcaption, caption { font-size: .9375rem; text-align: start; }
figure { margin: 2rem 0; }
hr { border: 0; border-top: var(--line); margin-block: 2.5rem; }
.content li+li { margin-top: .3rem; }
.content dt { font-weight: 600; }
blockquote, figure:not(:has(img, video, audio, pre, table, blockquote)) { border-inline-start: 3px solid var(--rule); padding-inline-start: 1rem; margin-inline: 0; }
blockquote { border-color: var(--accent); }
img, video { max-width: 100%; height: auto; }
audio, video { display: block; width: 100%; }
audio { animation: .3s settle; }
@keyframes settle { from, 99% { visibility: hidden; } }
code, kbd, samp { font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .85em; direction: ltr; unicode-bidi: isolate; }
.content :not(pre) > code, kbd { padding: .1em .3em; border-radius: .25em; background: color-mix(in srgb, var(--ink) 7%, var(--paper)); }
pre { line-height: 1.5; overflow-x: auto; direction: ltr; text-align: start; padding: .75rem 1rem; border: var(--line); border-radius: .4rem; hyphens: none; tab-size: 4; }
pre, table, .math {
  --shade: color-mix(in srgb, var(--ink) 22%, transparent);
  background:
    linear-gradient(to right, var(--paper) 30%, transparent) 0 / 2rem 100% local,
    linear-gradient(to left, var(--paper) 30%, transparent) 100% / 2rem 100% local,
    linear-gradient(to right, var(--shade), transparent) 0 / .6rem 100%,
    linear-gradient(to left, var(--shade), transparent) 100% / .6rem 100%;
  background-repeat: no-repeat;
}
table { display: block; overflow-x: auto; border-collapse: collapse; font-size: 1rem; line-height: 1.45; font-variant-numeric: tabular-nums; }
th, td { border-bottom: var(--line); padding-block: .35rem; padding-inline-end: .75rem; text-align: start; vertical-align: top; }
td.right { white-space: nowrap; }
.right { text-align: right; }
.center { text-align: center; }
sup, sub { line-height: 0; }
.content > section:last-child { font-size: 1rem; }
.content > section:last-child, .around, .foot { border-top: var(--line); padding-top: 1.25rem; }
.count { font-weight: 400; font-variant-numeric: tabular-nums; }
.index { list-style: none; padding: 0; columns: 16rem; column-gap: 2.5rem; }
.index li { break-inside: avoid; padding-block: .3rem; }
.index p { color: var(--faint); font-size: .9375rem; line-height: 1.45; margin: 0 0 .4rem; }
.wide > h1, .h-feed > h1, .wide .lead { max-width: var(--measure); }
.articles > .h-entry {
  display: flow-root; padding-block: 1.5rem; border-top: var(--line);
  > * { display: flow-root; }
  > .picture { float: inline-end; width: clamp(5.5rem, 20vw, 14rem); margin: .25rem 0 .25rem; margin-inline-start: clamp(1rem, 3vw, 2.5rem); }
}
.day + .h-entry { border: 0; }
.articles h3 { font-size: clamp(1.25rem, 1.15rem + .5vw, 1.5rem); line-height: 1.2; margin: 0 0 .4rem; max-width: var(--measure); }
.articles .day { font-size: 1rem; margin: 1.5rem 0 0; border-top: 2px solid var(--ink); padding-top: .5rem; letter-spacing: 0; }
.day ~ .h-entry .when { display: none; }
.articles p, .kinds p { margin: 0 0 .4rem; max-width: var(--measure); line-height: 1.5; }
.articles .p-summary { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; overflow: hidden; }
.articles .meta { display: flex; flex-wrap: wrap; column-gap: .75em; font-size: .875rem; line-height: 1.75; margin: 0; }
.picture img { display: block; width: 100%; aspect-ratio: 3 / 2; object-fit: cover; border-radius: .2rem; background: var(--rule); }
@media (max-width: 44rem) {
  .picture img { aspect-ratio: 1; }
  .articles .p-summary { -webkit-line-clamp: 4; }
}
.found .articles .p-summary { -webkit-line-clamp: none; }
.front > .articles > :first-child {
  border: 0; padding-block: 0 2.5rem;
  h3 { font-size: clamp(1.75rem, 1.3rem + 2vw, 2.75rem); line-height: 1.1; margin-bottom: .75rem; }
  .p-summary { font-size: 1.2rem; margin-bottom: .75rem; -webkit-line-clamp: 6; }
  > .picture { width: clamp(24rem, 58vw, 36rem); margin-block: 0; }
  img { aspect-ratio: 3 / 2; }
  @media (max-width: 44rem) { > .picture { float: none; width: auto; margin: 0 0 1rem; } }
}
.kinds a { display: inline-block; }
.tags a { margin-inline-end: .25em; }
.pager a { display: inline-block; border: var(--line); border-radius: 2rem; padding: .4rem 1rem; text-decoration: none; font-weight: 600; }
.pager a:hover { text-decoration: underline; }
.files, .readers, .feeds { list-style: none; padding: 0; }
.kinds, .feeds { font: 1rem/1.65 var(--sans); }
.around:empty { display: none; }
summary { cursor: pointer; padding-block: .25rem .5rem; }
.around { display: grid; gap: 1rem 2rem; grid-template-columns: repeat(auto-fit, minmax(min(15rem, 100%), 1fr)); }
.around small { display: block; font-size: inherit; }
@media (min-width: 36rem) { .newer { text-align: end; } }
mark { background: var(--wash); color: inherit; }
@media (forced-colors: active) { mark, mark * { forced-color-adjust: none; background: Mark !important; color: MarkText !important; } .name::before { forced-color-adjust: none; } }
.around small, dt { text-align: -webkit-match-parent; text-align: match-parent; }
form, .copy { display: flex; gap: .5rem; margin: 0 0 1.25rem; font-size: 1rem; }
input, button, .address { border: 1px solid var(--faint); border-radius: .4rem; padding: .45rem .75rem; }
input, button { font: inherit; color: inherit; background: transparent; min-width: 0; }
input, .address { flex: 1; }
button { background: var(--accent); border-color: var(--accent); color: var(--paper); cursor: pointer; font-weight: 600; }
.copy { flex-wrap: wrap; }
.address { flex-basis: 18rem; min-width: 0; line-height: 1.7; user-select: all; overflow-wrap: break-word; }
.foot { column-gap: 2.5rem; padding-bottom: 3rem; }
.kicker { font: .9375rem/1.6 var(--sans); color: var(--faint); margin: 0 0 .5rem; }
.kicker a { color: inherit; }
article > header + figure { margin-top: 0; }
header .meta { display: flex; gap: .75rem; align-items: center; }
header .meta > div, .author p, .articles .meta > span { min-width: 0; }
header .meta > img { width: 2.75rem; height: 2.75rem; }
header .meta > img, .author img, .people img { border-radius: 50%; object-fit: cover; flex: none; background: var(--rule); }
figcaption { margin-top: .5rem; }
article > figure img { max-height: 85vh; object-fit: contain; object-position: 0; }
article:dir(rtl) > figure img { object-position: 100%; }
main img:is([src$=".png"], [src$=".svg"], [srcset*=".png"]) { background: light-dark(transparent, #e3dfd8); }
.toc { font: .9375rem/1.5 var(--sans); border: var(--line); border-radius: .4rem; padding: .75rem 1rem; margin: 0 0 2rem; }
.toc p { font-weight: 600; margin: 0 0 .25rem; }
.toc ol { list-style: none; margin: 0; padding: 0; }
.toc ol ol { padding-inline-start: 1.25rem; }
.toc a { display: inline-block; padding-block: .15rem; text-decoration: none; }
.toc a:hover { text-decoration: underline; }
article > footer { font-family: var(--sans); font-size: .9375rem; border-top: var(--line); margin-top: 3rem; padding-top: 1.5rem; }
article > footer p { margin: 0 0 .75rem; }
article > footer .tags { margin: 0 0 .75rem; }
article > footer .tags a { display: inline-block; border: var(--line); border-radius: 2rem; padding: .1rem .75rem; margin: 0 .25rem .4rem 0; text-decoration: none; }
.author { display: flex; gap: 1rem; align-items: center; margin-bottom: 1.25rem; }
.author p { margin: 0; }
.author img { width: 4rem; height: 4rem; }
.share { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; padding-top: .5rem; }
button.quiet { cursor: pointer; }
#corrections h2 { font-size: 1rem; margin: 0 0 .5rem; }
nav + .around { margin-top: 1.25rem; }
.older:not(:has(small))::before { content: "←\\a0" / ""; }
.newer:not(:has(small))::after { content: "\\a0→" / ""; }
.older:dir(rtl):not(:has(small))::before { content: "→\\a0" / ""; }
.newer:dir(rtl):not(:has(small))::after { content: "\\a0←" / ""; }
.related { border-top: var(--line); margin-top: 1.25rem; padding-top: 1.25rem; }
.related h2 { font-size: 1.125rem; margin: 0 0 .5rem; }
.related ul { list-style: none; padding: 0; margin: 0 0 1.5rem; }
.related li { padding-block: .35rem; }
.articles audio { max-width: 30rem; height: 2.5rem; margin-block: .35rem; }
@media (max-width: 44rem) { .toc ol ol { display: none; } }
.scripted { visibility: hidden; }
@media (scripting: none) { .scripted { display: none; } }
`;

/** Where there is room beside the text: the table of contents in the margin, the lead picture wider than the text. */
const MARGIN_RULES = `
@media (min-width: 67rem) {
  .toc { float: inline-start; position: sticky; top: 1.5rem; width: 10.5rem; margin: .35rem 1.5rem 0 -12rem; max-height: calc(100vh - 3rem); overflow-y: auto; border: 0; padding: 0; font-size: .875rem; }
  .toc:dir(rtl) { margin: .35rem -12rem 0 1.5rem; }
  .toc ol ol { padding-inline-start: .75rem; }
  figure.wide { margin-inline: max((var(--measure) - var(--width)) / 4, (100% - 100vw) / 2 + 1.25rem); }
}
`;

/** Rules that override a theme: accessibility preferences and print. */
const MODES = `
@media (prefers-contrast: more) { :root { --paper: light-dark(#fff, #000); --ink: light-dark(#000, #fff); --faint: var(--ink); --rule: var(--ink); --accent: light-dark(#003a70, #9fe0ff); } }
@media print {
  @page { margin: 2cm; }
  :root { color-scheme: light; --paper: #fff; --ink: #000; --faint: #333; --accent: #000; }
  .top nav, .skip, .related, .around, .pager, .share, .foot, article > footer, form, audio, .button { display: none !important; }
  body, main { max-width: none; font-size: 12pt; padding: 0; }
  .content a[href^="http"]:not([href*="#"])::after { content: " (" attr(href) ")"; font-size: .8em; }
  img { width: auto; max-height: 12cm; }
  .articles .p-summary { -webkit-line-clamp: none; }
  pre, table, .math { white-space: pre-wrap; background: none; }
  table { display: table; font-size: .8em; }
  h1, h2, h3, figure, table, pre { break-after: avoid; break-inside: avoid; }
}
`;

/** A file of a font. */
export interface FontFace {
  readonly path: string;
  readonly weight: string;
  readonly slant: string;
  /** Absent for a font that every page needs. */
  readonly unicodeRange: string | undefined;
}

interface StyleParts {
  readonly fonts?: readonly FontFace[];
  /** The publisher's own CSS, which overrides everything else. */
  readonly css?: string | undefined;
}

/** The stylesheet, inlined into every page so that a page is one request. */
export function stylesheet(theme: Theme, { fonts = [], css = '' }: StyleParts = {}): string {
  return (
    minify(fontFaces(fonts)) +
    minify(RULES) +
    (theme.measure === undefined ? minify(MARGIN_RULES) : '') +
    minify(tokens(theme)) +
    minify(MODES) +
    css.trim()
  );
}

/** A font that does not come at once is used from the next page on: nothing moves when it comes. */
function fontFaces(fonts: readonly FontFace[]): string {
  return fonts
    .map(
      ({ path, weight, slant, unicodeRange }) =>
        `@font-face { font-family: "Source Serif 4"; font-weight: ${weight}; font-style: ${slant}; font-display: optional; src: url(${path}); ${unicodeRange === undefined ? '' : `unicode-range: ${unicodeRange}; `}}`,
    )
    .join('\n');
}

function tokens(theme: Theme): string {
  const declarations = [
    ...COLOURS.flatMap((name) => declaration(name, cssColour(theme[name]))),
    ...FONTS.flatMap((name) => declaration(name, theme[name])),
    ...declaration('measure', theme.measure),
  ];
  return declarations.length === 0 ? '' : `:root { ${declarations.join(' ')} }`;
}

function declaration(name: string, value: string | undefined): string[] {
  return value === undefined ? [] : [`--${name}: ${value};`];
}

function cssColour(value: Colour | undefined): string | undefined {
  return value === undefined || typeof value === 'string' ? value : `light-dark(${value[0]}, ${value[1]})`;
}

export function minify(css: string): string {
  return css
    .split('\n')
    .map((line) => line.trim())
    .join('')
    .replace(/(?<!\s)\s+(?=[{};])|(?<=[{};])\s+/g, '')
    .replace(/([:,])\s+/g, '$1')
    .replace(/;}/g, '}')
    .replace(/ > /g, '>');
}
