// A real endpoint on this machine that speaks both protocols: OpenAI's chat completions and LibreTranslate.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Asked {
  path: string;
  authorization: string | undefined;
  body: Record<string, unknown>;
  texts: string[];
}

export interface TranslationServer {
  url: string;
  asked: Asked[];
  /** What it makes of a text; what it does instead of a response where it is given. */
  behave: {
    say: (text: string) => string;
    instead?: ((response: ServerResponse, asked: Asked) => boolean) | undefined;
  };
  close: () => Promise<void>;
}

/** Marks a text as said in another language, with everything that is in it. */
export const inGerman = (text: string): string => `Deutsch: ${text}`;

/** Opens it; `behave` may be changed at any time. */
export async function startTranslationServer(): Promise<TranslationServer> {
  const asked: Asked[] = [];
  const behave: TranslationServer['behave'] = { say: inGerman };
  const server = createServer((request, response) => {
    let raw = '';
    request.on('data', (chunk) => (raw += String(chunk)));
    request.on('end', () => {
      const body = JSON.parse(raw) as { q?: string[]; messages?: { content: string }[] };
      const texts = body.q ?? (JSON.parse(body.messages![1]!.content.split('\n')[1]!) as string[]);
      const one = { path: request.url!, authorization: request.headers.authorization, body, texts };
      asked.push(one);
      if (behave.instead?.(response, one)) return;
      const said = texts.map((text) => behave.say(text));
      const fenced = `Here it is:\n\`\`\`json\n${JSON.stringify(said)}\n\`\`\``;
      response.end(JSON.stringify(body.q ? { translatedText: said } : { choices: [{ message: { content: fenced } }] }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () => new Promise<void>((resolve) => { server.closeAllConnections(); server.close(() => resolve()); }); // prettier-ignore
  return { url, asked, behave, close };
}
