// messages -> what a model behind an OpenAI-compatible endpoint says, within bounds of size and time; one request.
import { z } from 'zod';
import { PermanentError } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { guardedFetch } from '../../core/http.ts';

/** An endpoint that speaks `/chat/completions`, as OpenAI, vLLM, llama.cpp and Ollama do. */
export interface ModelEndpoint {
  /** Up to the version: https://api.example/v1 */
  url: string;
  key: string | undefined;
  model: string;
}

export interface ChatMessage {
  role: string;
  content: string;
}

export type ChatAsking = Pick<House, 'now'> & { stop: AbortSignal };

const completion = z.object({ choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1) });

/** Throws as `guardedFetch` does, and PermanentError for what is no completion; `setting` names the variable to look at then. */
export async function askChat(
  { url, key, model }: ModelEndpoint,
  { messages, mostTokens, setting, ...bounds }: { messages: ChatMessage[]; mostTokens: number; maxBytes: number; timeoutMs: number; setting: string }, // prettier-ignore
  asking: ChatAsking,
): Promise<string> {
  const address = `${url.replace(/\/$/, '')}/chat/completions`;
  const body = { model, messages, max_tokens: mostTokens, temperature: 0 };
  const text = await postJson(
    address,
    { body, headers: key ? { authorization: `Bearer ${key}` } : {}, ...bounds },
    asking,
  );
  try {
    return completion.parse(JSON.parse(text)).choices[0]!.message.content;
  } catch (cause) {
    throw new PermanentError(`${address} answered something else than a chat completion; look at ${setting}`, {
      cause,
    });
  }
}

/** Posts JSON to a server that the operator named; returns the text of the response. */
export async function postJson(
  address: string,
  { body, headers, ...bounds }: { body: unknown; headers: Record<string, string>; maxBytes: number; timeoutMs: number },
  asking: ChatAsking,
): Promise<string> {
  const { hostname, port, protocol } = new URL(address);
  const fetched = await guardedFetch(address, {
    // The operator named this host, so it may be on this machine.
    allow: [`${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`],
    headers,
    post: { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } },
    ...bounds,
    ...asking,
  });
  if (fetched.notModified) throw new PermanentError(`${address} answered a post with 304; it speaks another protocol`);
  return fetched.body.toString('utf8');
}
