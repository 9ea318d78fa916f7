// `/mcp`: what `/api` tells, as tools of the Model Context Protocol (2025-06-18), each answer in one JSON message and no session kept.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { inWords } from '../message.ts';
import { PageError } from '../page-error.ts';
import type { Room } from '../room.ts';
import { searchLimit } from './find-stories.ts';

/** Newest first: who asks for one that is not here is offered the first. */
const versions = ['2025-06-18', '2025-03-26'];
const [newest] = versions;

const id = z.int().min(1).max(2_147_483_647);
const slug = z.string().regex(/^[\w-]{1,40}$/);

interface Tool {
  description: string;
  takes: z.ZodObject;
  address: (given: never) => string;
}

/** A tool of the fields it takes and the address of the API that answers. */
function tool<Fields extends z.ZodObject>(
  description: string,
  takes: Fields,
  address: (given: z.infer<Fields>) => string,
): Tool {
  return { description, takes, address };
}

const tools = new Map<string, Tool>(
  Object.entries({
    search: tool(
      'Finds stories by words and by meaning, best first.',
      z.object({ q: z.string().min(1).max(200), kind: z.enum(['paper', 'video', 'post', 'digest']).optional() }),
      ({ q, kind }) => `/api/search?${new URLSearchParams({ q, ...(kind && { kind }) }).toString()}`,
    ),
    list_issues: tool('Lists the issues that went out, newest first.', z.object({}), () => '/api/issues'),
    read_issue: tool(
      'Reads one issue with its stories by section.',
      z.object({ slug }),
      (given) => `/api/issues/${given.slug}`,
    ),
    read_story: tool(
      'Reads one story with everything it is made of.',
      z.object({ id }),
      (given) => `/api/stories/${given.id}`,
    ),
    list_topics: tool('Lists the topics of this week.', z.object({}), () => '/api/topics'),
    read_topic: tool(
      'Reads a topic and its newest stories; of one that ended those it had.',
      z.object({ id }),
      (given) => `/api/topics/${given.id}`,
    ),
  }),
);

const message = z.object({
  jsonrpc: z.literal('2.0'),
  id: z.union([z.string(), z.number()]).optional(),
  method: z.string().optional(),
  params: z.record(z.string(), z.unknown()).default({}),
});
const call = z.object({ name: z.string(), arguments: z.record(z.string(), z.unknown()).default({}) });

/** The codes of JSON-RPC 2.0, section 5.1. */
const codes = { unreadable: -32_700, invalid: -32_600, unknown: -32_601, params: -32_602 };

/** Registers the address, in a scope of its own: it alone takes JSON. */
export function mcpRoom(app: FastifyInstance, { house, links }: Room): void {
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  app.setErrorHandler((error, request, reply) => {
    const status =
      error instanceof PageError ? error.statusCode : ((error as { statusCode?: number }).statusCode ?? 500);
    if (status >= 500) request.log.error(error);
    const words =
      error instanceof PageError ? `${error.message} ${inWords(error.todo)}` : 'This could not be answered.';
    return fail(reply.code(status), [codes.invalid, words]);
  });

  // Nothing is told without being asked: no stream (Transports, "Listening for Messages").
  app.get('/mcp', (_request, reply) =>
    fail(reply.code(405).header('allow', 'POST'), [codes.invalid, 'Post a message.']),
  );

  app.post('/mcp', { config: { rateLimit: searchLimit } }, async (request, reply) => {
    const asked = read(request.body);
    if (asked === 'unreadable') return fail(reply.code(400), [codes.unreadable, 'This is no JSON.']);
    if (asked === 'invalid') return fail(reply.code(400), [codes.invalid, 'This is no message of JSON-RPC 2.0; batches are not taken.']); // prettier-ignore
    const { id: of, method, params } = asked;
    // Told and not asked, or an answer: nothing comes back.
    if (of === undefined || method === undefined) return reply.code(202).send();
    if (method === 'initialize') return answer(reply, of, hello(params));
    if (method === 'ping') return answer(reply, of, {});
    if (method === 'tools/list') return answer(reply, of, { tools: listed() });
    if (method !== 'tools/call') return fail(reply, [codes.unknown, 'There is no such method.'], of);
    const wanted = call.safeParse(params);
    const chosen = wanted.success ? tools.get(wanted.data.name) : undefined;
    if (!wanted.success || !chosen) return fail(reply, [codes.params, 'There is no such tool.'], of);
    const given = chosen.takes.safeParse(wanted.data.arguments);
    if (!given.success) return answer(reply, of, { content: [{ type: 'text', text: z.prettifyError(given.error) }], isError: true }); // prettier-ignore
    return answer(reply, of, await ask(request, chosen.address(given.data as never)));
  });

  function hello({ protocolVersion }: Record<string, unknown>) {
    const version = versions.find((one) => one === protocolVersion) ?? newest;
    return {
      protocolVersion: version,
      capabilities: { tools: {} },
      serverInfo: { name: 'courant', version: '1' },
      instructions: `What ${links.home} read, found and sent. Stories, issues and topics are cited by their url.`,
    };
  }

  /** The API's own answer, held to its limits for whoever asks. */
  async function ask(request: FastifyRequest, url: string) {
    const { host } = new URL(house.config.PUBLIC_URL);
    const { statusCode, body } = await app.inject({ url, remoteAddress: request.ip, headers: { host } });
    return { content: [{ type: 'text', text: body }], isError: statusCode >= 400 };
  }
}

function read(body: unknown): z.infer<typeof message> | 'unreadable' | 'invalid' {
  try {
    const parsed = message.safeParse(JSON.parse(typeof body === 'string' ? body : ''));
    return parsed.success ? parsed.data : 'invalid';
  } catch {
    return 'unreadable';
  }
}

function listed() {
  return Array.from(tools, ([name, { description, takes }]) => ({
    name,
    description,
    inputSchema: z.toJSONSchema(takes),
    annotations: { readOnlyHint: true },
  }));
}

function answer(reply: FastifyReply, of: string | number, result: object): FastifyReply {
  return send(reply, { jsonrpc: '2.0', id: of, result });
}

function fail(reply: FastifyReply, [code, words]: [number, string], of: string | number | null = null): FastifyReply {
  return send(reply, { jsonrpc: '2.0', id: of, error: { code, message: words } });
}

function send(reply: FastifyReply, body: object): FastifyReply {
  return reply.type('application/json; charset=utf-8').header('cache-control', 'no-store').send(JSON.stringify(body));
}
