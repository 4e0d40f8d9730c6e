import type { Messages } from './messages.ts';

export const ja: Messages = {
  language: 'ja',
  direction: 'ltr',

  skip: '本文へ移動',
  subscribe: '購読する',
  subscribeTo: (title) => `${title} を購読する`,
  allFeeds: 'すべてのフィード',
  search: '検索',
  searchHint: '記事を検索',

  feedIs:
    'フィードとは、フィードリーダーに一度登録するアドレスです。登録すると、アカウントもメールもなしに新しい記事が届きます。',
  copy: 'コピー',
  copied: 'コピーしました',
  openIn: '次のリーダーで購読する',
  ownReader: 'この端末のリーダー',
  formats: '同じ記事を三つの形式で配信しています。どれでもかまいません。',
  newest: '新着記事',
  articles: '記事',

  older: '以前の記事',
  newer: '新しい記事',
  previous: '前の記事',
  next: '次の記事',
  around: '前後の記事',

  results: '検索結果：',
  noResult: '何も見つかりませんでした。',
  searchTip: '言葉を減らすか、別の言葉でお試しください。',
  subscribeToSearch: 'この検索を購読する',

  one: {
    tag: 'タグ',
    source: '出典',
    author: '著者',
    language: '言語',
    year: '年',
    collection: 'コレクション',
  },
  many: {
    tag: 'タグ',
    source: '出典',
    author: '著者',
    language: '言語',
    year: '年',
    collection: 'コレクション',
  },

  updated: '更新日：',
  by: '著者：',
  originallyIn: '初出：',
  attachments: '添付ファイル',
  alsoIn: '他の言語：',

  notFound: '見つかりません',
  notFoundText: 'このアドレスには何もありません。',
  perhaps: 'お探しのものはこちらでしょうか：',
  removed: '削除されました',
  removedText: 'ここにあった記事は削除されました。',
  removedOn: '削除日：',
  failure: '問題が発生しました',
  failureText: '原因はこちらにあります。数分後にもう一度お試しください。',
  unavailable: '現在利用できません',
  unavailableText: 'アーカイブのこの部分を読み込めません。数分後にもう一度お試しください。',
  badQuery: '要求が多すぎます',
  badQueryText: 'このアドレスは、答えられる範囲を超えています。',
};
