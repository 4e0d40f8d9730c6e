import { minify } from './stylesheet.ts';

/*
 * Rules for what few articles hold. Only their pages have them, above the stylesheet of all pages, which a publisher's
 * own CSS ends.
 */

/** For the classes of html/mathml.ts. */
export const MATH_STYLE = minify(`
math { font-family: "STIX Two Math", "Cambria Math", "Latin Modern Math", "Libertinus Math", "DejaVu Math TeX Gyre", "Noto Sans Math", math; font-style: normal; line-height: normal; hyphens: none; }
math:not([dir]) { direction: ltr; unicode-bidi: isolate; }
math[display=block] { display: block; display: block math; max-width: 100%; margin: 1.25rem 0; padding-block: .2em; overflow: auto hidden; }
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
