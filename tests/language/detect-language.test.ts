import { describe, expect, test } from 'vitest';
import { languageOf, parseLanguageTag, recognizeLanguage } from '../../src/language/detect-language.ts';
import { writingOf } from '../../src/language/script.ts';
import { directionOf } from '../../src/locale.ts';

const TEXTS: Readonly<Record<string, string>> = {
  en: 'The leaders of both countries met on Tuesday to discuss the price of grain, and agreed on little else. Farmers had expected more.',
  tr: 'Başkentte açılan sergi, ilk gününde beş bin ziyaretçiyi ağırladı. Küratör, ışığın yalnızca bir araç olmadığını söyledi.',
  de: 'Die Regierung hat am Dienstag beschlossen, die Preise für Getreide nicht weiter zu senken. Die Bauern hatten mehr erwartet.',
  fr: 'Le gouvernement a décidé mardi de ne plus baisser les prix des céréales. Les agriculteurs avaient espéré davantage de soutien.',
  es: 'El gobierno decidió el martes no bajar más los precios de los cereales. Los agricultores esperaban una ayuda mayor del Estado.',
  pt: 'O governo decidiu na terça-feira não baixar mais os preços dos cereais. Os agricultores esperavam uma ajuda maior do Estado.',
  id: 'Pemerintah memutuskan pada hari Selasa bahwa harga gandum tidak bisa diturunkan lagi karena para petani sudah menunggu bantuan.',
  nb: 'Regjeringen bestemte tirsdag at prisene på korn ikke skal ned. Bøndene hadde ventet mer støtte fra staten, men det ble ikke noe av.',
  pl: 'Rząd zdecydował we wtorek, że nie będzie dalej obniżać cen zboża. Rolnicy spodziewali się większej pomocy ze strony państwa.',
  'sr-Latn':
    'Vlada je u utorak odlučila da pre žetve ne menja cenu žita. Gde su seljaci i šta očekuju od države, posle svega niko ne zna.',
  hr: 'Vlada je u utorak odlučila da prije žetve ne mijenja cijenu žita. Gdje su seljaci i što očekuju od države, nakon svega nitko ne zna.',
  ru: 'Правительство решило во вторник больше не снижать цены на зерно. Крестьяне ожидали от государства большей помощи.',
  mk: 'Владата во вторникот одлучи цената на житото да не се менува. Земјоделците очекуваа поголема помош, ќе видат ли и куќите среќа.',
  kk: 'Үкімет сейсенбі күні астық бағасын бұдан әрі төмендетпеу туралы шешім қабылдады. Шаруалар мемлекеттен көбірек көмек күткен.',
  el: 'Η κυβέρνηση αποφάσισε την Τρίτη να μη μειώσει άλλο τις τιμές των σιτηρών. Οι αγρότες περίμεναν μεγαλύτερη βοήθεια.',
  ar: 'قررت الحكومة يوم الثلاثاء عدم خفض أسعار الحبوب مرة أخرى. وكان المزارعون ينتظرون من الدولة مساعدة أكبر مما حصلوا عليه.',
  fa: 'دولت روز سه‌شنبه تصمیم گرفت که قیمت غلات را بیش از این کاهش ندهد. کشاورزان از دولت انتظار کمک بیشتری داشتند.',
  he: 'הממשלה החליטה ביום שלישי שלא להוריד עוד את מחירי התבואה. החקלאים ציפו לסיוע גדול יותר מן המדינה, אך לא קיבלו אותו.',
  'zh-Hans':
    '政府周二决定不再降低粮食价格。农民们原本期待国家提供更多的帮助，但是这个时候没有人知道会发生什么。',
  'zh-Hant':
    '政府週二決定不再降低糧食價格。農民們原本期待國家提供更多的幫助，但是這個時候沒有人知道會發生什麼。',
  ja: '政府は火曜日、穀物の価格をこれ以上引き下げないことを決めた。農家は国からの支援がもっと大きいと期待していた。',
  ko: '정부는 화요일에 곡물 가격을 더 이상 낮추지 않기로 결정했다. 농민들은 국가로부터 더 많은 지원을 기대하고 있었다.',
};

