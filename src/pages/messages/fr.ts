import type { Messages } from './messages.ts';

export const fr: Messages = {
  language: 'fr',
  direction: 'ltr',

  skip: 'Aller au contenu',
  subscribe: 'S’abonner',
  subscribeTo: (title) => `S’abonner à ${title}`,
  allFeeds: 'Tous les flux',
  search: 'Rechercher',
  searchHint: 'Rechercher dans les articles',

  feedIs:
    'Un flux est une adresse que l’on donne une fois à un lecteur de flux ; il apporte ensuite chaque nouvel article, sans compte et sans courriel.',
  copy: 'Copier',
  copied: 'Copié',
  openIn: 'S’abonner avec',
  ownReader: 'Lecteur de cet appareil',
  formats: 'Les mêmes articles en trois formats ; n’importe lequel convient.',
  newest: 'Articles récents',
  articles: 'Articles',

  older: 'Articles plus anciens',
  newer: 'Articles plus récents',
  previous: 'Précédent',
  next: 'Suivant',
  around: 'Articles précédent et suivant',

  results: 'Résultats pour',
  noResult: 'Rien n’a été trouvé.',
  searchTip: 'Moins de mots, ou d’autres mots, donneront peut-être plus.',
  subscribeToSearch: 'S’abonner à cette recherche',

  one: {
    tag: 'Mots-clés',
    source: 'Source',
    author: 'Auteur',
    language: 'Langue',
    year: 'Année',
    collection: 'Collection',
  },
  many: {
    tag: 'Mots-clés',
    source: 'Sources',
    author: 'Auteurs',
    language: 'Langues',
    year: 'Années',
    collection: 'Collections',
  },

  updated: 'Mis à jour le',
  by: 'Par',
  originallyIn: 'Paru d’abord dans',
  attachments: 'Pièces jointes',
  alsoIn: 'Aussi en :',

  notFound: 'Introuvable',
  notFoundText: 'Il n’y a rien à cette adresse.',
  perhaps: 'Peut-être cherchiez-vous :',
  removed: 'Supprimé',
  removedText: 'L’article qui se trouvait ici a été supprimé.',
  removedOn: 'Supprimé le',
  failure: 'Une erreur est survenue',
  failureText: 'L’erreur vient de nous. Veuillez réessayer dans quelques minutes.',
  unavailable: 'Indisponible pour le moment',
  unavailableText: 'Cette partie des archives est illisible. Veuillez réessayer dans quelques minutes.',
  badQuery: 'Demande trop grande',
  badQueryText: 'L’adresse demande plus qu’il n’est possible de répondre.',
};
