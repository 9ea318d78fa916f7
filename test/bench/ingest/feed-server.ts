// A server of 2,000 feeds in a process of its own: every feed has ten items and an ETag, and answers 304 to whoever has it.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const sentences = [
  'The model reads its own drafts and corrects what it can, which turns out to be most of what was wrong.',
  'We measure how far a small network gets when it is trained on nothing but the questions of a large one.',
  'In this post I try to explain why the gradient vanishes, and what people have done about it for thirty years.',
];

/** Some 8 kB of RSS, another for every number. */
function feed(number: number): string {
  const items = Array.from({ length: 10 }, (_, at) => {
    const words = sentences.map((sentence, place) => `<p>${sentence} (${number}.${at}.${place})</p>`).join('');
    const date = new Date(Date.UTC(2026, 9, 1 + at)).toUTCString();
    return `<item><title>Post ${at} of blog ${number}</title><link>https://blog${number}.example/post/${at}</link><guid>https://blog${number}.example/post/${at}</guid><pubDate>${date}</pubDate><description><![CDATA[${words}<p><a href="https://arxiv.org/abs/2611.${String(number * 10 + at).padStart(5, '0')}">The paper</a></p>]]></description></item>`;
  });
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Blog ${number}</title><link>https://blog${number}.example/</link><language>en</language>${items.join('')}</channel></rss>`;
}

const server = createServer((request, response) => {
  const number = Number(/^\/feed\/(\d+)$/.exec(request.url ?? '')?.[1]);
  const etag = `"${createHash('md5').update(String(number)).digest('hex')}"`;
  if (request.headers['if-none-match'] === etag) return void response.writeHead(304, { etag }).end();
  response.writeHead(200, { 'content-type': 'application/rss+xml', etag }).end(feed(number));
});
server.listen(0, '0.0.0.0', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
