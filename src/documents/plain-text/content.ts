import { type Element, h, type Text, text } from '../../html/tree.ts';
import { httpAddress } from '../../html/url.ts';
import { partsBetween } from '../../strings.ts';
import { looksLikePeople } from '../people.ts';
import type { Block } from './blocks.ts';
import { isPublisher, readCreditLine, readLabel } from './labels.ts';
import { endsLikeProse, isCapitals, joinLines, type Line, readListMark } from './lines.ts';

export function contentOf(blocks: readonly Block[]): Element[] {
  const content: Element[] = [];
  blocks.forEach((block, index) => {
    const written = elementOf(block);
    const caption = content.at(-1)?.children[0];
    if (block.kind !== 'caption') content.push(written);
    // The title of a picture and its caption are in one figure.
    else if (blocks[index - 1]?.kind !== 'caption')
      content.push(h('figure', {}, [h('figcaption', {}, [written])]));
    else if (caption?.type === 'element') caption.children.push(written);
  });
  return content;
}

function elementOf(block: Block): Element {
  switch (block.kind) {
    case 'paragraph':
    case 'caption':
      return h('p', {}, inline(block));
    case 'heading':
      return h(`h${block.level}`, {}, inline(block));
    case 'quotation':
      return h('blockquote', {}, contentOf(block.blocks));
    case 'rule':
      return h('hr', {});
    case 'code':
      return h('pre', {}, [h('code', {}, [text(block.text)])]);
    case 'table': {
      const rows = block.rows.map((cells, index) => {
        const name = block.hasHead && index === 0 ? 'th' : 'td';
        return h(
          'tr',
          {},
          cells.map((cell) => h(name, {}, linkText(cell))),
        );
      });
      const body = rows.slice(block.hasHead ? 1 : 0);
      const head = block.hasHead ? [h('thead', {}, rows.slice(0, 1))] : [];
      return h('table', {}, [...head, h('tbody', {}, body)]);
    }
    case 'list': {
      const items = block.items.map((item) => h('li', {}, contentOfItem(item)));
      if (block.start === undefined) return h('ul', {}, items);
      return h('ol', block.start === 1 ? {} : { start: String(block.start) }, items);
    }
  }
}

/** A single paragraph in an item, with or without lists below it, needs no `<p>`. */
function contentOfItem([first, ...others]: readonly Block[]): Element['children'] {
  if (first?.kind !== 'paragraph' || others.some(({ kind }) => kind !== 'list')) {
    return contentOf(first === undefined ? [] : [first, ...others]);
  }
  return [...inline(first, false), ...contentOf(others)];
}

function inline(
  { lines }: Extract<Block, { readonly lines: unknown }>,
  keepsIndents = true,
): Element['children'] {
  return joinLines(lines, keepsIndents)
    .split('\n')
    .flatMap((line, index) => [...(index === 0 ? [] : [h('br', {})]), ...linkText(line)]);
}

