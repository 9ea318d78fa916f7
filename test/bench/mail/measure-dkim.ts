// What a DKIM signature of a letter costs, beside a bare RSA signature of the same bytes in the same run.
import { generateKeyPairSync, sign } from 'node:crypto';
import { dkimSignatures } from '../../../services/mailer/dkim.ts';
import { openWriter, readers, round } from './measure-assembly.ts';

/** Signatures a core-second, as a share of bare ones over the whole message: both hash it once and sign once. */
export async function measureDkim() {
  const { privateKey: key } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const { write } = await openWriter('quoted-printable');
  const raw = Buffer.from(write(readers(1)[0]!));
  const end = raw.indexOf('\r\n\r\n');
  const headers = raw
    .toString('latin1', 0, end)
    .replaceAll('\r\n ', ' ')
    .split('\r\n')
    .map((line): [string, string] => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]);
  const letter = { headers, body: raw.subarray(end + 4) };
  const keys = [{ domain: 'example.org', selector: 's', key }];
  let [signed, alone] = [0, 0];
  // In turns, since the speed of the machine changes.
  for (let turn = 0; turn < 5; turn++) {
    signed += secondsFor(() => dkimSignatures(letter, keys));
    alone += secondsFor(() => sign('sha256', raw, key));
  }
  return { dkim_vs_sign: round(alone / signed), dkim_per_core_s: Math.round((5 * times) / signed) };
}

const times = 200;

function secondsFor(work: () => unknown): number {
  const before = process.cpuUsage();
  for (let at = 0; at < times; at++) work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
