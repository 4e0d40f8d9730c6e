import type { Person } from '../../article.ts';
import { foldName } from '../../dates/names.ts';
import { findDate, type StatedDate } from '../../dates/parse-date.ts';
import { httpAddress } from '../../html/url.ts';
import { partsBetween, splitTrimmed, trimOf, wordSet } from '../../strings.ts';
import { type Field, foldFieldName } from '../front-matter/fields.ts';
import { readAnswer, readStatus, visibilityField } from '../front-matter/visibility.ts';
import { looksLikePeople, readPeople } from '../people.ts';
import { endsLikeProse } from './lines.ts';

/** The words of labels, in the languages of news; those of English precede the semicolon. */
const WORDS = {
  title:
    'title, headline, subject; başlık, konu, titel, überschrift, betreff, titre, objet, título, asunto, titolo, oggetto, заголовок, тема, tytuł, rubrik, العنوان, عنوان, 标题, 標題, 件名, 제목, τίτλος, titlu, názov, název, otsikko, tittel, tiêu đề, judul, ชื่อเรื่อง, כותרת, शीर्षक',
  published:
    'date, dated, created, created on, published, publication date, date published, published on, posted, posted on, sent; erstellt, erstellt am, tarih, yayın tarihi, yayınlanma, yayınlanma tarihi, datum, veröffentlicht, veröffentlicht am, erschienen am, publié, publié le, date de publication, fecha, fecha de publicación, publicado, publicado el, data, data de publicação, publicado em, pubblicato, pubblicato il, data di pubblicazione, дата, дата публикации, опубликовано, opublikowano, data publikacji, gepubliceerd, gepubliceerd op, publicerad, publisert, udgivet, julkaistu, التاريخ, تاريخ, تاریخ, 日期, 日付, 发布时间, 날짜, ημερομηνία, dátum, dată, data publicării, päivämäärä, dato, dagsetning, kuupäev, ngày, ngày đăng, tanggal, วันที่, तारीख, दिनांक, তারিখ, תאריך, תאריך פרסום, თარიღი, ամսաթիվ, 게시일, 작성일, gesendet, envoyé, enviado, inviato, verzonden, skickat, sendt, wysłano, отправлено, gönderildi, gönderilme tarihi, 送信日時, 发送时间',
  updated:
    'updated, updated on, last updated, modified, last modified; güncelleme, güncellenme, güncelleme tarihi, son güncelleme, güncellendi, aktualisiert, aktualisiert am, mis à jour, mis à jour le, actualizado, actualizado el, atualizado, atualizado em, aggiornato, aggiornato il, обновлено, zaktualizowano, bijgewerkt, uppdaterad, oppdatert',
  expires:
    'expires, expires on, expiry, expiry date, expiration date, valid until, unpublish on; geçerlilik sonu, son geçerlilik, yayından kalkma, läuft ab, läuft ab am, gültig bis, ablaufdatum, expire le, expiration, valable jusqu’au, caduca, caduca el, válido hasta, expira em, válido até, scade, scade il, valido fino al, истекает, действует до, wygasa, ważne do, verloopt op, geldig tot, giltig till, gyldig til, تنتهي, صالح حتى, 有效期至, 有効期限, 만료일',
  embargo:
    'embargo, embargo until, embargoed until, embargoed till, embargoed for release until, embargoed for release at, embargoed for publication until, under embargo until, under strict embargo until, not for publication before, not for publication until, not for release before, not for release until, sperrfrist, gesperrt bis, embargo jusqu’au, sous embargo jusqu’au, sous embargo strict jusqu’au, embargo hasta, embargado hasta, embargo fino al, embargo até, ambargo, эмбарго, эмбарго до',
  author:
    'author, authors, by, written by, from; yazar, yazan, hazırlayan, haber, muhabir, autor, autorin, autoren, von, auteur, auteurs, par, por, autora, autores, autore, autori, autrice, auteure, di, da, автор, авторы, door, av, af, skribent, المؤلف, الكاتب, بقلم, نویسنده, מאת, 作者, 著者, 기자, συντάκτης, συγγραφέας, szerző, scris de, napsal, napsala, kirjoittaja, forfatter, författare, höfundur, tác giả, penulis, ผู้เขียน, लेखक, লেখক, مصنف, تحریر, ავტორი, հեղինակ, 글쓴이, 작성자, 저자',
  source:
    'source, sources, kaynak, kaynaklar, quelle, quellen, fuente, fuentes, fonte, fontes, fonti, источник, источники, джерело, źródło, zdroj, forrás, sursă, sursa, izvor, извор, източник, bron, källa, kilde, lähde, πηγή, المصدر, منبع, מקור, mənbə, дереккөз, sumber, 出典, 来源, 來源, 출처',
  address: 'url, link, address, adres, bağlantı, lien, enlace, collegamento, ссылка, adresse',
  tags: 'tags, keywords, topics; kategorie, kategorien, catégorie, catégories, categoría, categorías, categoria, categorias, categorie, kategoria, kategori, категория, категории, 分类, 分類, カテゴリ, schlagworte, stichworte, étiquettes, etichette, trefwoorden, etiketler, anahtar kelimeler, konular, schlagwörter, stichwörter, mots-clés, etiquetas, palabras clave, palavras-chave, parole chiave, теги, метки, ключевые слова, słowa kluczowe, 标签, 標籤, タグ, 태그, ετικέτες, címkék, etichete, štítky, oznake, avainsanat, nøkkelord, nyckelord, emneord, thẻ, từ khóa, kata kunci, ป้ายกำกับ, टैग, תגיות, وسوم, برچسب‌ها',
  language:
    'language, lang; dil, sprache, langue, idioma, lingua, язык, język, taal, språk, 语言, 言語, 언어',
  summary:
    'summary, abstract, excerpt, description; özet, zusammenfassung, kurzfassung, résumé, resumen, resumo, riassunto, sommario, аннотация, краткое содержание, streszczenie, samenvatting, sammanfattning, sammendrag, resumé, tiivistelmä, ملخص, خلاصه, תקציר, 摘要, 要約, 概要, 요약',
  slug: 'slug',
  image:
    'image, cover, cover image, featured image, lead image; görsel, kapak görseli, resim, bild, titelbild, image à la une, imagen, imagen destacada, imagem, imagem de destaque, immagine, immagine di copertina, изображение, обложка, obraz, obrazek, afbeelding, bilde, billede, kuva, صورة, 图片, 圖片, 画像, 이미지',
};
export type Label = keyof typeof WORDS;

