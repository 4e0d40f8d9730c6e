import { expect, test } from 'vitest';
import { summaryOf } from '../../src/articles/summary.ts';
import { readCanonical } from '../../src/html/canonical.ts';

test.each([
  ['<p>One.</p><p>Two.</p>', 'One.'],
  ['<h2>A</h2><p>One.</p>', 'One.'],
  ["<figure><img src='a.png'><figcaption><p>A.</p></figcaption></figure><p>One.</p>", 'One.'],
  ["<p><img src='a.png'><br><em>A.</em></p><p>One.</p>", 'One.'],
  ["<p><img src='a.png'> One.</p>", 'One.'],
  ['<div>One.</div>Two.<p>Three.</p>', 'One.'],
  ['One <b>two</b>.', 'One two.'],
  ['One.<p>Two.</p>', 'One.'],
  ['<ul><li>A</li></ul><p>One.</p>', 'One.'],
  ['<p><b>Table of Contents</b> <i>generated with DocToc</i></p><ul><li>A</li></ul><p>One.</p>', 'One.'],
  ["<p>One<sup><a href='#n'>1</a></sup>.</p>", 'One.'],
  ['<ul><li>A</li><li>B</li></ul>', 'A B'],
  ['<p>Monsieur,</p><p>One.</p>', 'One.'],
  ['<p>Dear readers of the letter:</p><p>One.</p>', 'One.'],
  ['<p><em>By Ann Oar, 2 June</em></p><p>One.</p>', 'One.'],
  ['<p><em>The sea is wide.</em></p><p>One.</p>', 'The sea is wide.'],
  ['<p><em>Five</em></p>', 'Five'],
  ['<p>In this article:</p><ul><li>A</li></ul><p>One.</p>', 'One.'],
  ['<p>July 3, 2024</p><p>One.</p>', 'One.'],
  ['<p>23 Oct 2008 - San Francisco</p><p>One.</p>', 'One.'],
  ['<p>October 7, 2025 by Seth Roe, Jane Roe, and Ole Reef.</p><p>One.</p>', 'One.'],
  ['<p>May 3, 2024 by the sea.</p><p>One.</p>', 'May 3, 2024 by the sea.'],
  ['<p>Place: The old mill</p><p>One.</p>', 'One.'],
  ['<p>TLDR: boats are late</p><p>One.</p>', 'TLDR: boats are late'],
  ['<p>Place: the old mill is closed.</p><p>One.</p>', 'Place: the old mill is closed.'],
  ['<p>We need:</p><p>One.</p>', 'We need:'],
  ['<p><strong>By Jane Roe</strong></p><p>One.</p>', 'One.'],
  ['<p>Author: Jane Roe and Ole Reef</p><p>One.</p>', 'One.'],
  ['<p>By Grand Canal stands a mill.</p><p>One.</p>', 'By Grand Canal stands a mill.'],
  ["<p><a href='https://a.example/b'>https://a.example/b</a></p><p>One.</p>", 'One.'],
  ["<p><a href='https://a.example/b'>https://a.example/b</a></p>", 'https://a.example/b'],
  ['<p>A<sub>2</sub> of 10<sup>−3</sup> m<sup>2</sup>.</p>', 'A₂ of 10⁻³ m².'],
  [
    "<p>A sum of <code class='language-tex'>\\frac{a}{2}</code>, said by <code class='language-sh'>a_1</code>.</p>",
    'A sum of a/2, said by a_1.',
  ],
  [
    "<p>A <img src='https://s0.wp.com/latex.php?latex=r%5E%7B2%7D+h&amp;bg=fff' alt='r^{2} h'> <img src='a.png' alt='b'> c.</p>",
    'A r² h c.',
  ],
])('the summary of %s is its first paragraph', (html, summary) => {
  expect(summaryOf(readCanonical(html))).toBe(summary);
});

test.each([
  ['The boat came back late in the evening. ', 'Nobody was there.'],
  ['Dr. Smith met J. R. Roe at 5 p.m. on Feb. 3 in the U.S. embassy. ', '“Nobody was there!”'],
  ['Der Hafen war leer, und niemand wartete dort. ', 'Wo waren alle?'],
  ['Το πλοίο έφυγε νωρίς το πρωί από το λιμάνι. ', 'Πού ήταν όλοι;'],
  ['عاد القارب في المساء إلى الميناء الصغير. ', 'أين كانوا؟'],
  ['नाव शाम को छोटे बंदरगाह पर लौट आई। ', 'वहाँ कोई नहीं था।'],
  ['船晚上回到了小港口。', '那里没有人。'],
])('a long paragraph is cut at the end of a sentence: %s', (sentence, last) => {
  const paragraph = sentence.repeat(40);
  const summary = summaryOf(readCanonical(`<p>${last} ${paragraph}</p>`));
  expect(summary.length).toBeLessThanOrEqual(300);
  expect(summary.endsWith(sentence.trim())).toBe(true);
  expect(paragraph.startsWith(summary.slice(last.length + 1))).toBe(true);
});

test.each([
  ['word '.repeat(80), `${'word '.repeat(59)}word…`],
  [`${'word '.repeat(59)}etc. ${'word '.repeat(20)}`, `${'word '.repeat(59)}etc…`],
  [`${'word '.repeat(59)}A.B. ${'word '.repeat(20)}`, `${'word '.repeat(59)}A.B…`],
  ['👩‍👩‍👧‍👦'.repeat(40), `${'👩‍👩‍👧‍👦'.repeat(27)}…`],
])('a longer sentence is cut at a word, and ends in an ellipsis alone', (paragraph, summary) => {
  expect(summaryOf(readCanonical(`<p>${paragraph}</p>`))).toBe(summary);
});
