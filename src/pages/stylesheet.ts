/** The one stylesheet; it stands inside every page, so that a page is one request. Colours and sizes are tokens. */
export const stylesheet = minify(`
:root {
  color-scheme: light dark;
  --paper: light-dark(#fdfcfa, #15171a);
  --ink: light-dark(#1d1f21, #e4e2dd);
  --faint: light-dark(#5d6166, #a3a7ac);
  --rule: light-dark(#e3dfd8, #2e3237);
  --accent: light-dark(#0b5f7a, #7cc7e0);
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "Book Antiqua", Georgia, "Noto Serif", serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", sans-serif;
  --measure: 38rem;
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: 0 1.25rem; max-width: calc(var(--measure) + 2.5rem);
  background: var(--paper); color: var(--ink);
  font: 1.125rem/1.65 var(--serif); overflow-wrap: break-word; text-rendering: optimizeLegibility;
}
a { color: var(--accent); text-decoration-thickness: .06em; text-underline-offset: .18em; }
a:hover { text-decoration-thickness: .12em; }
:focus-visible { outline: .15em solid var(--accent); outline-offset: .15em; border-radius: .15em; }
.skip { position: absolute; inset-inline-start: -99rem; }
.skip:focus { inset-inline-start: 1rem; inset-block-start: .5rem; background: var(--paper); padding: .25rem .5rem; }
.top {
  display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: baseline; justify-content: space-between;
  padding: 1.5rem 0 1rem; border-block-end: 1px solid var(--rule); font: 1rem/1.4 var(--sans);
}
.top a { color: inherit; text-decoration: none; padding: .25rem 0; }
.top a:hover { text-decoration: underline; }
.name { font-weight: 700; letter-spacing: -.01em; }
.name::before {
  content: ""; display: inline-block; inline-size: .7em; block-size: .7em; margin-inline-end: .5em;
  border-radius: 50% 50% 50% 0; background: var(--accent);
}
main { padding-block: 2.5rem 3rem; }
h1, h2, h3, h4 { line-height: 1.2; text-wrap: balance; font-weight: 600; }
h1 { font-size: clamp(1.75rem, 1.3rem + 2.2vw, 2.5rem); letter-spacing: -.015em; margin: 0 0 .75rem; }
h2 { font-size: 1.375rem; margin: 2.5rem 0 .75rem; }
h3 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
p, ul, ol, pre, table, blockquote, figure { margin: 0 0 1.25rem; }
.meta { color: var(--faint); font: .9375rem/1.5 var(--sans); margin-block-end: 2rem; }
.meta a { color: inherit; }
.lead { font-size: 1.2rem; color: var(--faint); text-wrap: pretty; }
.content { hyphens: auto; text-wrap: pretty; }
figure { border-inline-start: 3px solid var(--rule); padding-inline-start: 1rem; color: var(--faint); }
figcaption { font: .9375rem/1.5 var(--sans); }
figcaption p { margin: 0; }
blockquote { border-inline-start: 3px solid var(--accent); padding-inline-start: 1rem; margin-inline: 0; }
img, video { max-width: 100%; height: auto; }
pre { overflow-x: auto; font-size: .875rem; }
.articles { list-style: none; padding: 0; margin: 2.5rem 0 0; }
.label { font: 600 1rem/1.4 var(--sans); color: var(--faint); margin: 3rem 0 -1rem; }
.articles li { padding-block: 1.5rem; border-block-start: 1px solid var(--rule); }
.articles h2 { font-size: 1.375rem; margin: 0 0 .25rem; }
.articles h2 a { color: inherit; text-decoration: none; }
.articles h2 a:hover { text-decoration: underline; }
.articles p { margin: 0; }
.articles .meta { margin-block-end: .5rem; }
.attachments { list-style: none; padding: 0; font: 1rem/1.5 var(--sans); }
audio, video { display: block; inline-size: 100%; }
.tags { font: .9375rem/1.5 var(--sans); color: var(--faint); }
.tags span { border: 1px solid var(--rule); border-radius: 1em; padding: .1em .7em; white-space: nowrap; }
table { border-collapse: collapse; display: block; overflow-x: auto; font-size: 1rem; }
th, td { border-block-end: 1px solid var(--rule); padding: .35rem .75rem .35rem 0; text-align: start; vertical-align: top; }
.subscribe { font: 1rem/1.6 var(--sans); }
.address { display: block; font: .9375rem/1.5 ui-monospace, monospace; padding: .75rem 1rem; border: 1px solid var(--rule); border-radius: .4rem; user-select: all; overflow-x: auto; }
.subscribe ul { padding-inline-start: 1.25rem; }
code { font-size: .9em; }
.foot { border-block-start: 1px solid var(--rule); padding: 1.5rem 0 3rem; color: var(--faint); font: .9375rem/1.6 var(--sans); }
.foot p { margin: 0; }
.foot a { color: inherit; }
@media print { .top nav, .foot, .skip { display: none; } body { max-width: none; font-size: 11pt; } }
@media (prefers-contrast: more) { :root { --faint: var(--ink); --rule: currentColor; } }
`);

function minify(css: string): string {
  return css
    .replace(/\s*\n\s*/g, '')
    .replace(/\s*([{};])\s*/g, '$1')
    .replace(/([:,])\s+/g, '$1')
    .replace(/;}/g, '}');
}
