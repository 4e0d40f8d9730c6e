import { join } from 'node:path';
import { expect, test } from 'vitest';
import { detectGenerator } from '../../src/import/generator.ts';
import { readRedirects } from '../../src/import/redirects.ts';
import { testFolder } from '../support/folder.ts';

/** The redirects that files state, as `/from /to`. */
async function redirects(files: Readonly<Record<string, string>>, folder = ''): Promise<string[]> {
  const path = await testFolder(files);
  const seeds = join(path, folder);
  return readRedirects(seeds, detectGenerator(seeds)).redirects.map(({ from, to }) => `${from} ${to}`);
}

test('tables of hosts state redirects; patterns and errors are left out', async () => {
  expect(
    await redirects({
      _redirects:
        '# old\n/a /b 301\n/c id=:id /d\nhttps://a.example/e /f 301!\n/g /h 404\n/i/* /j/:splat\n/k\n',
    }),
  ).toEqual(['/a /b', '/c /d', '/e /f']);
  expect(
    await redirects({
      '.htaccess':
        'Redirect 301 /a "/b c"\nRedirectPermanent /d https://x.example/e\nRewriteRule ^f\\.html$ /g [L,R=301]\nRewriteRule ^h$ /i\nRewriteRule ^(.*)$ /j/$1 [R]\n',
    }),
  ).toEqual(['/d https://x.example/e', '/f.html /g']);
  expect(
    await redirects({ 'netlify.toml': '[[redirects]]\nfrom = "/a"\nto = "/b"\nstatus = 302\n' }),
  ).toEqual(['/a /b']);
  expect(
    await redirects({
      'vercel.json':
        '{"redirects": [{"source": "/a", "destination": "/b"}, {"source": "/:x", "destination": "/"}]}',
    }),
  ).toEqual(['/a /b']);
});

test('patterns of tables are named, but for those of everything', async () => {
  const seeds = await testFolder({ _redirects: '/* /index.html 200\n/old/* /new/:splat 301\n/a /b\n' });
  expect(readRedirects(seeds, undefined).patterns).toEqual(['/old/*']);
});

test.each<[string, Readonly<Record<string, string>>, string[]]>([
  [
    'Astro',
    {
      'astro.config.mjs':
        "export default { redirects: { '/a': '/b', '/c': { status: 302, destination: '/d' }, '/e': { destination: '/f' } } };",
    },
    ['/a /b', '/c /d', '/e /f'],
  ],
  [
    'Docusaurus',
    {
      'docusaurus.config.js':
        "module.exports = { plugins: [['x', { redirects: [{ from: ['/a', '/b'], to: '/c' }, { to: '/d', from: '/e' }] }]] };",
    },
    ['/a /c', '/b /c', '/e /d'],
  ],
  [
    'Next.js',
    {
      'next.config.js':
        "module.exports = { async redirects() { return [{ source: '/a', destination: '/b', permanent: true }] } };",
    },
    ['/a /b'],
  ],
  [
    'VuePress',
    {
      'docs/.vuepress/config.ts':
        "export default { plugins: [redirectPlugin({ config: { '/a.html': '/b.html' } })] };",
    },
    ['/a.html /b.html'],
  ],
  ['Nuxt', { 'nuxt.config.ts': "export default { routeRules: { '/a': { redirect: '/b' } } };" }, ['/a /b']],
  [
    'MkDocs',
    { 'mkdocs.yml': 'plugins:\n- search\n- redirects:\n    redirect_maps:\n      a/b.md: c.md\n' },
    ['/a/b /c.md'],
  ],
  [
    'Middleman',
    {
      'config.rb':
        "activate :blog\nredirect 'a.html', to: '/b'\nredirect(\"c\", :to => \"/d.html\")\n# redirect 'e', to: '/f'\n",
    },
    ['/a.html /b', '/c /d.html'],
  ],
  ['mdBook', { 'book.toml': '[output.html.redirect]\n"/a/b.html" = "../c.html"\n' }, ['/a/b.html /c.html']],
  [
    'Nikola',
    { 'conf.py': 'BLOG_TITLE = "A"\nREDIRECTIONS = [("a.html", "/b/"), (\'c\', \'d\')]\n' },
    ['/a.html /b/', '/c /d'],
  ],
])('the configuration of %s states redirects', async (_, files, expected) => {
  expect(await redirects(files)).toEqual(expected);
});

test('the tables of a site lie above its documents', async () => {
  const files = { 'hugo.toml': "baseURL = '/'\n", 'static/_redirects': '/a /b\n', 'content/posts/x.md': 'X' };
  expect(await redirects(files, 'content/posts')).toEqual(['/a /b']);
});
