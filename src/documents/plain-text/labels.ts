import { foldName } from '../dates/names.ts';
import type { Field } from '../front-matter/fields.ts';
import { readAnswer, readStatus, visibilityField } from '../front-matter/visibility.ts';
import { endsLikeProse } from './lines.ts';

/** The field that a label names. */
export type Label =
  | 'title'
  | 'published'
  | 'updated'
  | 'expires'
  | 'embargo'
  | 'author'
  | 'source'
  | 'address'
  | 'tags'
  | 'language'
  | 'summary'
  | 'slug'
  | 'image';

const WORDS: readonly (readonly [Label, string])[] = [
  [
    'title',
    'title, headline, subject, başlık, konu, titel, überschrift, betreff, titre, objet, título, asunto, titolo, oggetto, заголовок, тема, tytuł, rubrik, العنوان, عنوان, 标题, 標題, 件名, 제목',
  ],
  [
    'published',
    'date, dated, published, publication date, date published, published on, posted, posted on, tarih, yayın tarihi, yayınlanma, yayınlanma tarihi, datum, veröffentlicht, veröffentlicht am, erschienen am, publié, publié le, date de publication, fecha, fecha de publicación, publicado, publicado el, data, data de publicação, publicado em, pubblicato, pubblicato il, data di pubblicazione, дата, дата публикации, опубликовано, opublikowano, data publikacji, gepubliceerd, gepubliceerd op, publicerad, publisert, udgivet, julkaistu, التاريخ, تاريخ, تاریخ, 日期, 日付, 发布时间, 날짜',
  ],
  [
    'updated',
    'updated, updated on, last updated, modified, last modified, güncelleme, güncellenme, güncelleme tarihi, son güncelleme, güncellendi, aktualisiert, aktualisiert am, mis à jour, mis à jour le, actualizado, actualizado el, atualizado, atualizado em, aggiornato, aggiornato il, обновлено, zaktualizowano, bijgewerkt, uppdaterad, oppdatert',
  ],
  [
    'expires',
    'expires, expires on, expiry, expiry date, expiration date, valid until, unpublish on, geçerlilik sonu, son geçerlilik, yayından kalkma, läuft ab, läuft ab am, gültig bis, ablaufdatum, expire le, expiration, valable jusqu’au, caduca, caduca el, válido hasta, expira em, válido até, scade, scade il, valido fino al, истекает, действует до, wygasa, ważne do, verloopt op, geldig tot, giltig till, gyldig til, تنتهي, صالح حتى, 有效期至, 有効期限, 만료일',
  ],
  [
    'embargo',
    'embargo, embargo until, embargoed until, under embargo until, not for publication before, not for publication until, not for release before, not for release until, sperrfrist, gesperrt bis, embargo jusqu’au, sous embargo jusqu’au, embargo hasta, embargado hasta, embargo fino al, embargo até, ambargo, эмбарго, эмбарго до',
  ],
  [
    'author',
    'author, authors, by, written by, from, yazar, yazan, hazırlayan, haber, muhabir, autor, autorin, autoren, von, auteur, auteurs, par, por, autora, autores, autore, di, da, автор, авторы, door, av, af, skribent, المؤلف, الكاتب, بقلم, نویسنده, מאת, 作者, 著者, 기자',
  ],
  [
    'source',
    'source, sources, kaynak, kaynaklar, quelle, quellen, fuente, fuentes, fonte, fontes, fonti, источник, источники, джерело, źródło, zdroj, forrás, sursă, sursa, izvor, извор, източник, bron, källa, kilde, lähde, πηγή, المصدر, منبع, מקור, mənbə, дереккөз, sumber, 出典, 来源, 來源, 출처',
  ],
  ['address', 'url, link, address, adres, bağlantı, lien, enlace, collegamento, ссылка, adresse'],
  [
    'tags',
    'tags, keywords, topics, etiketler, anahtar kelimeler, konular, schlagwörter, stichwörter, mots-clés, etiquetas, palabras clave, palavras-chave, parole chiave, теги, метки, ключевые слова, słowa kluczowe, 标签, 標籤, タグ, 태그',
  ],
  [
    'language',
    'language, lang, dil, sprache, langue, idioma, lingua, язык, język, taal, språk, 语言, 言語, 언어',
  ],
  [
    'summary',
    'summary, abstract, excerpt, description, özet, zusammenfassung, kurzfassung, résumé, resumen, resumo, riassunto, sommario, аннотация, краткое содержание, streszczenie, samenvatting, sammanfattning, sammendrag, resumé, tiivistelmä, ملخص, خلاصه, תקציר, 摘要, 要約, 概要, 요약',
  ],
  ['slug', 'slug'],
  [
    'image',
    'image, cover, cover image, featured image, lead image, görsel, kapak görseli, resim, bild, titelbild, image à la une, imagen, imagen destacada, imagem, imagem de destaque, immagine, immagine di copertina, изображение, обложка, obraz, obrazek, afbeelding, bilde, billede, kuva, صورة, 图片, 圖片, 画像, 이미지',
  ],
];

