import type { Messages } from './messages.ts';

export const tr: Messages = {
  language: 'tr',
  direction: 'ltr',

  skip: 'İçeriğe geç',
  subscribe: 'Abone ol',
  subscribeTo: (title) => `Abone ol: ${title}`,
  allFeeds: 'Tüm beslemeler',
  search: 'Ara',
  searchHint: 'Yazılarda ara',

  feedIs:
    'Besleme, bir besleme okuyucusuna bir kez verdiğiniz adrestir; okuyucu bundan sonra her yeni yazıyı hesap açmadan ve e-posta vermeden size getirir.',
  copy: 'Kopyala',
  copied: 'Kopyalandı',
  openIn: 'Şununla abone ol:',
  ownReader: 'Bu cihazdaki okuyucu',
  formats: 'Aynı yazılar üç biçimde; hangisi olsa olur.',
  newest: 'En yeni yazılar',
  articles: 'Yazılar',

  older: 'Daha eski yazılar',
  newer: 'Daha yeni yazılar',
  previous: 'Önceki',
  next: 'Sonraki',
  around: 'Önceki ve sonraki yazılar',

  results: 'Arama sonuçları:',
  noResult: 'Hiçbir şey bulunamadı.',
  searchTip: 'Daha az ya da başka sözcüklerle yeniden deneyebilirsiniz.',
  subscribeToSearch: 'Bu aramaya abone ol',

  one: {
    tag: 'Etiketler',
    source: 'Kaynak',
    author: 'Yazar',
    language: 'Dil',
    year: 'Yıl',
    collection: 'Koleksiyon',
  },
  many: {
    tag: 'Etiketler',
    source: 'Kaynaklar',
    author: 'Yazarlar',
    language: 'Diller',
    year: 'Yıllar',
    collection: 'Koleksiyonlar',
  },

  updated: 'Güncelleme:',
  by: 'Yazan:',
  originallyIn: 'İlk yayımlandığı yer:',
  attachments: 'Ekler',
  alsoIn: 'Diğer diller:',

  notFound: 'Bulunamadı',
  notFoundText: 'Bu adreste bir şey yok.',
  perhaps: 'Belki şunlardan birini arıyordunuz:',
  removed: 'Kaldırıldı',
  removedText: 'Burada bulunan yazı kaldırıldı.',
  removedOn: 'Kaldırılma tarihi:',
  failure: 'Bir sorun oluştu',
  failureText: 'Hata bizde. Lütfen birkaç dakika sonra yeniden deneyin.',
  unavailable: 'Şu anda erişilemiyor',
  unavailableText: 'Arşivin bu bölümü okunamıyor. Lütfen birkaç dakika sonra yeniden deneyin.',
  badQuery: 'Çok fazla şey istendi',
  badQueryText: 'Bu adres, yanıtlanabilecek olandan fazlasını istiyor.',
};
