/** Rules for the pages of articles and podcasts. */
export const ARTICLE_RULES = `
.kicker { font: .9375rem/1.6 var(--sans); color: var(--faint); margin: 0 0 .5rem; }
.kicker a { color: inherit; }
article > header + figure { margin-top: 0; }
figcaption { margin-top: .5rem; }
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
.author img { width: 4rem; height: 4rem; border-radius: 50%; object-fit: cover; flex: none; background: var(--rule); }
.share { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
.share button { padding: .25rem .9rem; border-radius: 2rem; margin-inline-end: .25rem; }
nav + .around { margin-top: 1.25rem; }
.older:not(:has(small))::before { content: "← " / ""; }
.newer:not(:has(small))::after { content: " →" / ""; }
.older:dir(rtl):not(:has(small))::before { content: "→ " / ""; }
.newer:dir(rtl):not(:has(small))::after { content: " ←" / ""; }
.related { border-top: var(--line); margin-top: 1.25rem; padding-top: 1.25rem; }
.related h2 { font-size: 1.125rem; margin: 0 0 .5rem; }
.related ul { list-style: none; padding: 0; margin: 0 0 1.5rem; }
.related li { padding-block: .35rem; }
.player { font-family: var(--sans); border: var(--line); border-radius: .5rem; padding: 1rem 1.25rem; margin: 0 0 2rem; display: flow-root; }
.player > .cover { float: inline-start; width: 7rem; height: 7rem; margin-inline-end: 1.25rem; margin-bottom: 1rem; border-radius: .35rem; }
.sound { overflow: hidden; }
.sound p { margin: .35rem 0 .5rem; }
.player h2 { font: 600 1rem/1.4 var(--sans); margin: .75rem 0 .35rem; clear: both; }
.chapters ol { list-style: none; margin: 0; padding: 0; font-size: .9375rem; }
.chapters li > a:first-child { display: inline-flex; gap: .75rem; padding: .2rem 0; text-decoration: none; }
.chapters li > a:hover { text-decoration: underline; }
.chapters time { min-width: 3.25rem; font-variant-numeric: tabular-nums; color: var(--faint); }
.chapters [aria-current], .transcript [aria-current] { background: var(--wash); color: var(--ink); }
.chapters [aria-current] time { color: inherit; }
.transcript { margin: .75rem 0 0; font-size: .9375rem; clear: both; }
.transcript > div { max-height: 24rem; overflow-y: auto; font-family: var(--serif); }
.transcript p { margin: 0 0 .5rem; }
.transcript div a { font-family: var(--sans); text-decoration: none; font-variant-numeric: tabular-nums; }
.people { list-style: none; padding: 0; margin: 1rem 0 0; display: flex; flex-wrap: wrap; gap: .75rem 1.5rem; clear: both; font: .9375rem/1.35 var(--sans); }
.people li { display: flex; gap: .65rem; align-items: center; margin: 0; }
.people p { margin: 0; }
.people img { width: 3rem; height: 3rem; border-radius: 50%; object-fit: cover; background: var(--rule); }
.show { display: flex; flex-wrap: wrap; gap: 1.5rem 2.5rem; align-items: start; margin-bottom: 2rem; }
.show > .cover { width: clamp(9rem, 25vw, 15rem); height: auto; aspect-ratio: 1; border-radius: .5rem; }
.show > div { flex: 1 1 18rem; max-width: var(--measure); }
.show .lead { margin: 0 0 .5rem; }
.listen.meta { margin: .75rem 0 .25rem; }
ul.listen { list-style: none; padding: 0; margin: 0 0 1rem; display: flex; flex-wrap: wrap; gap: .4rem; font: .9375rem/1.4 var(--sans); }
ul.listen a { display: inline-block; border: var(--line); border-radius: 2rem; padding: .25rem .9rem; text-decoration: none; }
.articles audio { max-width: 30rem; height: 2.5rem; margin-block: .35rem; }
`;
