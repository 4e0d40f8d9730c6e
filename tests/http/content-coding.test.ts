import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { ask, FEEDS, PERMALINK } from '../support/article-app.ts';

async function bytesOf(response: Response): Promise<Buffer> {
  return Buffer.from(await response.arrayBuffer());
}

describe('content coding', () => {
  test.each([
    [undefined, 'identity'],
    ['', 'identity'],
    ['identity', 'identity'],
    ['gzip', 'gzip'],
    ['GZIP', 'gzip'],
    ['br, gzip', 'gzip'],
    ['deflate, br', 'identity'],
    ['*', 'gzip'],
    ['*;q=0', 'identity'],
    ['gzip;q=0', 'identity'],
    ['gzip; q=0.0', 'identity'],
    ['gzip;q=0.001', 'gzip'],
    ['gzip;q=0.5, identity', 'identity'],
    ['gzip;q=0.5, identity;q=0.4', 'gzip'],
    ['identity;q=0, gzip;q=0.1', 'gzip'],
    ['gzip;q=2', 'identity'],
    ['x-gzip', 'gzip'],
    [',,gzip,,', 'gzip'],
  ])('for Accept-Encoding %j is %s', async (field, coding) => {
    const response = await ask('/rss.xml', field === undefined ? {} : { 'accept-encoding': field });
    expect(response.headers.get('content-encoding') ?? 'identity').toBe(coding);
    expect(response.headers.get('vary')).toContain('Accept-Encoding');
  });

  test.each([...FEEDS, '/', PERMALINK])(
    'gzip of %s decompresses to exactly the identity body',
    async (path) => {
      const identity = await bytesOf(await ask(path));
      const gzip = await bytesOf(await ask(path, { 'accept-encoding': 'gzip' }));
      expect(gzip.length).toBeLessThan(identity.length);
      expect(Buffer.compare(gunzipSync(gzip), identity)).toBe(0);
    },
  );
});

describe('header fields', () => {
  test.each([...FEEDS, '/', PERMALINK, '/nothing'])('of %s protect whoever gets it', async (path) => {
    const { headers } = await ask(path, { accept: 'text/html' });
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
    expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin');
    expect(headers.get('access-control-allow-origin')).toBe('*');
  });
});
