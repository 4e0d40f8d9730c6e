import { Feed } from 'feed';
import { Hono } from 'hono';

/** What the peer takes of a JSON Feed. */
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

const HEADERS = { 'Content-Type': 'application/rss+xml; charset=utf-8' };

/** A feed as it is usually served: rendered, and compressed if the client likes, on each request. */
const app = new Hono<{ Bindings: { ARTICLES: Articles } }>();
app.get('/rss.xml', (context) => {
  const { ARTICLES: articles } = context.env;
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
  const response = context.body(feed.rss2(), 200, HEADERS);
  if (!context.req.header('accept-encoding')?.includes('gzip')) return response;
  return new Response(response.body?.pipeThrough(new CompressionStream('gzip')), {
    headers: { ...HEADERS, 'Content-Encoding': 'gzip' },
    encodeBody: 'manual',
  });
});

export default app;
