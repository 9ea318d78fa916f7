// What can be wrong at the start is one line that says what, where and what to do; the exit code is not 0; nothing is lost.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { holdDataDirectory } from '../../../core/files/data-dir.ts';
import { openDatabase, sql } from '../../../core/db.ts';
import { addSources, listSources } from '../../../core/store/sources.ts';
import { courant, dataDirectory, openCourant, temporaryDirectory, type Outcome } from './courant.ts';

const inOne = openCourant();

function expectOneLine({ code, stderr }: Outcome, ...words: string[]): void {
  expect(stderr.trim().split('\n')).toHaveLength(1);
  for (const word of words) expect(stderr).toContain(word);
  expect(code).toBe(1);
}

async function serve(body: string, contentType: string): Promise<{ server: Server; host: string }> {
  const server = createServer((_request, response) => response.setHeader('content-type', contentType).end(body));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { server, host: `127.0.0.1:${(server.address() as AddressInfo).port}` };
}

describe('a start that cannot work', () => {
  it('names the variable that is wrong, what it holds and what it may hold', async () => {
    const outcome = await courant(['doctor'], { PORT: 'banana', DATA_DIR: dataDirectory() });
    expectOneLine(outcome, 'PORT', '"banana"', '0 to 65535');
  });

  it('names an unknown command', async () => {
    const outcome = await courant(['publish']);
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toContain("unknown command 'publish'");
  });

  it('names the port that is in use', async () => {
    const { host } = await serve('', 'text/plain');
    const port = host.split(':')[1]!;
    const outcome = await courant(['start'], { PORT: port, DATA_DIR: dataDirectory() });
    expectOneLine(outcome, `Port ${port}`, 'in use', 'PORT');
  });

  it('names the process that already uses the data directory', async () => {
    const directory = temporaryDirectory();
    const giveBack = holdDataDirectory(directory);
    onTestFinished(giveBack);
    expectOneLine(await inOne(['draft'], { DATA_DIR: directory }), `Process ${process.pid}`, directory, 'DATA_DIR');
  });

  it('refuses a data directory that a newer version wrote, and leaves it as it is', async () => {
    const directory = dataDirectory();
    const before = await openDatabase({ directory: join(directory, 'db') });
    await addSources(before, [{ kind: 'feed', title: 'Kept', url: 'https://example.org/feed' }]);
    await before.run(sql`insert into schema_ledger (name) values ('9999_future.sql')`);
    await before.close();
    expectOneLine(await inOne(['draft'], { DATA_DIR: directory }), 'newer Courant', '9999_future.sql', 'DATA_DIR');
    const raw = await openDatabase({ directory: join(directory, 'db') }).catch((error: Error) => error.message);
    expect(raw).toContain('nothing was changed');
  });

  it('refuses the files of another PostgreSQL version, and leaves them as they are', async () => {
    const directory = temporaryDirectory();
    mkdirSync(join(directory, 'db'));
    writeFileSync(join(directory, 'db', 'PG_VERSION'), '99\n');
    expectOneLine(await inOne(['draft'], { DATA_DIR: directory }), 'PostgreSQL 99', 'DATA_DIR');
    expect(readdirSync(join(directory, 'db'))).toEqual(['PG_VERSION']);
  });

  it('says which database server does not answer', async () => {
    const outcome = await courant(['draft'], { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' });
    expectOneLine(outcome, '127.0.0.1:1', 'ECONNREFUSED');
  });
});

describe('sources that cannot be read', () => {
  it('are kept, and each says what is wrong; what was stored stays', async () => {
    const directory = dataDirectory();
    const { host } = await serve('<!doctype html><title>Hello</title><p>No feed here.', 'text/html');
    const page = `http://${host}/blog`;
    const nowhere = 'http://127.0.0.1:1/feed.xml';
    const outcome = await courant(['ingest', page, nowhere], {
      DATA_DIR: directory,
      ALLOW_ADDRESSES: `${host},127.0.0.1:1`,
    });
    expect(outcome.code).toBe(1);
    const lines = outcome.stderr.trim().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines.find((line) => line.includes(page))).toContain('not a feed');
    expect(lines.find((line) => line.includes(nowhere))).toMatch(/refused|ECONNREFUSED/);
    const db = await openDatabase({ directory: join(directory, 'db') });
    expect((await listSources(db)).map(({ url, health }) => ({ url, health }))).toEqual(
      expect.arrayContaining([page, nowhere].map((url) => ({ url, health: 'broken' }))),
    );
    await db.close();
  });

  it('refuses a private address that nobody allowed, and words that are no address', async () => {
    expectOneLine(await inOne(['ingest', 'nonsense'], { DATA_DIR: dataDirectory() }), '"nonsense"', 'no address');
    const outcome = await inOne(['ingest', 'http://169.254.169.254/latest'], { DATA_DIR: dataDirectory() });
    expectOneLine(outcome, '169.254.169.254', 'ALLOW_ADDRESSES');
  });
});
