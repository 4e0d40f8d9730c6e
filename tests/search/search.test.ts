import { describe, expect, test } from 'vitest';
import { invertDocument } from '../../src/search/document-postings.ts';
import { article, indexOf, searchIn } from '../support/search-index.ts';

/** Whole articles, with what finds them and what does not. */
const ARTICLES: readonly (readonly [
  language: string,
  title: string,
  text: string,
  finding: readonly string[],
  notFinding: readonly string[],
])[] = [
  [
    'Turkish',
    'Ilıca’da IŞIK festivali',
    'İstanbul’dan gelen konuklar, ışıkların altında Diyarbakır karpuzu yedi. Çeşme Belediyesi’nin ığdırlı başkanı “Bu yıl on beş bin kişi geldi” dedi.',
    [
      'ISIK',
      'ışık',
      'IŞIK',
      'isik',
      'istanbul',
      'İSTANBUL’DAN',
      'ilica',
      'cesme',
      'IĞDIRLI',
      '"on beş bin kişi"',
      'diyarb*',
    ],
    ['istanbula', '"bin on beş"', 'cesme -diyarbakir'],
  ],
  [
    'German',
    'Über die Straßenbahn in Zürich',
    'Die Größe der Grünflächen überrascht: Der Fußweg führt an der Maßnahme vorbei. „Das ist schön“, sagte Frau Müller-Lüdenscheidt.',
    [
      'strassenbahn',
      'STRASSENBAHN',
      'Straßenbahn',
      'zurich',
      'größe',
      'GROSSE',
      '„das ist schön“',
      'müller',
      'muller-ludenscheidt',
      'grün*',
    ],
    ['mueller', '"schön ist"', 'straße'],
  ],
  [
    'French',
    'L’homme qui aimait les cœurs',
    'Aujourd’hui, l’élève naïf est allé à la forêt ; il a vu un bœuf. « Ça ne va pas », dit-elle, en mangeant 1 200 crêpes à Noël.',
    [
      'homme',
      "l'homme",
      'L’HOMME',
      'coeurs',
      'cœurs',
      'eleve',
      'aujourd’hui',
      'noel',
      '«ça ne va pas»',
      '"1 200"',
      'dit-elle',
    ],
    ['lhomme', '1200', '"pas va"'],
  ],
  [
    'Spanish',
    'El niño y la cigüeña',
    '¿Dónde está el pingüino? ¡Mañana! La política económica de España cambió en el año 2008, según el ministro Íñigo Muñoz.',
    [
      'niño',
      'nino',
      'NIÑO',
      'ciguena',
      'donde',
      'pinguino',
      'espana',
      'politica economica',
      '"año 2008"',
      'íñigo',
    ],
    ['ninos', '"2008 año"', 'portugal'],
  ],
  [
    'Arabic',
    'مُحَمَّد في المدرسة الكبيرة',
    'ذهب أحمد إلى القاهرة يوم الأحد، وقرأ كتابًا عن تاريخ مصر. قال: «العلم نور». وكان ذلك سنة ٢٠٢١ في مكتبـــة الإسكندرية.',
    [
      'محمد',
      'مُحَمَّدٌ',
      'المدرسه',
      'احمد',
      'أحمد',
      'الى',
      'إلي',
      'كتابا',
      '«العلم نور»',
      '2021',
      '٢٠٢١',
      'مكتبة',
      'الاسكندريه',
    ],
    ['"نور العلم"', 'بغداد', '٢٠٢٢'],
  ],
  [
    'Hebrew',
    'צה״ל פרסם הודעה',
    'שָׁלוֹם לכולם. ראש הממשלה ביקר בירושלים עם מנכ"ל החברה, ואמר: ״אין מקום לדאגה״. הספר של ז׳בוטינסקי יצא לאור.',
    ['צה"ל', 'צה״ל', 'צהל', 'שלום', 'מנכ״ל', 'מנכל', "ז'בוטינסקי", '"ראש הממשלה"', 'בירוש*'],
    ['"הממשלה ראש"', 'תל'],
  ],
  [
    'Russian',
    'Зелёная ёлка в Москве',
    'Мой дядя Йозеф приехал в Москву́ на поезде. «Всё хорошо», — сказал он. В 1917 году жизнь изменилась.',
    ['зеленая елка', 'ЁЛКА', 'ёлка', 'москву', 'йозеф', '«все хорошо»', '"1917 году"', 'моск*'],
    ['мои', 'москва', '"хорошо все"'],
  ],
  [
    'Greek',
    'Ο Οδυσσεύς και η θάλασσα τῷ ᾠδῇ',
    'Ο δρόμος προς την Αθήνα ήταν μακρύς. «Καλημέρα», είπε ο άνθρωπος. ΟΙ ΘΕΟΙ ΤΟΥ ΟΛΥΜΠΟΥ ΚΑΙ Ο ΧΡΟΝΟΣ.',
    [
      'οδυσσευς',
      'ωδη',
      'τω',
      'ΟΔΥΣΣΕΥΣ',
      'θαλασσα',
      'αθηνα',
      'μακρύς',
      'χρονος',
      'χρόνος',
      '"άνθρωπος οι θεοί"',
      'ολυμπ*',
    ],
    ['σπάρτη', '"οι άνθρωπος"'],
  ],
  [
    'Chinese',
    '北京天气预报',
    '今天北京晴，最高气温三十度。中国气象局表示，明天有雨。ＷＴＯ总干事访问了上海，二〇二一年的贸易增长了百分之八。',
    [
      '北京',
      '天气',
      '天气预报',
      '气象局',
      '京',
      '雨',
      'wto',
      '中国气象局表示',
      '"明天有雨"',
      '上海 北京',
      '二〇二一年',
    ],
    ['南京', '海上', '天明', '北京 -上海', '雪'],
  ],
  [
    'Japanese',
    '東京タワーに登る',
    '私は昨日、ﾄｳｷｮｳ駅から歩いて行きました。パーティーは楽しかったです。「ありがとうございます」と言いました。データベース２０２１。',
    ['東京', '東京タワー', 'トウキョウ駅', 'パーティー', '「ありがとうございます」', 'データ', '2021', '登'],
    ['京東', 'パテ', '大阪'],
  ],
  [
    'Korean',
    '서울에서 열린 축제',
    '대통령은 어제 부산을 방문했다. “안녕하세요”라고 말했다. 한국어 검색은 어렵지만 재미있다. 2021년 3월 K팝 공연.',
    [
      '서울',
      '서울에서',
      '축제',
      '대통령',
      '부산',
      '한국어 검색',
      '“안녕하세요”',
      '2021년',
      'k팝',
      '한국어'.normalize('NFD'),
    ],
    ['울서', '제주', '어한'],
  ],
  [
    'Thai',
    'ประเทศไทยในวันนี้',
    'นักท่องเที่ยวเดินทางไปกรุงเทพมหานครเมื่อวันที่ ๑๒ สิงหาคม น้ำท่วมในภาคใต้ กาแฟอร่อยมาก',
    ['ประเทศไทย', 'ไทย', 'กรุงเทพ', 'กาแฟ', 'น้ำท่วม', '12', '๑๒', 'นักท่องเที่ยว', 'นํ้าท่วม'],
    ['เชียงใหม่', 'ไทประเทศ', 'กาฟแ'],
  ],
  [
    'Hindi',
    'हिन्दी में समाचार',
    'प्रधानमंत्री ने दिल्ली में कहा कि क़लम की ताक़त बड़ी है। मेरी माँ ने १५ अगस्त को खाना बनाया।',
    ['हिन्दी', 'समाचार', 'दिल्ली', 'कलम', 'क़लम', 'ताकत', 'मां', 'माँ', '15', '"दिल्ली में कहा"', 'प्रधान*'],
    ['हिन्द', 'दिल', '"कहा में"', 'मेरा'],
  ],
  [
    'Vietnamese',
    'Đường đến Hà Nội',
    'Thủ tướng Việt Nam đã thăm thành phố Huế hôm qua. Phở bò ngon lắm, giá năm mươi nghìn đồng một tô.',
    [
      'duong',
      'đường',
      'ĐƯỜNG',
      'ha noi',
      'Hà Nội',
      '"viet nam"',
      'thu tuong',
      'pho',
      'phở bò',
      'dong',
      'Việt'.normalize('NFD'),
    ],
    ['sài gòn', '"nam viet"', 'đườngs'],
  ],
  [
    'Ukrainian',
    'Їжак і об’єкт',
    'Під’їзд закрито до п’ятниці. Київ, вулиця Хрещатик, ґанок. Подробиці: jane.roe@example.org, #новини, C++ та C#.',
    [
      'їжак',
      "об'єкт",
      'обʼєкт',
      'під’їзд',
      'київ',
      'ґанок',
      'jane.roe@example.org',
      '#новини',
      'новини',
      'C++',
      'c#',
      'example.org',
    ],
    ['іжак', 'гарок', 'c', '"roe jane"'],
  ],
  [
    'Persian',
    'می‌خواهم کتاب بخوانم',
    'این یک خانهٔ بزرگ است. علی به تهران رفت و گفت: «خداحافظ». سال ۱۴۰۰.',
    ['می‌خواهم', '"می خواهم"', 'كتاب', 'کتاب', 'علي', 'تهران', '1400', '«خداحافظ»'],
    ['شیراز', '"خواهم می"'],
  ],
];