describe('a language is recognised', () => {
  test.each(Object.entries(TEXTS))('%s', (language, text) => {
    expect(recognizeLanguage(text)).toBe(language);
  });

  test.each([
    ['nothing', ''],
    ['a short text', 'The leaders of both countries met.'],
    ['numbers', '12 345 '.repeat(100)],
    ['no language', 'lorem xqzt vbnk wrtp '.repeat(20)],
    [
      'one that the detector does not know',
      'Serikali iliamua Jumanne kutopunguza tena bei ya nafaka. Wakulima walitarajia msaada mkubwa zaidi kutoka kwa serikali yao.',
    ],
    [
      'Malay or Indonesian without a word that only one of them has',
      'Petani menunggu musim hujan di desa. Mereka menanam padi, jagung dan sayur di ladang. Anak-anak membantu ibu di rumah.',
    ],
  ])('not from %s', (_, text) => {
    expect(recognizeLanguage(text)).toBeUndefined();
  });

  test.each([
    'Was ich mache und was ich nicht mache, steht hier: kleine Programme, lange Texte, viele Notizen und Bilder.',
    'Heute Abend lese ich den Kindern noch einmal The Lord of the Rings vor, danach gibt es Tee und Kekse und Musik.',
    'De leden van het bestuur waren tegen, of ze kwamen niet; dat was voor velen een verrassing of een teleurstelling.',
  ])('not English from %j', (text) => {
    expect(recognizeLanguage(text)).not.toBe('en');
  });

  test.each([
    [
      'names with marks',
      'Ayşe Yılmaz of the harbour council and José Núñez have made more of their plans than many people said when the building of the bridge began.',
    ],
    [
      'typographic quotes',
      '“Many of the boats have been out,” they said—and the people of the town have made up their minds about the winter.',
    ],
  ])('English with %s', (_, text) => {
    expect(recognizeLanguage(text)).toBe('en');
  });

  test.each([
    [
      'de',
      'Im Gespräch fiel der Satz „Many of the people have left“. Wir übersetzen ihn nicht, denn er steht für das ganze Buch, das im Herbst erscheint.',
    ],
    [
      'tr',
      'Toplantıda “of the people, by the people” sözü sık sık geçti. Konuşmacılar bu sözün anlamını uzun uzun tartıştı ve sonunda anlaşamadı.',
    ],
  ])('%s with a quotation in English', (language, text) => {
    expect(recognizeLanguage(text)).toBe(language);
  });

  test('whatever the normal form of its letters, and whatever addresses stand among them', () => {
    expect(recognizeLanguage(`https://example.org/${'the-and-of-'.repeat(20)} ${TEXTS.tr}`)).toBe('tr');
    expect(recognizeLanguage((TEXTS.fr ?? '').normalize('NFD'))).toBe('fr');
  });
});

test.each([
  [
    'fo',
    'Bátarnir komu aftur á havnina um kvøldið, men eingin fekk sovið, tí vindurin var ógvuliga harður og klokkan ringdi alla náttina.',
  ],
  [
    'is',
    'Bátarnir komu aftur í höfnina um kvöldið, en enginn gat sofið því vindurinn var mjög sterkur og klukkan hringdi alla nóttina.',
  ],
  [
    'oc',
    'Totes los èssers umans naisson liures e egals en dignitat e en dreches. Son dotats de rason e de consciéncia e se devon comportar los unes amb los autres dins un esperit de fraternitat.',
  ],
  [
    'ca',
    'Els vaixells van tornar al port al vespre, però ningú no va poder dormir perquè el vent era molt fort i la campana sonava tota la nit.',
  ],
])('a language is told from one that is like it: %s', (language, text) => {
  expect(recognizeLanguage(text)).toBe(language);
});

