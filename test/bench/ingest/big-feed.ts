// A generated feed of 100,000 items, 44 MB, for readers to be measured on.

const sentence = 'We study neural machinery and say at some length what came of it, in few words.';

/** RSS as blogs write it: a title with a reference, an identifier, a date, some lines of HTML with a relative link. */
export function bigFeed(count = 100_000): string {
  const items = Array.from(
    { length: count },
    (_, at) =>
      `<item><title>Item ${at} about &amp; models</title><link>https://big.example/p/${at}</link><guid isPermaLink="false">g-${at}</guid><pubDate>Sat, 07 Sep 2024 10:00:01 GMT</pubDate><description><![CDATA[<p>No. ${at}: ${sentence} See <a href="/x/${at}">the <b>paper</b></a>. ${sentence}</p>]]></description></item>`,
  );
  return `<rss version="2.0"><channel><title>Big</title><link>https://big.example/</link>${items.join('')}</channel></rss>`;
}
