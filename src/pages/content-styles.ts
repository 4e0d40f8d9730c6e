import { minify } from './stylesheet.ts';

/*
 * Rules for elements that few articles have. Only their pages include them, above the stylesheet of all pages, which
 * ends with the publisher's CSS.
 */

/** For the classes of html/mathml.ts. */
export const MATH_STYLE = minify(`
math { font-family: "STIX Two Math", "Cambria Math", "Latin Modern Math", "Libertinus Math", "DejaVu Math TeX Gyre", "Noto Sans Math", math; font-style: normal; line-height: normal; hyphens: none; }
math:not([dir]) { direction: ltr; unicode-bidi: isolate; }
math[display=block] { display: block; display: block math; max-width: 100%; margin: 1.25rem 0; padding-block: .2em; overflow: auto hidden; }
@media (max-width: 42rem) { math:not([display=block]) { max-width: 100%; overflow: auto hidden; padding-inline: .1em; margin-inline: -.1em; } }
mtd { padding: .5ex .4em; }
mtd:first-child { padding-left: 0; }
mtd:last-child { padding-right: 0; }
.aligned > mtr > mtd { padding: .7ex 0; }
mtd.gap, .aligned > mtr > mtd.gap { padding-left: 1em; }
mtd.left { text-align: left; text-align: -webkit-left; }
mtd.right { text-align: right; text-align: -webkit-right; }
.tagged { width: 100%; }
mtd.rest { width: 50%; }
mtd.rest:last-child { text-align: right; text-align: -webkit-right; padding-left: 1em; }
.line-left { border-left: 1px solid; }
.line-right { border-right: 1px solid; }
.line-top { border-top: 1px solid; }
.line-bottom { border-bottom: 1px solid; }
.boxed { border: 1px solid; padding: .25em; }
@supports (not (-moz-appearance: none)) {
  menclose { padding: .1em; }
  menclose[notation~=box] { border: 1px solid; padding: .25em; }
  menclose[notation~=top] { border-top: 1px solid; }
  menclose[notation~=bottom] { border-bottom: 1px solid; }
  menclose[notation~=left] { border-left: 1px solid; }
  menclose[notation~=right] { border-right: 1px solid; }
  menclose[notation~=circle] { border: 1px solid; border-radius: 50%; padding: .25em; }
  menclose { --line: transparent calc(50% - .04em), currentcolor 0 calc(50% + .04em), transparent 0; }
  menclose[notation~=horizontalstrike] { background: linear-gradient(var(--line)); }
  menclose[notation~=updiagonalstrike] { background: linear-gradient(to bottom right, var(--line)); }
  menclose[notation~=downdiagonalstrike] { background: linear-gradient(to top right, var(--line)); }
  menclose[notation~=updiagonalstrike][notation~=downdiagonalstrike] { background: linear-gradient(to bottom right, var(--line)), linear-gradient(to top right, var(--line)); }
}
`);

/** For the classes of highlight.js, whose names themes of publishers use. */
export const CODE_STYLE = minify(`
.code { position: relative; margin: 0 0 1.25rem; direction: ltr; text-align: left; }
.code figcaption { display: flex; flex-wrap: wrap; gap: 0 1rem; min-height: 1.6em; padding-right: 5rem; }
.code pre { margin: 0; }
.code pre > code { display: block; width: fit-content; min-width: 100%; }
.code mark { display: block; margin: 0 -1rem; padding: 0 1rem; background: color-mix(in srgb, var(--accent) 14%, var(--paper)); }
.code button { position: absolute; top: 0; right: 0; padding: .1rem .6rem; font: .8125rem/1.4 var(--sans); background: var(--paper); border-color: var(--rule); color: var(--faint); }
.code pre:first-child + button { top: .4rem; right: .4rem; }
.hljs-comment, .hljs-quote { color: var(--faint); }
.hljs-comment, .hljs-emphasis { font-style: italic; }
.hljs-strong, .hljs-section { font-weight: 700; }
.hljs-keyword, .hljs-selector-tag, .hljs-doctag, .hljs-name, .hljs-meta .hljs-keyword { color: light-dark(#86197e, #dda2dc); }
.hljs-string, .hljs-regexp, .hljs-addition, .hljs-meta .hljs-string, .hljs-code { color: light-dark(#275c1b, #a8d394); }
.hljs-number, .hljs-literal, .hljs-symbol, .hljs-bullet, .hljs-link, .hljs-char { color: light-dark(#804000, #e6b673); }
.hljs-title, .hljs-section, .hljs-selector-id, .hljs-selector-class { color: light-dark(#0b4a8f, #8fbdf5); }
.hljs-type, .hljs-built_in, .hljs-meta, .hljs-class .hljs-title, .hljs-title.class_ { color: light-dark(#075a5a, #7fcfc8); }
.hljs-attr, .hljs-attribute, .hljs-variable, .hljs-template-variable, .hljs-selector-attr, .hljs-property { color: light-dark(#7c3a12, #e3b79a); }
.hljs-deletion { color: light-dark(#9c1c1c, #f3a3a0); }
@media print { .code button { display: none; } }
`);