const LABELS: ReadonlyMap<string, Label> = new Map(
  WORDS.flatMap(([label, words]) =>
    words.split(', ').map((word): [string, Label] => [foldName(word), label]),
  ),
);
/** The most words of a label without a colon. */
const MAX_WORDS = 4;

/** A labelled line such as `Date: …` or `Kaynak/Source: …`; `undefined` if the words before the colon are no label. */
export function readLabel(text: string): { readonly label: Label; readonly rest: string } | undefined {
  const { name = '', rest = '' } = /^(?<name>[^:：]{1,40})[:：](?<rest>.*)$/u.exec(text)?.groups ?? {};
  const [label, ...others] = name.split('/').map((word) => LABELS.get(foldName(word.trim())));
  if (label === undefined || others.some((other) => other !== label)) return undefined;
  return { label, rest: rest.trim() };
}

/** The label of words such as `Published on`, and what follows them. */
export function readLeadingWords(text: string): { readonly label: Label; readonly rest: string } | undefined {
  const words = text.split(' ', MAX_WORDS);
  for (let count = words.length; count > 0; count--) {
    const name = words.slice(0, count).join(' ');
    const label = LABELS.get(foldName(name));
    if (label !== undefined) return { label, rest: text.slice(name.length).trim() };
  }
  return undefined;
}

/** A longer value that is no known status is a sentence. */
const MAX_STATUS_WORDS = 3;
/** Fields that mean visibility whatever their value. */
const UNMISTAKABLE: ReadonlySet<string> = new Set(['draft', 'isdraft', 'private', 'isprivate', 'wip']);

const LABELLED = /^(?:(?<label>[^:：=]{1,40})[:：=](?<rest>.*)|(?<bare>[^:：=]{1,16}))$/u;
/** A label, known or not, and its value. */
const NAMED = /^\p{L}[\p{L}\p{N} _-]{0,30}[:：]\s*\S/u;
/** Headings, their underlines, and the marks of comments. */
const PASSED = /^(?:#{1,6}(?:\s.*)?|=+|-+|<!-*|-->)?$/;
/** Marks around a line: of quotations, lists, emphasis, comments, and of fields in other formats. */
const DECORATION = /^(?:<!--|#\+|\/\/)?[\s>*_.:-]*|(?<=[:：])[*_]+|[\s*_]*(?:-->)?$/g;
/** Labels stand in so many lines at the top, none of which is longer. */
const MAX_LENGTH = 200;
const MAX_LINES = 20;

/** A labelled line about visibility: the field of front matter that it means, and its value. */
interface VisibilityLabel {
  readonly name: string;
  readonly rest: string;
}

/** A whole line that forbids to publish what is below. */
const UNFIT =
  /^(?:\p{L}{1,12}\s?[:–—-]\s?)?(?:not for (?:publication|release|distribution)|do not publish|nicht (?:zur veröffentlichung|veröffentlichen)|ne pas (?:publier|diffuser)|no publicar|não publicar|non pubblicare|не для публикации|yayınlanmayacak)[.!]?$/iu;

/**
 * Reads `Draft: yes`, `Status: pending`, `Taslak: evet`, and `DRAFT` where that is the whole line; undefined for any
 * other line.
 */
export function readVisibilityLabel(text: string): VisibilityLabel | undefined {
  if (UNFIT.test(text)) return { name: 'draft', rest: 'true' };
  const { label, rest: written = '', bare } = LABELLED.exec(text)?.groups ?? {};
  const words = label ?? bare;
  const name = words === undefined ? undefined : visibilityField(words.trim());
  if (name === undefined || (label === undefined && name !== 'draft')) return undefined;
  const rest = written.trim();
  if (readAnswer(rest) !== undefined || readStatus(rest) !== undefined) return { name, rest };
  const isLong = rest.split(' ').length > MAX_STATUS_WORDS;
  if (UNMISTAKABLE.has(name)) return isLong && endsLikeProse(rest) ? undefined : { name, rest };
  const isWord = rest !== '' && !isLong && !endsLikeProse(rest);
  // `Published` may be followed by a name or a place.
  const isName = name.endsWith('published') && !/^\p{Ll}+$/u.test(rest);
  return isWord && !isName ? { name, rest } : undefined;
}

/**
 * The labelled lines about visibility at the top of a text. Headings, comments and unknown labels may stand between them;
 * any other line ends them.
 */
export function findVisibilityLabels(
  lines: readonly { readonly text: string; readonly number: number }[],
): (readonly [string, Field])[] {
  const found: (readonly [string, Field])[] = [];
  for (const [index, { text, number }] of lines.slice(0, MAX_LINES).entries()) {
    const line = text.trim();
    const plain = line.length > MAX_LENGTH ? '' : line.replace(DECORATION, '');
    const label = readVisibilityLabel(plain);
    if (label !== undefined) found.push([label.name, { value: label.rest, line: number }]);
    else if (!PASSED.test(line) && !NAMED.test(plain) && !isUnderlined(lines[index + 1]?.text)) break;
  }
  return found;
}

/** Whether the line below makes a line a heading. */
function isUnderlined(below = ''): boolean {
  return /^(?:=+|-+)$/.test(below.trim());
}
