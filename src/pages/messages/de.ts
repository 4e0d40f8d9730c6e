import type { Messages } from './en.ts';

export const de: Messages = {
  language: 'de',
  direction: 'ltr',

  skip: 'Zum Inhalt springen',
  subscribe: 'Abonnieren',
  subscribeTo: (title) => `${title} abonnieren`,
  allFeeds: 'Alle Feeds',
  search: 'Suchen',
  searchHint: 'Artikel durchsuchen',

  feedIs:
    'Ein Feed ist eine Adresse, die man einem Feedreader einmal gibt; von da an bringt er jeden neuen Artikel, ohne Konto und ohne E-Mail.',
  copy: 'Kopieren',
  copied: 'Kopiert',
  openIn: 'Abonnieren mit',
  ownReader: 'Feedreader auf diesem Gerät',
  formats: 'Dieselben Artikel in drei Formaten; jedes davon ist recht.',
  newest: 'Neueste Artikel',
  articles: 'Artikel',

  older: 'Ältere Artikel',
  newer: 'Neuere Artikel',
  neighbours: 'Artikel davor und danach',

  results: 'Ergebnisse für',
  noResult: 'Nichts gefunden.',
  searchTip: 'Mit weniger oder anderen Wörtern findet sich vielleicht mehr.',
  subscribeToSearch: 'Diese Suche abonnieren',

  many: {
    tag: 'Schlagwörter',
    source: 'Quellen',
    author: 'Autoren',
    language: 'Sprachen',
    year: 'Jahre',
    collection: 'Sammlungen',
    series: 'Serien',
  },

  updated: 'Aktualisiert am',
  by: 'Von',
  originallyIn: 'Zuerst erschienen in',
  attachments: 'Anhänge',
  alsoIn: 'Auch auf:',

  related: 'Verwandte Artikel',
  contents: 'Inhalt',
  notes: 'Anmerkungen',
  corrections: 'Korrekturen',
  part: (part, parts) => `Teil ${part} von ${parts}`,
  previousPart: 'Voriger Teil',
  nextPart: 'Nächster Teil',
  share: 'Teilen',
  byMail: 'Per E-Mail',

  episode: (number) => `Folge ${number}`,
  season: (number) => `Staffel ${number}`,
  trailer: 'Trailer',
  bonus: 'Bonus',
  episodes: 'Folgen',
  chapters: 'Kapitel',
  transcript: 'Transkript',
  host: 'Moderation',
  guest: 'Gast',
  listenOn: 'Anhören bei',

  notFound: 'Nicht gefunden',
  notFoundText: 'Unter dieser Adresse gibt es nichts.',
  perhaps: 'Vielleicht war eines davon gemeint:',
  removed: 'Entfernt',
  removedText: 'Der Artikel, der hier stand, wurde entfernt.',
  removedOn: 'Entfernt am',
  failure: 'Etwas ist schiefgegangen',
  failureText: 'Der Fehler liegt bei uns. Bitte in ein paar Minuten noch einmal versuchen.',
  unavailable: 'Zurzeit nicht verfügbar',
  unavailableText:
    'Dieser Teil des Archivs ist nicht lesbar. Bitte in ein paar Minuten noch einmal versuchen.',
  badQuery: 'Zu viel verlangt',
  badQueryText: 'Die Adresse fragt nach mehr, als beantwortet werden kann.',
};
