import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { checkPages, writeSite } from './install-site.ts';
import type { PrepareSubject } from './run.ts';

const FILES = {
  // Pages of tags and sections are not needed.
  'config.toml': `baseURL = "https://news.example/"
title = "Bench"
languageCode = "en"
disableKinds = ["taxonomy", "term", "section", "sitemap", "robotsTXT", "404"]
`,
  'layouts/_default/single.html': `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title><meta name="description" content="{{ .Description }}"></head>
<body><article><h1>{{ .Title }}</h1><time>{{ .Date.Format "2006-01-02" }}</time>{{ .Content }}</article></body></html>
`,
  'layouts/index.html': `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{{ .Site.Title }}</title></head>
<body><ul>{{ range first 50 .Site.RegularPages }}<li><a href="{{ .Permalink }}">{{ .Title }}</a></li>{{ end }}</ul></body></html>
`,
  'layouts/_default/rss.xml': `{{- printf "<?xml version=\\"1.0\\" encoding=\\"utf-8\\"?>" | safeHTML }}
<rss version="2.0"><channel><title>{{ .Site.Title }}</title><link>{{ .Permalink }}</link><description>Bench</description>
{{ range first 50 .Site.RegularPages }}<item><title>{{ .Title }}</title><link>{{ .Permalink }}</link><guid>{{ .Permalink }}</guid>
<pubDate>{{ .Date.Format "Mon, 02 Jan 2006 15:04:05 -0700" | safeHTML }}</pubDate><description>{{ .Content | html }}</description></item>
{{ end }}</channel></rss>
`,
};

export const prepareHugo: PrepareSubject = (folder) => {
  const { stdout } = spawnSync('hugo', ['version'], { encoding: 'utf8' });
  const version = /v[\d.]+/.exec(stdout ?? '')?.[0];
  if (version === undefined) return 'there is no command "hugo"';
  const [documents, out] = [join(folder, 'documents'), join(folder, 'out')];
  writeSite(folder, FILES);
  return {
    name: 'Hugo',
    version,
    documents,
    command: {
      program: 'hugo',
      args: ['--quiet', '--contentDir', documents, '--destination', out],
      folder,
    },
    remains: [out, join(folder, 'resources')],
    check: (count) => checkPages(out, 'index.xml', count),
  };
};
