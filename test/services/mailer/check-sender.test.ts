// What the gate says of the sender: nothing where no mail leaves, else what DNS lacks, by a real DNS server.
import { expect, onTestFinished, test } from 'vitest';
import { parseConfig } from '../../../core/config.ts';
import { checkSender } from '../../../services/mailer/check-sender.ts';
import { testDatabase } from '../../database.ts';
import { startDns } from '../../dns-server.ts';

async function look(environment: Record<string, string>, records: [string, string[]][] = []) {
  const { dns, stop } = await startDns(new Map(records));
  onTestFinished(stop);
  return checkSender({ config: parseConfig(environment), db: await testDatabase() }, dns);
}
const server = { SMTP_URL: 'smtp://127.0.0.1:25', MAIL_FROM: 'News <news@letters.example>' };

test('nothing is asked where mails reach only the outbox', async () => {
  expect(await look({})).toEqual([]);
});

test('what is missing is said, each with what to do', async () => {
  const said = await look(server, [['letters.example', ['v=spf1 -all']]]);
  expect(said).toEqual([
    expect.stringContaining('mails of letters.example are not signed. Run "courant dkim"'),
    expect.stringContaining('letters.example has no DMARC record'),
  ]);
  expect(await look(server)).toHaveLength(3);
});

test('a server without a sender says so instead of asking', async () => {
  expect(await look({ SMTP_URL: server.SMTP_URL })).toEqual([expect.stringContaining('No sender is set')]);
});