const labelled = (pick: (words: string) => string): (readonly [string, Label])[] =>
  Object.entries(WORDS).flatMap(
    ([label, words]) =>
      partsBetween(pick(words), /[,;]/).map((word) => [foldName(word), label as Label] as const), // a key of the table
  );

const LABELS: ReadonlyMap<string, Label> = new Map(labelled((words) => words));
/** The fields of front matter that labels name, the best first. */
const FIELDS: Readonly<Partial<Record<Label, readonly string[]>>> = {
  title: ['title'],
  published: ['date'],
  updated: ['updated'],
  expires: ['expires'],
  author: ['author'],
  tags: ['tag', 'category'],
  language: ['lang'],
  summary: ['summary'],
  image: ['image'],
};
/** Prepositions, and words that may also mean a subject, a section or a message. */
const AMBIGUOUS = /^(?:[a-z]{2,3}|door|haber|konu|betreff|objet|asunto|oggetto|тема|件名|rubrik|expiration)$/;

/** English words that differ from French ones only in their accents. */
const ENGLISH = /^(?:categories|resume)$/;

const foreignFields: ReadonlyMap<string, readonly string[]> = new Map(
  labelled((words) => words.replace(/^[^;]*/, '')).flatMap(([word, label]) =>
    AMBIGUOUS.test(word) ? [] : [[foldFieldName(word), FIELDS[label] ?? []] as const],
  ),
);

/** The English names of a field of front matter whose name is of another language, the best first. */
export function englishFieldNames(name: string): readonly string[] {
  return ENGLISH.test(name) ? [] : (foreignFields.get(foldName(foldFieldName(name))) ?? []);
}