const ADDRESS =
  /(?<!\w)https?:\/\/[^\s<>"“”«»。，、；：！？）】」』》]{1,2000}|(?<![\w.+-])(?:mailto:)?[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/giu;

/** Plain text with web and e-mail addresses as links. */
export function linkText(plain: string): (Element | Text)[] {
  if (!/:\/\/|@/.test(plain)) return [text(plain)];
  const nodes: (Element | Text)[] = [];
  let end = 0;
  for (const { 0: found, index } of plain.matchAll(ADDRESS)) {
    const address = withoutPunctuation(found);
    const isWeb = /^https?:/i.test(address);
    const href = isWeb ? httpAddress(address) : `mailto:${address.replace(/^mailto:/i, '')}`;
    if (href === undefined) continue;
    nodes.push(text(plain.slice(end, index)), h('a', { href }, [text(address)]));
    end = index + address.length;
  }
  return [...nodes, text(plain.slice(end))];
}

/** Removes the punctuation of the sentence: marks at the end, and brackets that do not open in the address. */
function withoutPunctuation(found: string): string {
  let end = found.length;
  let unopened = found.split(')').length - found.split('(').length;
  for (;;) {
    const last = found.charAt(end - 1);
    if (last === ')' && unopened > 0) unopened--;
    else if (!/[.,;:!?…'’*_~|\]}]/u.test(last)) return found.slice(0, end);
    end--;
  }
}

const MAX_HEADING = 80;
/** `1. Introduction`, `1.2 Method`. */
const NUMBERED = /^(?<numbers>\d{1,2}(?:\.\d{1,2})+|\d{1,2}(?=[.)]))[.)]?\s+\p{L}/u;
/** The full stop of `CHAPTER II.` */
const CHAPTER_STOP = /(?<=\s(?:[IVXLC]{1,7}|\d{1,3}))\.$/;
const FIELD = /^\p{L}[\p{L} ]{0,30}:\s?(\S.*)$/u;
/** The level of the topmost headings, below the title. */
const TOP_LEVEL = 2;

export function findHeadings(blocks: readonly Block[], sourceTitle: string | undefined): Block[] {
  const found = blocks.map((block, index) => classify(block, blocks[index + 1], sourceTitle, index === 0));
  const top = found.reduce(
    (least, block) => (block.kind === 'heading' ? Math.min(least, block.level) : least),
    4,
  );
  return found.map((block) =>
    block.kind === 'heading' ? { ...block, level: headingLevel(block.level - top + TOP_LEVEL) } : block,
  );
}

function classify(
  block: Block,
  next: Block | undefined,
  sourceTitle: string | undefined,
  isFirst: boolean,
): Block {
  if (block.kind !== 'paragraph') return block;
  const { lines } = block;
  if (isLostCaption(lines, sourceTitle)) return { kind: 'caption', lines };
  const text = shortText(block);
  if (text === undefined || next === undefined || next.kind === 'rule') return block;
  const { numbers } = NUMBERED.exec(text)?.groups ?? {};
  if (httpAddress(text) !== undefined || readLabel(text)?.label === 'source') return block;
  if ((readCreditLine(text, '')?.authors ?? []).length > 0) return block;
  // An unknown field below the header, or a list of those present.
  if (isFirst ? FIELD.test(text) : isRollCall(text)) return block;
  if (isCapitals(text.replace(CHAPTER_STOP, ''))) return { kind: 'heading', level: TOP_LEVEL, lines };
  const mark = readListMark(text);
  if (endsLikeProse(text) || (mark !== undefined && mark.number === undefined)) return block;
  if (numbers !== undefined)
    return { kind: 'heading', level: headingLevel(numbers.split('.').length + 1), lines };
  if (!endsLikeProse(shortText(next) ?? '.')) return block;
  const isAboveCaption = next.kind === 'paragraph' && isLostCaption(next.lines, sourceTitle);
  return isAboveCaption ? { kind: 'caption', lines } : { kind: 'heading', level: TOP_LEVEL, lines };
}

/** Whether a line names several people: `Present: Ann Lock, Jo Quay`. */
function isRollCall(text: string): boolean {
  const people = FIELD.exec(text)?.[1] ?? '';
  return /,|\s(?:and|und|et|y|e|и|ve)\s/.test(people) && looksLikePeople(people);
}

/** The text of a paragraph of one short line. */
function shortText(block: Block): string | undefined {
  if (block.kind !== 'paragraph') return undefined;
  const [line, ...more] = block.lines;
  return line !== undefined && more.length === 0 && line.text.length <= MAX_HEADING ? line.text : undefined;
}

function headingLevel(level: number): 2 | 3 | 4 {
  return level <= 2 ? 2 : level === 3 ? 3 : 4;
}

/** The number of characters at the end that are searched for a credit. */
const MAX_ENDING = 120;

/** A credit begins the text, or follows a sentence, a bracket or a dash. */
const START = '(?:^|[.!?…;,|/(\\[–—。！？、，；（［【「・]|\\s-)\\s*';
/** Words for pictures and photographers. */
const PICTURE =
  '(?:photo(?:graph)?s?|photograph(?:y|ers?)|photo-?credit|images?|pictures?|pics?|illustrations?|screenshots?|graphics?|infographics?|maps?|charts?|karten?|harita|infografi[ka]|infografía|infographie|carte|mapa|карта|инфографика|courtesy|crédits?|credits?|(?:archiv|symbol|arkiv|archief)?fotos?|fotó(?:k|s)?|fotografi?[aeí]?[ens]?s?|fotografías?|fotografin|fotocredit|fotonachweis|fotoğraf(?:lar)?|photographies?|clichés?|(?:archiv|symbol)?bild(?:er|quelle|nachweis)?|abbildung|grafik|zeichnung|dessin|imagen|imágenes|ilustración|immagin[ei]|illustrazione|imagem|ilustração|afbeelding|beeld|tekening|billede|bilder?|kuvat?|kuvaaja|teckning|tegning|piirros|fot|zdjęci[ea]|zdj|rys|snímek|kresba|kép|rajz|felvétel|görsel|resim|çizim|фото(?:граф(?:ия)?)?|снимок|иллюстрация|рисунок|світлина|φωτ[οό](?:γραφία|γραφίες)?|εικόνα|צילומים|צילום|תמונה|איור|קרדיט|تصوير|صورة|الصورة|عدسة|عکس|عکاس|تصویر|फोटो|तस्वीर|图片来源|图片|图源|图|圖|供图|摄影|摄|圖片來源|圖片|攝影|写真提供|写真|撮影|画像|提供|イラスト|사진\\s?(?:제공|출처)?|촬영|그래픽|ảnh|gambar)';
const QUALIFIED = `(?:${PICTURE}(?:[\\s/-]${PICTURE}|\\s(?:source|quelle))?)`;
/** `Photo: Jane Roe`, `Fot. Jan Kowalski`, `사진=연합뉴스`. */
const LABELLED = new RegExp(
  `${START}${QUALIFIED}(?:\\s?[:：=＝]|(?<=fot|zdj|rys)\\.)\\s*(?<name>\\S.*)$`,
  'iu',
);
/** `Photo by Jane Roe`, `Foto di Mario Rossi`; after a sentence or in brackets also `Foto Ansa`, `(Photo/Jane Roe)`. */
const BY = new RegExp(
  `(?<start>${START})(?:(?:aerial|drone|family|file|press|satellite|stock|undated)\\s)?(?:${QUALIFIED}|photographed)(?<by>\\s(?:by|via|von|par|de|di|da|por|av|af|door|od|از)\\s|\\s|\\s?/\\s?)(?<name>\\S.*)$`,
  'iu',
);
const COURTESY = new RegExp(
  `${START}(?:${PICTURE}\\s)?(?:courtesy(?:\\sof)?\\s(?!(?:and|at|call|for|in|is|of|on|to|visit)\\s)\\S.*|cortes[ií]a|gentileza|taken\\s\\S.*)$`,
  'iu',
);
const COPYRIGHT = /[©ⓒ]\s?\S[^©ⓒ]*$/u;
/** Pictures without a photographer. */
const ARCHIVE = new RegExp(
  `${START}(?:(?:[A-Z]\\w+\\s)?(?:archive|file|stock|handout|author['’]s)\\s(?:photo(?:graph)?|picture|image)s?|archiv(?:foto|bild)|symbol(?:foto|bild)|arkiv(?:foto|bild)|archieffoto|foto de archivo|foto d['’]archivio|photo d['’]archives?|arşiv(?: fotoğrafı)?|фото (?:автора|редакции|из архива(?:\\s\\S+){0,3})|資料写真|资料图|자료사진)[)\\]）]?$`,
  'iu',
);
/** `Figure 1: A bell`, `File photo of a bell`, `From left: Jane Roe and Ann Dock`. */
const DESCRIBED = new RegExp(
  `^(?:(?:${PICTURE}|figur[ae]?|figure|fig|abb|şekil|рис|afb|obr|εικ|図|그림|شكل)\\.?\\s?\\d{1,3}\\s?[.:：)–-]?\\s*\\S|(?:an?\\s)?(?:archive|file|handout|stock|undated)\\s(?:photo(?:graph)?|picture|image)s?\\s(?:dated|from|of|shows?|taken)\\s|(?:above|below|clockwise(?: from .{1,30})?|from left(?: to right)?|inset|left to right|pictured(?: .{1,20})?|soldan sağa|von links(?: nach rechts)?|de gauche à droite|de izquierda a derecha|da sinistra(?: a destra)?|da esquerda para a direita|слева направо|od lewej|från vänster|fra venstre|van links naar rechts)\\s?[:：])`,
  'iu',
);
/** `. Harbour museum archive` */
const ARCHIVE_NAME = /[.!?…(–—]\s*[^.!?…]{1,60}\s(?:archives?|archiv|archivo|archivio|arşivi)[)\]]?$/iu;
/** `AFP Photo`, `AP Photo/Jane Roe, File`. */
const ACRONYM =
  /(?<!\p{L})\p{Lu}{2,8}[\s/-](?:Photos?|PHOTOS?|Fotos?|FOTOS?|Fotoğraf|FOTOĞRAF)(?:\s?[/,–-]\s?.{1,40})?[)\]]?$/u;
