import type { Messages } from './messages.ts';

export const ar: Messages = {
  language: 'ar',
  direction: 'rtl',

  skip: 'انتقل إلى المحتوى',
  subscribe: 'اشترك',
  subscribeTo: (title) => `اشترك في ${title}`,
  allFeeds: 'كل الخلاصات',
  search: 'بحث',
  searchHint: 'ابحث في المقالات',

  feedIs:
    'الخلاصة عنوان تعطيه لقارئ الخلاصات مرة واحدة، فيجلب لك بعد ذلك كل مقال جديد، دون حساب ودون بريد إلكتروني.',
  copy: 'نسخ',
  copied: 'تم النسخ',
  openIn: 'اشترك باستخدام',
  ownReader: 'القارئ على هذا الجهاز',
  formats: 'المقالات نفسها بثلاث صيغ، وأيّ منها يفي بالغرض.',
  newest: 'أحدث المقالات',
  articles: 'المقالات',

  older: 'مقالات أقدم',
  newer: 'مقالات أحدث',
  previous: 'السابق',
  next: 'التالي',
  around: 'المقالان السابق والتالي',

  results: 'نتائج البحث عن',
  noResult: 'لم يُعثر على شيء.',
  searchTip: 'قد تجد المزيد بكلمات أقل أو بكلمات أخرى.',
  subscribeToSearch: 'اشترك في هذا البحث',

  one: {
    tag: 'الوسوم',
    source: 'المصدر',
    author: 'الكاتب',
    language: 'اللغة',
    year: 'السنة',
    collection: 'المجموعة',
  },
  many: {
    tag: 'الوسوم',
    source: 'المصادر',
    author: 'الكتّاب',
    language: 'اللغات',
    year: 'السنوات',
    collection: 'المجموعات',
  },

  updated: 'حُدّث في',
  by: 'بقلم',
  originallyIn: 'نُشر أولًا في',
  attachments: 'المرفقات',
  alsoIn: 'بلغات أخرى:',

  notFound: 'غير موجود',
  notFoundText: 'لا يوجد شيء في هذا العنوان.',
  perhaps: 'ربما قصدت أحد هذه:',
  removed: 'تمت الإزالة',
  removedText: 'أُزيل المقال الذي كان هنا.',
  removedOn: 'أُزيل في',
  failure: 'حدث خطأ ما',
  failureText: 'الخطأ منّا. يُرجى المحاولة مرة أخرى بعد بضع دقائق.',
  unavailable: 'غير متاح حاليًا',
  unavailableText: 'تتعذر قراءة هذا الجزء من الأرشيف. يُرجى المحاولة مرة أخرى بعد بضع دقائق.',
  badQuery: 'طلب أكبر مما يُستجاب له',
  badQueryText: 'يطلب هذا العنوان أكثر مما يمكن الرد عليه.',
};