const search = indexOf(ARTICLES.map(([, title, text]) => article(text, { title })));

describe.each(ARTICLES.map((entry, number) => [entry[0], number, entry[3], entry[4]] as const))(
  'in %s',
  (_, number, finding, notFinding) => {
    test.each(finding)('%s finds the article', (query) => {
      expect(search(query).articles).toContain(number);
    });
    test.each(notFinding)('%s does not find it', (query) => {
      expect(search(query).articles).not.toContain(number);
    });
  },
);

describe('a query', () => {
  const find = indexOf([
    article('The harbour is closed until Friday. High water, said the mayor.', { title: 'High water' }),
    article('Water levels fell. The mayor of the harbour town said nothing.'),
    article('Waterfall and watermark: no plain mention.', { tags: ['rivers'], authors: ['Jane Roe'] }),
    article('Nothing of it.', { title: 'Harbour news', source: 'The Harbour Times' }),
  ]);
  const numbers = (query: string): readonly number[] => find(query).articles;

  test.each([
    ['water', [0, 1]],
    ['harbour mayor', [0, 1]],
    ['"high water"', [0]],
    ['"water high"', []],
    ['"the mayor"', [0, 1]],
    ['water*', [0, 1, 2]],
    ['waterm* waterf*', [2]],
    ['harbour -mayor', [3]],
    ['harbour -"the harbour is"', [1, 3]],
    ['harbour -wat*', [3]],
    ['water -water', []],
    ['mayor -nowhere', [0, 1]],
    ['rivers', [2]],
    ['jane', [2]],
    ['"roe harbour"', []],
    ['times', [3]],
    ['harbour nowhere', []],
    ['', []],
  ])('%s finds %j', (query, expected) => {
    expect(numbers(query)).toEqual(expected);
  });

  test('does not reach from one part of an article into another', () => {
    expect(numbers('"water the harbour"')).toEqual([]);
    expect(numbers('"rivers jane"')).toEqual([]);
    expect(numbers('"news the"')).toEqual([]);
  });

  test('answers with the best first', () => {
    expect(find('harbour').ranked).toEqual([3, 1, 0]);
    expect(find('water').ranked).toEqual([0, 1]);
    expect(find('water*').ranked).toEqual([0, 1, 2]);
  });

  test('answers with the newest of equals first', () => {
    const same = indexOf(Array.from({ length: 200 }, () => article('all the same')));
    expect(same('same').ranked).toEqual(Array.from({ length: 200 }, (_, i) => 199 - i));
  });

  test('prefers who says it more often, and in fewer words', () => {
    const filler = 'and so on '.repeat(200);
    const of = indexOf([
      article(`storm ${filler}`),
      article('a storm'),
      article('storm after storm'),
      article(filler),
    ]);
    expect(of('storm').ranked).toEqual([2, 1, 0]);
  });

  test('weighs a rare word more', () => {
    const of = indexOf([
      article('common common common common rare'),
      article('common rare rare rare rare'),
      ...Array.from({ length: 50 }, () => article('common')),
    ]);
    expect(of('common rare').ranked).toEqual([1, 0]);
  });
});