describe('a short text', () => {
  const tell = (title: string, text: string, siteLanguage: string): string =>
    languageOf(text, title, writingOf(`${title}\n${text}`), siteLanguage).language;

  test.each([
    ['he', 'נמל קטן', 'הסירה חזרה בערב.'],
    ['yi', 'שיף', 'די שיף איז צוריקגעקומען, ניט וױיט.'],
    ['yi', 'האפן', 'די שיף איז אוועקגעפארן פרי אין דער פרי.'],
    ['he', 'נמל', 'הספינה יצאה מוקדם בבוקר, ואיש לא ראה מי היה עליה.'],
    ['el', 'Το λιμάνι', 'Το πλοίο έφυγε νωρίς.'],
    ['th', 'ท่าเรือ', 'เรือกลับมาแล้ว'],
    ['ko', '작은 항구', '배가 저녁에 돌아왔다.'],
    ['ko', 'Docker', 'Docker를 사용하여 Kubernetes 배포하기'],
    ['ja', '港', '船が夕方に戻った。'],
    ['ja', '港', '東京港入港船舶一覧の公開。'],
    ['zh', '小港口', '船晚上回到了小港口。'],
    ['ka', 'ნავი', 'ნავი საღამოს დაბრუნდა.'],
    ['hy', 'Նավ', 'Նավը վերադարձավ երեկոյան։'],
    ['ta', 'படகு', 'படகு திரும்பியது.'],
    ['lo', '', 'ເຮືອກັບມາ'],
    ['am', '', 'ጀልባው ተመለሰ።'],
    ['ar', 'ميناء', 'عاد القارب في المساء.'],
    ['fa', 'بندر', 'قایق عصر برگشت.'],
    ['ur', 'بندرگاہ', 'کشتی شام کو واپس آ گئی۔'],
    ['ps', 'بندر', 'بېړۍ ماښام بېرته راغله.'],
    ['ru', 'Маяк на мысе', 'Мы ждали рыбаков.'],
    ['ru', 'Колокол', 'Колокол звонил всю ночь. Никто не спал.'],
    ['ru', 'Разговор', '— Где лодка? — Ушла. — Когда же она вернётся, если ветер не переменится?'],
    ['uk', 'Гавань', 'Човен повернувся ввечері до малої гавані.'],
    ['mk', 'Брод', 'Куќа и ѓубре.'],
    ['de', 'Am Hafen', 'Niemand darf heute hinaus auf die See, und alle warten.'],
    ['fr', 'Le port', 'Le bateau est rentré le soir, et le chat dort.'],
    ['de', 'Am großen Fluss', 'Die Möwen schreien über der Brücke, und früh läutet es.'],
    ['tr', 'Gemi', 'Gemi akşam limana döndü, balıkçılar güldü.'],
    ['eo', 'La haveno', 'La boatoj revenis, kaj la fiŝkaptistoj estis tre feliĉaj.'],
    ['ug', 'پورت', 'كېمىلەر ئاخشىمى قايتىپ كەلدى، بېلىقچىلار خۇشال بولدى.'],
    ['ckb', 'بەندەر', 'کەشتییەکان گەڕانەوە و ماسیگرەکان دڵخۆش بوون.'],
    ['mn', 'Боомт', 'Завиуд орой буцаж ирсэн бөгөөд загасчид баяртай байлаа.'],
    ['ky', 'Кеме', 'Кемелер кечинде кайтып келишти, балыкчылардын көңүлү жай.'],
    ['ti', 'መርከብ', 'ኩሎም ሰባት ናብ ወደብ ተመሊሶም እዮም።'],
    ['hi', 'नाव', 'नाव शाम को लौटी है।'],
    ['mr', 'नाव', 'नाव संध्याकाळी परत आली आहे.'],
    ['ne', 'डुङ्गा', 'डुङ्गा साँझ फर्केको छ।'],
    ['pl', 'Łódź', 'Łódź wróciła wieczorem, rybacy się śmiali głośno.'],
  ])('is in %s by its script or its letters: %s', (language, title, text) => {
    expect(tell(title, text, 'en')).toBe(language);
  });

  test.each([
    ['en', 'A Greek word on the hull', 'The hull bears the word Θάλασσα in white.'],
    ['en', 'Café', 'The café was closed, and the naïve tourists ate their crêpes outside.'],
    ['en', 'Lines', 'Anna: Seen any boats? Bert: Three, maybe four, going north.'],
    ['en', 'Cities', 'Zürich, Málaga, Łódź, Çeşme, São Paulo.'],
    [
      'en',
      'Soup',
      '2 onions, chopped, 1 tablespoon butter, salt, pepper, 500 g potatoes, peeled, 1 litre milk, fresh parsley, cream',
    ],
    [
      'en',
      'Ports',
      'Aberdeen Harbour Board, Peterhead Port Authority, Lerwick Marina, Kirkwall Pier, Stornoway Ferry Terminal',
    ],
    ['en', 'Dogs', 'Small dogs run fast when children throw sticks near harbour walls.'],
    ['en', 'Constants', 'We set α, β and γ to one.'],
    ['en', '', '12 345'],
    ['tr', 'Menü', 'Menüde crème brûlée ve café au lait var, ekmek bugün yok.'],
    ['ja', '東京', '東京都知事選挙'],
    ['ru', 'Лодка', 'Лодка.'],
    ['bg', 'Лодка', 'Лодка.'],
    ['sr', 'Brod', 'Brod se vratio.'],
    ['sr-Latn', 'Брод', 'Брод.'],
    ['uz', 'Қайиқ', 'Қайиқ қайтди.'],
    ['zh-Hant', '港', '船。'],
    ['yi', 'שיף', 'די שיף.'],
    ['ur', 'بندر', 'بندر.'],
  ])('may be in %s, the language of the site: %s', (siteLanguage, title, text) => {
    expect(tell(title, text, siteLanguage)).toBe(siteLanguage);
  });

  test.each([
    ['en', 'नाव लौट आई।'],
    ['en', 'Лодка.'],
    ['en', 'ꦥꦿꦲꦸ'],
    [
      'en',
      "Mae'r cychod yn dod adref gyda'r nos, ac mae'r pysgotwyr yn hapus iawn eu bod nhw wedi dal digon o bysgod.",
    ],
    [
      'en',
      'Omnes homines liberi aequique dignitate atque iuribus nascuntur. Ratione conscientiaque praediti sunt.',
    ],
    ['en', "Canodd y gloch drwy'r nos ac ni allai neb gysgu oherwydd y gwynt."],
    ['en', 'Chuán zài wǎnshàng huílái le, yúfū fēicháng gāoxìng.'],
    ['tr', 'Chuán zài wǎnshàng huílái le, yúfū fēicháng gāoxìng.'],
    ['ru', 'iPhone 16 Pro'],
    ['ar', 'OpenAI GPT-5'],
    ['he', 'Лодка.'],
    ['ro', 'Лодка.'],
    ['az', 'Лодка.'],
  ])('cannot be in %s: %s', (siteLanguage, text) => {
    expect(tell('', text, siteLanguage)).toBe('und');
  });

  test.each([
    'sha256 "Hello world" → 64ec88ca00b268e5ba1a35678a1b5316d212f4f366b2477232534a8aeca37f3c',
    'sudo aptitude install apache2. a2ensite, a2dissite. a2enmod',
  ])('may be in that of the site if it is code: %s', (text) => {
    expect(tell('', text, 'en')).toBe('en');
  });
});

