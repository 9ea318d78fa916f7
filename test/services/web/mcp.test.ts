// The Model Context Protocol: a client says hello, lists the tools, and is told by them what the API tells.
import { expect, test } from 'vitest';
import { openApp } from '../open-app.ts';
import { seedSentIssue } from '../seed-issue.ts';

interface Answer {
  id: number | null;
  result?: Record<string, unknown>;
  error?: { code: number; message: string };
}

async function openMcp() {
  const opened = await openApp();
  await seedSentIssue(opened.db);
  const send = async (payload: string, type = 'application/json') => {
    const { statusCode, body } = await opened.app.inject({ method: 'POST', url: '/mcp', payload, headers: { 'content-type': type } }); // prettier-ignore
    return { status: statusCode, body };
  };
  const ask = async (method: string, params: object = {}): Promise<Answer> =>
    JSON.parse((await send(JSON.stringify({ jsonrpc: '2.0', id: 7, method, params }))).body) as Answer;
  const use = async (name: string, given: object = {}) => {
    const { result } = await ask('tools/call', { name, arguments: given });
    const { content, isError } = result as { content: { text: string }[]; isError: boolean };
    return { text: content[0]!.text, isError };
  };
  return { ...opened, send, ask, use };
}

test('a client is told which version is spoken, and of every tool what it takes', async () => {
  const { ask, send } = await openMcp();
  for (const [asked, told] of [['2025-03-26', '2025-03-26'], ['1999-01-01', '2025-06-18']] as const) // prettier-ignore
    expect((await ask('initialize', { protocolVersion: asked })).result).toMatchObject({ protocolVersion: told, capabilities: { tools: {} } }); // prettier-ignore
  expect(await send(JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' }))).toEqual({ status: 202, body: '' }); // prettier-ignore
  expect((await ask('ping')).result).toEqual({});
  const tools = (await ask('tools/list')).result!['tools'] as { name: string; inputSchema: { required?: string[] } }[];
  expect(tools.map(({ name, inputSchema }) => [name, inputSchema.required ?? []])).toEqual([
    ['search', ['q']],
    ['list_issues', []],
    ['read_issue', ['slug']],
    ['read_story', ['id']],
    ['list_topics', []],
    ['read_topic', ['id']],
  ]);
});

test.each([
  ['search', { q: 'attention' }, '/api/search?q=attention'],
  ['list_issues', {}, '/api/issues'],
  ['read_issue', { slug: '2026-w47' }, '/api/issues/2026-w47'],
  ['read_story', { id: 1 }, '/api/stories/1'],
  ['list_topics', {}, '/api/topics'],
  ['read_topic', { id: 1 }, '/api/topics/1'],
])('%s %j tells what %s does', async (name, given, url) => {
  const { app, use } = await openMcp();
  expect(await use(name, given)).toEqual({ text: (await app.inject(url)).body, isError: false });
});

test('what is not there or wrongly asked is an error that says so', async () => {
  const { app, ask, send, use } = await openMcp();
  expect(await use('read_story', { id: 999 })).toMatchObject({ isError: true, text: expect.stringContaining('There is no such story.') as string }); // prettier-ignore
  for (const given of [{}, { id: '../issues' }, { id: 1.5 }])
    expect((await use('read_story', given)).isError).toBe(true);
  expect((await use('read_issue', { slug: '../topics' })).isError).toBe(true);
  expect((await ask('tools/call', { name: '__proto__' })).error?.code).toBe(-32_602);
  expect((await ask('resources/list')).error?.code).toBe(-32_601);
  const refused = async (payload: string, type?: string) => {
    const { status, body } = await send(payload, type);
    return [status, (JSON.parse(body) as Answer).error?.code];
  };
  expect(await refused('{')).toEqual([400, -32_700]);
  expect(await refused('[]')).toEqual([400, -32_600]);
  expect(await refused('a=b', 'application/x-www-form-urlencoded')).toEqual([400, -32_700]);
  expect(await refused('<a/>', 'text/xml')).toEqual([415, -32_600]);
  expect((await app.inject('/mcp')).statusCode).toBe(405);
});
