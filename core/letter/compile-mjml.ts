// MJML -> HTML, in a thread: loading MJML takes some 300 ms, a letter 100 to 200 (law 8), and its 28 MB go with the thread.
import mjml2html from 'mjml';

/** Strict, since MJML otherwise drops what it does not know without a word; no web fonts. Throws for what MJML refuses. */
export async function compileMjml(source: string): Promise<string> {
  const { html } = await mjml2html(source, { validationLevel: 'strict', fonts: {}, keepComments: false });
  return html;
}