describe('articles that cannot be seen', () => {
  const articles = Array.from({ length: 300 }, (_, i) =>
    article(
      `storm ${i % 3 === 0 ? 'storm flood' : 'quay'} number${i % 7} ${i % 2 === 0 ? 'harbour' : 'mayor'}`,
    ),
  );
  const of = indexOf(articles);

  test.each(['storm', 'storm flood', '"storm flood"', 'num* harbour', 'quay -harbour'])(
    'do not influence what %s finds, nor its scores',
    (query) => {
      // Of the last 150 only those are seen that the other index ends with.
      const seen = indexOf(articles.slice(0, 150));
      const { articles: found, scores } = of(query, (number) => number < 150);
      expect(found.length).toBeGreaterThan(0);
      expect(found).toEqual(seen(query).articles);
      expect(scores).toEqual(seen(query).scores);
    },
  );
});

describe('the work of a query', () => {
  const of = indexOf(
    Array.from({ length: 1100 }, (_, i) =>
      article(Array.from({ length: 300 }, (_, j) => `w${(i * 997 + j * 7919) % 99991}letters${j}`).join(' ')),
    ),
  );

  test('reads at most 38 blocks and places of blocks', () => {
    const words = Array.from({ length: 500 }, (_, i) => `w${(i * 9973) % 99991}`).join(' ');
    const beginnings = Array.from({ length: 90 }, (_, i) => `w${10 + i}*`).join(' ');
    for (const query of [words, beginnings, `"${words}"`, '東'.repeat(999), '-x1 '.repeat(99) + words]) {
      expect(of(query).reads).toBeLessThanOrEqual(38);
    }
    expect(of(words).reads).toBeGreaterThan(18);
    expect(of(`"${words}"`).reads).toBeGreaterThan(18);
  });

  test('looks for a phrase in a bounded number of articles, the newest that have its words', () => {
    const document = invertDocument(article('so and so'));
    const many = searchIn(Array.from({ length: 40_000 }, () => document));
    expect(many('so and').articles).toHaveLength(40_000);
    const { articles } = many('"so and"');
    expect(articles).toHaveLength(32_768 + 64);
    expect(articles.at(-1)).toBe(39_999);
    expect(many('"so and" "and so"').articles).toHaveLength(32_768 / 2 + 64);
    expect(many('so -"so so"').articles).toHaveLength(32_768 + 64);
  });

  test('reads nothing when there is nothing to look for', () => {
    for (const query of ['', '-x1', '"', '* - "" ?']) expect(of(query).reads).toBe(0);
  });
});

test('no article has no index', () => {
  expect(indexOf([])('word').ranked).toEqual([]);
});