/** `李明 摄`, `山田太郎撮影`, `김철수 기자`. */
const EAST_ASIAN = /\p{Script=Han}{2,5}\s?(?:摄影?|攝影?|撮影)[)）]?$|[.。]\s*\p{Script=Hangul}{2,4}\s기자$/u;

const AGENCIES =
  '(?:Reuters|REUTERS|AFP|AP(?: Photo)?|Getty(?: Images)?|EPA(?:-EFE)?|EFE|ANSA|Ansa|LUSA|dpa|APA|Keystone|Belga|ANP|TT|NTB|Scanpix|Ritzau|Lehtikuva|PAP|ČTK|MTI|Anadolu|AA|DHA|İHA|TASS|ТАСС|РИА Новости|УНИАН|Xinhua|新华社|新華社|中新社|Kyodo|共同通信|共同|時事|朝日新聞社|Yonhap|연합뉴스|뉴시스|뉴스1|PTI|ANI|AAP|PA|UPI|Anadolu Ajansı|İhlas Haber Ajansı|Demirören Haber Ajansı|Agence France-Presse|Associated Press|Deutsche Presse-Agentur|NASA|Alamy|Shutterstock|Unsplash|Pexels|iStock|Flickr|Wikimedia Commons|رويترز|أ ?ف ?ب|فرانس برس|الأناضول|ایسنا|ایرنا|تسنیم)';
