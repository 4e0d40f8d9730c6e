import { Feed } from 'feed';
import { Hono } from 'hono';

/** The members of a JSON Feed that the peer uses. */
export interface Articles {
  readonly title: string;
  readonly description: string;
  readonly home_page_url: string;
  readonly feed_url: string;
  readonly items: readonly {
    readonly id: string;
    readonly url: string;
    readonly title: string;
    readonly summary: string;
    readonly content_html: string;
    readonly date_published: string;
  }[];
}

const FEEDS = {
  '/rss.xml': { type: 'application/rss+xml; charset=utf-8', render: (feed: Feed) => feed.rss2() },
  '/atom.xml': { type: 'application/atom+xml; charset=utf-8', render: (feed: Feed) => feed.atom1() },
  '/feed.json': { type: 'application/feed+json', render: (feed: Feed) => feed.json1() },
};

/** A conventional feed server: renders, and compresses if the client accepts it, on each request. */
const app = new Hono<{ Bindings: { ARTICLES: Articles } }>();
for (const [path, { type, render }] of Object.entries(FEEDS)) {
  app.get(path, (context) => {
    const headers = { 'Content-Type': type };
    const response = context.body(render(feedOf(context.env.ARTICLES)), 200, headers);
    if (!context.req.header('accept-encoding')?.includes('gzip')) return response;
    return new Response(response.body?.pipeThrough(new CompressionStream('gzip')), {
      headers: { ...headers, 'Content-Encoding': 'gzip' },
      encodeBody: 'manual',
    });
  });
}

export default app;

function feedOf(articles: Articles): Feed {
  const feed = new Feed({
    id: articles.home_page_url,
    title: articles.title,
    description: articles.description,
    link: articles.home_page_url,
    feedLinks: { rss: articles.feed_url },
  });
  for (const item of articles.items) {
    feed.addItem({
      id: item.id,
      link: item.url,
      title: item.title,
      description: item.summary,
      content: item.content_html,
      date: new Date(item.date_published),
    });
  }
  return feed;
}
