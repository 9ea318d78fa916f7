// SpamAssassin before an approval: what it says, that it is not there, that it hangs; the real one where it is installed.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { askSpamAssassin, readSpamReport } from '../../../services/mailer/ask-spamassassin.ts';

const message = (subject: string, body: string): Buffer =>
  Buffer.from(`From: "Courant" <news@example.org>\r\nTo: ada@reader.example\r\nSubject: ${subject}\r\nDate: ${new Date().toUTCString()}\r\nMessage-ID: <1@example.org>\r\n\r\n${body}\r\n`); // prettier-ignore
const isInstalled = spawnSync('spamassassin', ['--version']).status === 0;

function program(script: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'courant-spam-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  writeFileSync(join(directory, 'asked'), `#!/bin/sh\n${script}\n`);
  chmodSync(join(directory, 'asked'), 0o755);
  return join(directory, 'asked');
}

const printed = `X-Spam-Checker-Version: SpamAssassin 4.0.1
X-Spam-Points: 3.4
Subject: Bees

---- ---------------------- not the table
Content analysis details:   (3.4 points, 5.0 required)

 pts rule name              description
---- ---------------------- --------------------------------------------------
-0.0 NO_RELAYS              Informational: message was not relayed via SMTP
 0.7 HTML_FONT_LOW_CONTRAST BODY: HTML font color similar or identical to
                            background
 2.7 SUBJ_ALL_CAPS          Subject is all capitals

`;

test('its report is points and the rules that add some, most first', () => {
  expect(readSpamReport(printed)).toEqual({
    score: 3.4,
    rules: [
      '2.7 Subject is all capitals (SUBJ_ALL_CAPS)',
      '0.7 HTML font color similar or identical to background (HTML_FONT_LOW_CONTRAST)',
    ],
  });
  expect(readSpamReport('X-Spam-Status: No\n\nBees\n')).toBeUndefined();
});

test('where it is not there the answer says how to have it, and "no" is not asked', async () => {
  const asked = (SPAMASSASSIN: string) => askSpamAssassin({ SPAMASSASSIN, SPAM_LIMIT: 3 }, message('Bees', 'They count.')); // prettier-ignore
  expect(await asked('/nowhere/spamassassin')).toEqual({ absent: expect.stringContaining('apt install spamassassin') });
  expect(await asked('no')).toEqual({ absent: expect.stringContaining('SPAMASSASSIN=no') });
});

test('a program that fails, ends early or says nothing of points is told as one that did not answer', async () => {
  for (const script of ['exit 3', 'exec 0<&-; echo hello', 'cat'])
    await expect(askSpamAssassin({ SPAMASSASSIN: program(script), SPAM_LIMIT: 3 }, message('Bees', 'They count. '.repeat(50_000)))).rejects.toBeInstanceOf(Error); // prettier-ignore
});

test('it gets the message, in an environment that holds nothing of ours', async () => {
  process.env['COURANT_TEST_SECRET'] = 'hidden';
  onTestFinished(() => void delete process.env['COURANT_TEST_SECRET']);
  const SPAMASSASSIN = program('read -r first; [ -z "$COURANT_TEST_SECRET" ] || exit 1; case "$first" in From:*) echo "X-Spam-Points: 1.5";; esac; cat'); // prettier-ignore
  expect(await askSpamAssassin({ SPAMASSASSIN, SPAM_LIMIT: 2 }, message('Bees', 'They count.'))).toEqual({ found: { score: 1.5, limit: 2, rules: [] } }); // prettier-ignore
});

test.skipIf(!isInstalled)(`the real one tells a letter from an advertisement${isInstalled ? '' : ' (skipped: SpamAssassin is not installed)'}`, async () => {
  const ask = (mail: Buffer) => askSpamAssassin({ SPAMASSASSIN: 'spamassassin', SPAM_LIMIT: 3 }, mail);
  const letter = await ask(message('Bees that count', 'Bees count to four, says a study of forty hives. It took two years.'));
  const advert = await ask(message('GET V1AGRA NOW!!!', 'XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X')); // prettier-ignore
  expect('found' in letter && letter.found.score).toBeLessThan(3);
  expect('found' in advert && advert.found.score).toBeGreaterThan(100);
  expect('found' in advert && advert.found.rules[0]).toContain('GTUBE');
}); // prettier-ignore
