import { minify } from './stylesheet.ts';

/*
 * Rules that few pages need. Only those include them, before the stylesheet of all pages, which ends with the
 * publisher's CSS.
 */

/** For the classes of html/mathml.ts. */
export const MATH_STYLE = minify(`
math { font-family: "STIX Two Math", "Cambria Math", "Latin Modern Math", "Libertinus Math", "DejaVu Math TeX Gyre", "Noto Sans Math", math; font-style: normal; line-height: normal; hyphens: none; }
math:not([dir]) { direction: ltr; unicode-bidi: isolate; }
.math { display: block; margin: 1.25rem 0; padding-block: .2em; overflow: auto hidden; }
.math-inline { display: inline-block; max-width: 100%; vertical-align: bottom; overflow: auto hidden; }
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
.code pre { margin: 0; padding-inline: 1.25rem; }
@media (max-width: 41rem) { .content > .code pre { margin-inline: -1.25rem; border-inline: 0; border-radius: 0; } }
.code pre > code { display: block; width: fit-content; min-width: 100%; }
.code mark { display: block; margin: 0 -1.25rem; padding: 0 1.25rem; background: color-mix(in srgb, var(--accent) 14%, var(--paper)); }
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

/** For the pages of podcasts and episodes. */
export const PODCAST_STYLE = minify(`
.player { font-family: var(--sans); border: var(--line); border-radius: .5rem; padding: 1rem 1.25rem; margin: 0 0 2rem; display: flex; flex-wrap: wrap; gap: 1rem 1.25rem; align-items: center; }
.player > * { flex: 1 0 100%; margin: 0; }
.player > .cover { flex: none; width: 7rem; height: 7rem; border-radius: .35rem; }
.player > .sound { flex: 1 1 14rem; min-width: 0; }
.sound p { margin: .5rem 0 0; }
.player h2 { font: 600 1rem/1.4 var(--sans); margin: 0 0 .35rem; }
.chapters ol { list-style: none; margin: 0; padding: 0; font-size: .9375rem; }
.chapters li > a:first-child { display: inline-flex; gap: .75rem; padding: .2rem 0; text-decoration: none; }
.chapters li > a:hover { text-decoration: underline; }
.chapters time { min-width: 3.25rem; font-variant-numeric: tabular-nums; color: var(--faint); }
.chapters [aria-current], .transcript [aria-current] { background: var(--wash); color: var(--ink); }
.chapters [aria-current] time { color: inherit; }
.transcript { font-size: .9375rem; }
.transcript > summary { padding: 0; }
.transcript > div { margin-top: .5rem; max-height: 24rem; overflow-y: auto; font-family: var(--serif); }
.transcript p { margin: 0 0 .5rem; }
.transcript div a { font-family: var(--sans); text-decoration: none; font-variant-numeric: tabular-nums; }
.people { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .75rem 1.5rem; font: .9375rem/1.35 var(--sans); }
.people li { display: flex; gap: .65rem; align-items: center; margin: 0; }
.people p { margin: 0; }
.people img { width: 3rem; height: 3rem; }
.show { display: flex; flex-wrap: wrap; gap: 1.5rem 2.5rem; align-items: start; margin-bottom: 2rem; }
.show > .cover { width: clamp(9rem, 25vw, 15rem); height: auto; aspect-ratio: 1; border-radius: .5rem; }
.show > div { flex: 1 1 18rem; max-width: var(--measure); }
.show .lead { margin: 0 0 .5rem; }
.listen.meta { margin: .75rem 0 .25rem; }
ul.listen { list-style: none; padding: 0; margin: 0 0 1rem; display: flex; flex-wrap: wrap; gap: .4rem; font: .9375rem/1.4 var(--sans); }
ul.listen a { display: inline-block; border: var(--line); border-radius: 2rem; padding: .25rem .9rem; text-decoration: none; }
`);

/** All of them, for the content security policy. */
export const EXTRA_STYLES = [MATH_STYLE, CODE_STYLE, PODCAST_STYLE];
