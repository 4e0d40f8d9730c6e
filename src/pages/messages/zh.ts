import type { Messages } from './messages.ts';

export const zh: Messages = {
  language: 'zh-Hans',
  direction: 'ltr',

  skip: '跳到正文',
  subscribe: '订阅',
  subscribeTo: (title) => `订阅 ${title}`,
  allFeeds: '全部订阅源',
  search: '搜索',
  searchHint: '搜索文章',

  feedIs: '订阅源是一个网址：只需交给阅读器一次，它就会把每篇新文章送到你面前，无需账号，也无需邮箱。',
  copy: '复制',
  copied: '已复制',
  openIn: '用以下方式订阅',
  ownReader: '本设备上的阅读器',
  formats: '同样的文章有三种格式，任选其一即可。',
  newest: '最新文章',
  articles: '文章',

  older: '更早的文章',
  newer: '更新的文章',
  previous: '上一篇',
  next: '下一篇',
  around: '上一篇和下一篇',

  results: '搜索结果：',
  noResult: '没有找到任何内容。',
  searchTip: '试试更少的词，或换一些词。',
  subscribeToSearch: '订阅此搜索',

  one: {
    tag: '标签',
    source: '来源',
    author: '作者',
    language: '语言',
    year: '年份',
    collection: '合集',
  },
  many: {
    tag: '标签',
    source: '来源',
    author: '作者',
    language: '语言',
    year: '年份',
    collection: '合集',
  },

  updated: '更新于',
  by: '作者：',
  originallyIn: '原载于',
  attachments: '附件',
  alsoIn: '其他语言：',

  notFound: '未找到',
  notFoundText: '此网址没有内容。',
  perhaps: '您要找的也许是：',
  removed: '已移除',
  removedText: '原先在此的文章已被移除。',
  removedOn: '移除日期：',
  failure: '出错了',
  failureText: '问题出在我们这边，请过几分钟再试。',
  unavailable: '暂时无法访问',
  unavailableText: '存档的这一部分暂时无法读取，请过几分钟再试。',
  badQuery: '请求过多',
  badQueryText: '此网址请求的内容超出了可以回应的范围。',
};
