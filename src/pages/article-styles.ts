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
.related { border-top: var(--line); margin-top: 1.25rem; padding-top: 1.25rem; }
.related h2 { font-size: 1.125rem; margin: 0 0 .5rem; }
.related ul { list-style: none; padding: 0; margin: 0 0 1.5rem; }
.related li { padding-block: .35rem; }
`;
