import type { Messages } from './messages.ts';

export const es: Messages = {
  language: 'es',
  direction: 'ltr',

  skip: 'Ir al contenido',
  subscribe: 'Suscribirse',
  subscribeTo: (title) => `Suscribirse a ${title}`,
  allFeeds: 'Todos los canales',
  search: 'Buscar',
  searchHint: 'Buscar en los artículos',

  feedIs:
    'Un canal es una dirección que se da una vez a un lector de noticias; desde entonces este trae cada artículo nuevo, sin cuenta y sin correo electrónico.',
  copy: 'Copiar',
  copied: 'Copiado',
  openIn: 'Suscribirse con',
  ownReader: 'Lector de este dispositivo',
  formats: 'Los mismos artículos en tres formatos; cualquiera sirve.',
  newest: 'Artículos más recientes',
  articles: 'Artículos',

  older: 'Artículos anteriores',
  newer: 'Artículos más recientes',
  previous: 'Anterior',
  next: 'Siguiente',
  around: 'Artículos anterior y siguiente',

  results: 'Resultados de',
  noResult: 'No se ha encontrado nada.',
  searchTip: 'Con menos palabras, o con otras, quizá aparezca algo más.',
  subscribeToSearch: 'Suscribirse a esta búsqueda',

  one: {
    tag: 'Etiquetas',
    source: 'Fuente',
    author: 'Autor',
    language: 'Idioma',
    year: 'Año',
    collection: 'Colección',
  },
  many: {
    tag: 'Etiquetas',
    source: 'Fuentes',
    author: 'Autores',
    language: 'Idiomas',
    year: 'Años',
    collection: 'Colecciones',
  },

  updated: 'Actualizado el',
  by: 'Por',
  originallyIn: 'Publicado primero en',
  attachments: 'Archivos adjuntos',
  alsoIn: 'También en:',

  notFound: 'No encontrado',
  notFoundText: 'No hay nada en esta dirección.',
  perhaps: 'Quizá buscaba uno de estos:',
  removed: 'Retirado',
  removedText: 'El artículo que estaba aquí se ha retirado.',
  removedOn: 'Retirado el',
  failure: 'Algo ha fallado',
  failureText: 'El error es nuestro. Inténtelo de nuevo dentro de unos minutos.',
  unavailable: 'No disponible en este momento',
  unavailableText: 'Esta parte del archivo no se puede leer. Inténtelo de nuevo dentro de unos minutos.',
  badQuery: 'Se pide demasiado',
  badQueryText: 'La dirección pide más de lo que se puede responder.',
};