/** The maximum number of words of a label without a colon. */
const MAX_WORDS = 4;

/** A labelled line such as `Date: …` or `Kaynak/Source: …`; `undefined` if the words before the colon are no label. */
export function readLabel(text: string): { readonly label: Label; readonly rest: string } | undefined {
  const { name = '', rest = '' } = /^(?<name>[^:：]{1,40})[:：](?<rest>.*)$/u.exec(text)?.groups ?? {};
  const [label, ...others] = name.split('/').map((word) => LABELS.get(foldName(word.trim())));
  if (label === undefined || others.some((other) => other !== label)) return undefined;
  return { label, rest: rest.trim() };
}

/** The label of words such as `Published on`, and the text after them. */
export function readLeadingWords(text: string): { readonly label: Label; readonly rest: string } | undefined {
  const words = text.split(' ', MAX_WORDS);
  for (let count = words.length; count > 0; count--) {
    const name = words.slice(0, count).join(' ');
    const label = LABELS.get(foldName(name));
    if (label !== undefined) return { label, rest: text.slice(name.length).trim() };
  }
  return undefined;
}

/** Words and marks before those of an embargo. */
const EMPHASIS = /^(?:strictly|strict|press|media|news) /iu;
const MARKS = /[\s*_>#!:.–—-]/u;

/** The text after the words of an embargo, as in `STRICTLY EMBARGOED UNTIL 06:00 CET, 1 DECEMBER 2026`. */
export function readEmbargo(text: string): string | undefined {
  const plain = trimOf(text, MARKS).replace(EMPHASIS, '');
  return [readLabel(plain), readLeadingWords(plain)].find((each) => each?.label === 'embargo')?.rest;
}

/** A longer value that is not a known status is a sentence. */
const MAX_STATUS_WORDS = 3;
/** Fields that mean visibility whatever their value. */
const UNMISTAKABLE: ReadonlySet<string> = new Set(['draft', 'isdraft', 'private', 'isprivate', 'wip']);

const LABELLED = /^(?:(?<label>[^:：=]{1,40})[:：=](?<rest>.*)|(?<bare>[^:：=]{1,16}))$/u;
/** A label, known or not, and its value. */
const NAMED = /^\p{L}[\p{L}\p{N} _-]{0,30}[:：]\s*\S/u;
/** Headings, their underlines, and the marks of comments. */
const PASSED = /^(?:#{1,6}(?:\s.*)?|=+|-+|<!-*|-->)?$/;
/** Marks around a line: of quotations, lists, emphasis, comments, and of fields in other formats. */
const DECORATION = /^(?:<!--|#\+|\/\/)?[\s>*_.:-]*|(?<=[:：])[ \t]*[*_]+|[\s*_]*(?:-->)?$/g;
/** The number of lines at the top that may be labels, and their maximum length. */
const MAX_LENGTH = 200;
const MAX_LINES = 20;

/** A line that forbids publication. */
const UNFIT =
  /^(?:\p{L}{1,12}\s?[:–—-]\s?)?(?:not for (?:publication|release|distribution|circulation)|do not publish|nicht (?:zur veröffentlichung|veröffentlichen)|ne pas (?:publier|diffuser)|no publicar|não publicar|non pubblicare|не для публикации|yayınlanmayacak)[.!]?$/iu;

/**
 * Reads `Draft: yes`, `Status: pending`, `Taslak: evet`, and `DRAFT` as a whole line; undefined for any other line.
 */
export function readVisibilityLabel(
  text: string,
): { readonly name: string; readonly rest: string } | undefined {
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
 * The labelled lines about visibility at the top of a text. Headings, comments and unknown labels may be between them;
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
    else if (
      !PASSED.test(line) &&
      !NAMED.test(plain) &&
      !/^(?:=+|-+)$/.test(lines[index + 1]?.text.trim() ?? '')
    )
      break;
  }
  return found;
}

const MAX_CREDIT = 200;
const MAX_NAME = 80;

const COMMA = /[,،、]/u;
const SEPARATOR = /[|·•]|\s[–—-]+\s/u;
const BYLINE =
  /^(?:(?:by|von|par|por|di|av|af|door|автор|yazan)\s+|(?:interview|text|words|story|report(?:age|ing)?|texte|entretien|texto|entrevista|testo|intervista|tekst|текст|интервью|röportaj|söyleşi|metin)(?:\s(?:and|&|et|und|y|e|en|och|og|ve)\s\p{L}{3,20})?(?:\s?:|\s(?:by|von|par|por|di|av|af|door)(?:\s?:)?)\s+)/iu;

export interface CreditLine {
  readonly authors: readonly Person[];
  readonly title?: string;
  readonly uri?: string;
  readonly date?: StatedDate;
  readonly updated?: StatedDate;
}

/**
 * Reads `By Jane Roe, Reuters, 3 February 2021`, `Agence France-Presse (AFP) | 03.02.2021`, `Reuters - 3 Feb 2021`,
 * `By Jane Roe`, `3 Feb 2021 | Updated: 4 Feb 2021`; `undefined` unless all of it is understood and it has a date, a
 * byline or an address.
 */
export function readCreditLine(text: string, where: string): CreditLine | undefined {
  if (text.length > MAX_CREDIT) return undefined;
  const names: string[] = [];
  const bylines: string[] = [];
  const dates: Partial<Record<'date' | 'updated', StatedDate>> = {};
  let uri: string | undefined;
  let hasDay = false;
  for (const part of partsBetween(text, SEPARATOR)) {
    const address = uri === undefined ? httpAddress(part) : undefined;
    if (address !== undefined) {
      uri = address;
      continue;
    }
    const said = readAsset(part, where);
    const field = said?.isUpdate ? 'updated' : 'date';
    if (said === undefined || (said.date !== undefined && dates[field] !== undefined)) return undefined;
    if (said.date !== undefined) {
      dates[field] = said.date;
    }
    // Words after a date are a source only if they name a publication.
    if (said.name !== undefined && !said.isByline && hasDay && !isPublisher(said.name)) return undefined;
    hasDay ||= said.date !== undefined;
    if (said.name !== undefined) (said.isByline ? bylines : names).push(said.name);
  }
  if (Object.keys(dates).length === 0 && bylines.length === 0 && uri === undefined) return undefined;
  const people = readNames(bylines, names);
  return people && { ...people, ...(uri !== undefined && { uri }), ...dates };
}

interface Part {
  readonly name?: string;
  readonly isByline: boolean;
  readonly date?: StatedDate;
  readonly isUpdate: boolean;
}

function readAsset(part: string, where: string): Part | undefined {
  const labelled = readLabel(part) ?? readLeadingWords(part);
  const isUpdate = labelled?.label === 'updated';
  const stated = labelled && /^(?:published|updated)$/.test(labelled.label) ? labelled.rest : part;
  const date = findDate(part, where) ?? findDate(stated, where);
  if (date !== undefined) return { date, isByline: false, isUpdate };
  // `Posted on 3 Feb 2021 by Jane Roe`
  const joint = /\s(?:by|von|par|por|di|av|af|door)\s/iu.exec(stated);
  const dated = joint === null ? undefined : findDate(stated.slice(0, joint.index), where);
  const author = joint === null ? '' : stated.slice(joint.index + joint[0].length);
  if (dated !== undefined && isName(author)) return { name: author, date: dated, isByline: true, isUpdate };
  const colon = readLabel(part);
  const byline =
    colon?.label === 'author' ? colon.rest : BYLINE.test(part) ? part.replace(BYLINE, '') : undefined;
  const named = byline ?? (colon?.label === 'source' ? colon.rest : part);
  const isByline = byline !== undefined;
  for (const joint of named.matchAll(/[,(]\s*/gu)) {
    const after = named.slice(joint.index + joint[0].length);
    const dated = findDate(joint[0].startsWith('(') ? after.replace(/\)$/u, '') : after, where);
    const name = named.slice(0, joint.index).trim();
    if (dated !== undefined && isName(name)) return { name, date: dated, isByline, isUpdate: false };
  }
  return isName(named) ? { name: named, isByline, isUpdate: false } : undefined;
}

function isName(text: string): boolean {
  return (
    text.length <= MAX_NAME &&
    /\p{L}/u.test(text) &&
    !/[:：]|\/\/|[\p{Ll}\d]{2}[.!?]\s+\p{Lu}|(?:\s\p{Ll}+){3}\.$/u.test(text) &&
    !endsLikeProse(text.replace(/\.$/u, ''))
  );
}

/** Reads `Jane Roe, The Harbour Times`; undefined if the words are not a person and a newspaper. */
export function readAttribution(text: string): CreditLine | undefined {
  const credit = isName(text) ? readNames([], [text]) : undefined;
  return isPaper(credit?.title ?? '') && credit?.authors.length === 1 ? credit : undefined;
}

/** Whether a name has a word that only those of publications have. */
export function isPaper(name: string): boolean {
  return isName(name) && name.split(/\s/u).some((word) => PUBLISHER_WORDS.has(word.toLowerCase()));
}

/** Reads `By A`, `By A, B` with a source B, and `A, B` with a person A and a publication B; otherwise a source. */
function readNames(
  bylines: readonly string[],
  names: readonly string[],
): Pick<CreditLine, 'authors' | 'title'> | undefined {
  const [byline, ...others] = bylines;
  const parts = [
    ...(byline === undefined ? [] : splitTrimmed(byline, COMMA)),
    ...names.flatMap((name) => splitTrimmed(name, COMMA)),
  ];
  if (others.length > 0) return undefined;
  if (byline === undefined) {
    const [person = '', outlet = '', ...more] = parts;
    if (more.length === 0 && isPublisher(outlet) && !isPublisher(person) && looksLikePeople(person)) {
      return { authors: readPeople(person), title: outlet };
    }
    return { authors: [], ...(names.length > 0 && { title: names.join(', ') }) };
  }
  const last = parts.at(-1) ?? '';
  const isOutlet = isPublisher(last) && !(parts.length === 1 && isNameInCapitals(last));
  const title = (parts.length > 1 && readPeople(last).length === 1) || isOutlet ? last : undefined;
  const people = title === undefined ? parts : parts.slice(0, -1);
  if (!people.every(looksLikePeople)) return undefined;
  return { authors: people.flatMap(readPeople), ...(title !== undefined && { title }) };
}

/** Whether it is like `MARTA QUIST`: the first word is too long for the letters of an agency. */
function isNameInCapitals(name: string): boolean {
  return /^\p{Lu}{4,20}(?:\s[\p{Lu}.'’-]{2,20}){1,3}$/u.test(name) && !isPaper(name);
}

/** Words in the names of newspapers, agencies and broadcasters, in lower case. */
const PUBLISHER_WORDS = wordSet(
  'news times post press presse agency agence agentur agencia agenzia ajansı agentura journal magazine review radio tv television televizyonu daily today weekly herald tribune guardian telegraph observer independent chronicle gazette gazetesi haber haberler dergisi postası zeitung rundschau nachrichten spiegel welle monde figaro mundo país repubblica stampa corriere reuters bloomberg insider broadcasting newswire online media medya أخبار الأخبار جريدة صحيفة وكالة قناة مجلة إذاعة חדשות עיתון',
);
const PLACES = wordSet('UK US USA EU UN UAE DC NY');

/** Whether a name is that of a publication or an agency, such as `The Guardian`, `Reuters` or `AFP`. */
export function isPublisher(name: string): boolean {
  const words = partsBetween(name, /[\s()]+/u);
  if (/^(?:The\s\P{Ll}|(?:Le|La|Les|El|Il|Der|Die|Das)\s\S)/u.test(name) && !/(?:\s\p{Ll}+){3}/u.test(name))
    return true;
  return words.some(
    (word) => PUBLISHER_WORDS.has(word.toLowerCase()) || (/^\p{Lu}{2,6}$/u.test(word) && !PLACES.has(word)),
  );
}
