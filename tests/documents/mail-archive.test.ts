import { expect, test } from 'vitest';
import { canonical, parsePage as parse } from '../support/content.ts';

function pipermail(text: string): string {
  return `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2//EN">
<HTML>
 <HEAD>
   <TITLE> [Tide-dev] Mooring &amp; fees
   </TITLE>
   <META http-equiv="Content-Type" content="text/html; charset=us-ascii">
 </HEAD>
 <BODY BGCOLOR="#ffffff">
   <H1>[Tide-dev] Mooring &amp; fees</H1>
    <B>Jane Roe</B>
    <A HREF="mailto:tide-dev%40lists.example.org?Subject=Re%3A%20Mooring"
       TITLE="[Tide-dev] Mooring">jane at example.org
       </A><BR>
    <I>Wed Mar  3 10:15:00 CET 2021</I>
    <P><UL>
        <LI>Previous message: <A HREF="000012.html">[Tide-dev] Old
</A></li>
         <LI> <B>Messages sorted by:</B>
              <a href="date.html#13">[ date ]</a>
       </UL>
    <HR>
<!--beginarticle-->
<PRE>${text}</PRE>

<!--endarticle-->
    <HR>
<a href="https://lists.example.org/mailman/listinfo/tide-dev">More information about the Tide-dev
mailing list</a><br>
</body></html>`;
}

const stated = {
  authors: [{ name: 'Jane Roe' }],
  published: { year: 2021, month: 3, day: 3, time: { hour: 10, minute: 15, second: 0 }, timeZone: '+01:00' },
};

test('pipermail: a message has its author, its date, and the text between the marks', () => {
  const text = `John Doe wrote:
&gt;<i> Do we pay? I have read &lt;the rules&gt; at
</I>&gt;<i> <A HREF="https://rules.example.org/a">https://rules.example.org/a</A>.
</I>
Yes, we do. The harbour office sends a bill in April, and whoever does not
pay it in time has to leave.
`;
  expect(parse(pipermail(text))).toMatchObject({
    ...stated,
    title: '[Tide-dev] Mooring & fees',
    html: canonical(
      '<p>John Doe wrote:</p><blockquote><p>Do we pay? I have read &lt;the rules&gt; at<br>' +
        '<a href="https://rules.example.org/a">https://rules.example.org/a</a>.</p></blockquote>' +
        '<p>Yes, we do. The harbour office sends a bill in April, and whoever does not pay it in time has to leave.</p>',
    ),
  });
});

test('pipermail: a patch stays as it is', () => {
  const patch = 'diff --git a/tide.c b/tide.c\n@@ -1 +1 @@\n-a\n+b\n';
  expect(parse(pipermail(patch)).html).toContain(canonical(`<pre>${patch}</pre>`));
});

test.each([
  [
    'MHonArc',
    `<!--X-Subject: Fees -->
<!--X-From-R13: Wnar Ebr <wnarNrknzcyr.bet> -->
<!--X-Date: Wed, 3 Mar 2021 10:15:00 +0100 -->
<html><head><title>Fees</title></head><body><h1>Fees</h1><ul><li>From: Jane Roe</li></ul>
<!--X-Body-of-Message-->
<pre>
We pay.
</pre>
<!--X-Body-of-Message-End-->
<ul><li>Prev by Date</li></ul></body></html>`,
  ],
  [
    'Hypermail',
    `<html><head><title>list: Fees</title></head><body>
<!-- received="Wed Mar 03 10:15:01 2021" -->
<!-- sent="Wed, 3 Mar 2021 10:15:00 +0100" -->
<!-- name="Jane Roe" -->
<!-- subject="Fees" -->
<h1>Fees</h1><strong>From:</strong> Jane Roe<hr>
<!-- body="start" -->
<pre>We pay.</pre>
<!-- body="end" -->
<hr><ul><li>Next message</li></ul></body></html>`,
  ],
  [
    'Hypermail 2',
    `<html><head><title>list: Fees</title><meta name="Author" content="Jane Roe (jane@example.org)">
<meta name="Subject" content="Fees"></head><body><h1>Fees</h1>
<!-- body="start" -->
<div class="mail"><address class="headers"><span id="from"><dfn>From</dfn>: Jane Roe</span><br />
<span id="date"><dfn>Date</dfn>: Wed, 3 Mar 2021 10:15:00 +0100</span></address>
<p>We pay.
<span id="received"><dfn>Received on</dfn> Wed Mar 03 2021</span></div>
<!-- body="end" -->
<ul><li>Next message</li></ul></body></html>`,
  ],
])('%s: likewise', (_, html) => {
  expect(parse(html)).toMatchObject({ ...stated, title: 'Fees', html: '<p>We pay.</p>' });
});

test('an export of Tumblr: likewise, with its tags', () => {
  const html = `<!DOCTYPE HTML>
<html><head><title>Fees</title></head>
  <body>
    <h1>Fees</h1>
    <p>We pay.</p>
    <div id="footer">
      <span id="timestamp"> March 3rd, 2021 10:15am </span>
      <span class="tag">sea</span>
      <span class="tag">high water</span>
    </div>
  </body></html>`;
  const { published, ...draft } = parse(html);
  expect(draft).toMatchObject({ title: 'Fees', html: '<p>We pay.</p>', tags: ['sea', 'high water'] });
  expect(published).toMatchObject({ year: 2021, month: 3, day: 3 });
});