const NAME = "\\p{Lu}[\\p{L}\\p{M}.'’-]*(?:\\s\\p{Lu}[\\p{L}\\p{M}.'’-]*){0,3}";
/** An agency at the end, alone or beside a photographer: `(Reuters)`, `/AFP`, `AP/Jane Roe`. */
const AGENCY = new RegExp(
  `(?:^|[.!?…,;/|(\\[–—（＝=。])\\s*(?:${NAME}\\s?[/,–-]\\s?)?${AGENCIES}(?:\\s?[/,–-]\\s?${NAME})?[)\\]）]?$`,
  'u',
);
/** A photographer and any agency: `Benoit Tessier/Reuters`. */
const SLASHED =
  /\p{Lu}[\p{L}.'’-]+\s+\p{Lu}[\p{L}'’-]+\s*\/\s*\p{Lu}[\p{L} ]*\)?$|\b(?:Reuters|AFP|Anadolu)\)?$/u;

/** Whether a paragraph ends with the credit of a photographer or an agency: it is the caption of a lost picture. */
function isLostCaption(lines: readonly Line[], sourceTitle: string | undefined): boolean {
  const text = lines
    .slice(-MAX_ENDING)
    .map((line) => line.text)
    .join(' ')
    .slice(-MAX_ENDING);
  if (endsLikeProse(text)) return false;
  return (
    isCredit(text) ||
    DESCRIBED.test(text) ||
    AGENCY.test(text) ||
    SLASHED.test(text) ||
    (sourceTitle !== undefined && text.endsWith(` ${sourceTitle}`))
  );
}

function isCredit(text: string): boolean {
  const labelled = LABELLED.exec(text)?.groups?.name;
  if (labelled !== undefined && isName(labelled)) return true;
  const { start, by = '', name = '' } = BY.exec(text)?.groups ?? {};
  const isCapital = /^[^\p{Ll}]/u.test(name);
  const isPerson = /\p{L}/u.test(by) && (looksLikePeople(name) || isPublisher(name));
  if (isCapital && (start === '' ? isPerson : isName(name))) return true;
  return [COURTESY, COPYRIGHT, ARCHIVE, ARCHIVE_NAME, ACRONYM, EAST_ASIAN].some((form) => form.test(text));
}

/** Whether every word begins like a name, or there are at most two words such as `own work`. */
function isName(text: string): boolean {
  const words = partsBetween(text, /[\s/,&–-]+/u);
  return (
    words.length <= 2 ||
    (words.length <= 10 &&
      words.every((word) => /^[^\p{L}]*\p{Ll}/u.test(word) === false || PARTICLE.test(word)))
  );
}

const PARTICLE =
  /^(?:al|afp|and|ap|apa|bin|da|das|de|del|der|di|dos|dpa|du|e|el|et|for|of|og|och|the|und|van|ve|via|von|y|i|и)$/u;
