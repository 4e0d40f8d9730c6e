import { splitTrimmed } from '../trim.ts';

/** Apple's categories for podcasts, each with its subcategories. */
const CATEGORIES: Readonly<Record<string, string>> = {
  Arts: 'Books, Design, Fashion & Beauty, Food, Performing Arts, Visual Arts',
  Business: 'Careers, Entrepreneurship, Investing, Management, Marketing, Non-Profit',
  Comedy: 'Comedy Interviews, Improv, Stand-Up',
  Education: 'Courses, How To, Language Learning, Self-Improvement',
  Fiction: 'Comedy Fiction, Drama, Science Fiction',
  Government: '',
  'Health & Fitness': 'Alternative Health, Fitness, Medicine, Mental Health, Nutrition, Sexuality',
  History: '',
  'Kids & Family': 'Education for Kids, Parenting, Pets & Animals, Stories for Kids',
  Leisure: 'Animation & Manga, Automotive, Aviation, Crafts, Games, Hobbies, Home & Garden, Video Games',
  Music: 'Music Commentary, Music History, Music Interviews',
  News: 'Business News, Daily News, Entertainment News, News Commentary, Politics, Sports News, Tech News',
  'Religion & Spirituality': 'Buddhism, Christianity, Hinduism, Islam, Judaism, Religion, Spirituality',
  Science:
    'Astronomy, Chemistry, Earth Sciences, Life Sciences, Mathematics, Natural Sciences, Nature, Physics, Social Sciences',
  'Society & Culture': 'Documentary, Personal Journals, Philosophy, Places & Travel, Relationships',
  Sports:
    'Baseball, Basketball, Cricket, Fantasy Sports, Football, Golf, Hockey, Rugby, Running, Soccer, Swimming, Tennis, Volleyball, Wilderness, Wrestling',
  Technology: '',
  'True Crime': '',
  'TV & Film': 'After Shows, Film History, Film Interviews, Film Reviews, TV Reviews',
};

/** A category of podcasts, and the subcategory if one is chosen. */
export interface PodcastCategory {
  readonly name: string;
  readonly subcategory: string | undefined;
}

/** `Technology` or `Society & Culture > Documentary`, as Apple spells them; undefined for what Apple does not have. */
export function findPodcastCategory(text: string): PodcastCategory | undefined {
  const [name = '', subcategory, ...more] = splitTrimmed(text, '>');
  const subcategories = Object.hasOwn(CATEGORIES, name) ? CATEGORIES[name]?.split(', ') : undefined;
  if (subcategories === undefined || more.length > 0) return undefined;
  return subcategory === undefined || (subcategory !== '' && subcategories.includes(subcategory))
    ? { name, subcategory }
    : undefined;
}

export function podcastCategoryNames(): string[] {
  return Object.keys(CATEGORIES);
}