test.each([
  ['en', 'en'],
  ['en_US', 'en-US'],
  ['tr_TR.UTF-8', 'tr-TR'],
  ['PT-br', 'pt-BR'],
  [' zh_hans ', 'zh-Hans'],
  ['ger', 'de'],
  ['iw', 'he'],
  ['Türkçe', 'tr'],
  ['turkish', 'tr'],
  ['English (US)', 'en'],
  ['Deutsch', 'de'],
  ['日本語', 'ja'],
  ['sr-Latn', 'sr-Latn'],
  ['', undefined],
  ['xx', undefined],
  ['und', undefined],
  ['x-default', undefined],
  ['klingon', undefined],
  ['C', undefined],
  ['en-', undefined],
  ['../en', undefined],
])('the tag of %j is %s', (stated, tag) => {
  expect(parseLanguageTag(stated)).toBe(tag);
});

test.each([
  ['ar', 'rtl'],
  ['fa-AF', 'rtl'],
  ['he', 'rtl'],
  ['ur', 'rtl'],
  ['az-Arab', 'rtl'],
  ['ckb', 'rtl'],
  ['az', 'ltr'],
  ['ar-Latn', 'ltr'],
  ['en', 'ltr'],
  ['zh-Hant', 'ltr'],
] as const)('%s is written %s', (language, direction) => {
  expect(directionOf(language)).toBe(direction);
});

test('where two languages stand beside each other, that of most letters counts', () => {
  const text =
    'The harbour is closed today because of the storm that came with the night, and nobody may leave it. الميناء مغلق اليوم بسبب العاصفة. لا أحد يغادر.';
  expect(languageOf(text, '', writingOf(text), 'en').language).toBe('en');
});

test.each([
  ['en', 'en-GB', 'en-GB'],
  ['zh', 'zh-CN', 'zh-CN'],
  ['zh', 'zh-TW', 'zh-Hans'],
  ['en', 'de-AT', 'en'],
])('a text in %s on a site in %s is in %s', (language, site, expected) => {
  const text =
    language === 'en'
      ? 'The harbour is closed today because of the storm that came with the night, and nobody may leave it.'
      : '这是第一篇文章的内容，我们来说一个学生的故事，他们会在这里发现时间的意义。';
  expect(languageOf(text, '', writingOf(text), site).language).toBe(expected);
});
