import type { Article, Instant } from '../article.ts';
import type { Site } from '../config/site.ts';
import { directionOf } from '../locale.ts';
import { articlePath } from '../routes/paths.ts';
import type { Fragment } from '../templates/fragment.ts';
import { HOLES } from '../templates/template.ts';
import { type Html, html } from './html.ts';
import { languageAttributes } from './language-attributes.ts';
import { languageName } from './language-name.ts';
import { wordsFor } from './messages/messages-for.ts';

/*
 * Links to the translations of an article as they are stored with it, since its page must not tell of one that is not
 * visible yet; between all parts is the hole `part`:
 *
 *   for machines, the link to the article itself · for people, what stands before links, between them, and behind them
 *   for each translation: from when it is visible, until when, its link for machines, its link for people
 */
const AROUND = 4;
const EACH = 4;

/** Empty without translations. */
export function translationLinks({ translations, language, slug }: Article, site: Site): string {
  if (translations.length === 0) return '';
  const words = wordsFor(language, site.language);
  return [
    alternate(language, slug),
    html`<p${languageAttributes(words, language)}>${words.alsoIn} `,
    html` · `,
    html`</p>\n`,
    ...translations.flatMap(({ language: other, slug: otherSlug, published, expires }) => [
      html`${String(published)}`,
      html`${String(expires)}`,
      alternate(other, otherSlug),
      html`<a href="${articlePath(otherSlug)}" rel="alternate" hreflang="${other}" lang="${other}" dir="${directionOf(other)}">${ownName(other)}</a>`,
    ]),
  ]
    .map(({ markup }) => markup)
    .join(HOLES.part);
}

/** What is visible of the translations of an article. */
interface VisibleTranslations {
  /** Links for machines, also to the article itself; empty when no translation is visible. */
  readonly alternates: Fragment;
  /** A paragraph for people; likewise. */
  readonly translations: Fragment;
  /** Which of them are. */
  readonly name: string;
  /** When the last of them appeared or went; -Infinity if none did. */
  readonly changed: Instant;
}

/** @param fragment what `translationLinks` wrote */
export function visibleTranslations(fragment: Fragment, now: Instant): VisibleTranslations {
  const parts = partsOf(fragment);
  const [own = [], before = [], between = [], behind = []] = parts;
  const each = Array.from({ length: (parts.length - AROUND) / EACH }, (_, number) => {
    const [published = [], expires = [], link = [], anchor = []] = parts.slice(AROUND + EACH * number);
    return { number, published: numberIn(published), expires: numberIn(expires), link, anchor };
  });
  const visible = each.filter(({ published, expires }) => published <= now && now < expires);
  const [first, ...others] = visible;
  const turns = each.flatMap(({ published, expires }) => [published, expires]).filter((turn) => turn <= now);
  return {
    alternates: first === undefined ? [] : [...own, ...visible.flatMap(({ link }) => link)],
    translations:
      first === undefined
        ? []
        : [...before, ...first.anchor, ...others.flatMap(({ anchor }) => [...between, ...anchor]), ...behind],
    name: visible.map(({ number }) => number).join(','),
    changed: Math.max(Number.NEGATIVE_INFINITY, ...turns),
  };
}

function partsOf(fragment: Fragment): Fragment[] {
  const parts: Fragment[number][][] = [[]];
  for (const piece of fragment) {
    if (piece === 'part') parts.push([]);
    else parts.at(-1)?.push(piece);
  }
  return parts;
}

function numberIn(part: Fragment): number {
  const [literal] = part;
  return typeof literal === 'object' ? Number(new TextDecoder().decode(literal.bytes)) : Number.NaN;
}

function alternate(language: string, slug: string): Html {
  return html`<link rel="alternate" hreflang="${language}" href="${HOLES.origin}${articlePath(slug)}">\n`;
}

/** What a language is called by those who speak it, as at the beginning of a line. */
function ownName(language: string): string {
  return languageName(language, language).replace(/^./u, (letter) => letter.toLocaleUpperCase(language));
}
