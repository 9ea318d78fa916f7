// A real DNS server on loopback that tells TXT records (RFC 1035), and the resolver of Node that asks it.
import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';

/** Starts it with records by name, which may change; names are compared in lower case. */
export async function startDns(records: Map<string, string[]>) {
  const socket = createSocket('udp4');
  socket.on('message', (query, peer) => socket.send(responseTo(query, records), peer.port, peer.address));
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const dns = new Resolver({ timeout: 20_000, tries: 2 });
  dns.setServers([`127.0.0.1:${socket.address().port}`]);
  return { dns, stop: () => new Promise<void>((resolve) => socket.close(() => resolve())) };
}

const noSuchName = 3;

function responseTo(query: Buffer, records: Map<string, string[]>): Buffer {
  const labels: string[] = [];
  let at = 12;
  while (query[at] !== 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + query[at]!));
    at += query[at]! + 1;
  }
  const question = query.subarray(12, at + 5);
  const texts = records.get(labels.join('.').toLowerCase());
  const head = Buffer.from(query.subarray(0, 12));
  head.writeUInt16BE(0x8180 | (texts ? 0 : noSuchName), 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(texts?.length ?? 0, 6);
  head.writeUInt32BE(0, 8);
  return Buffer.concat([head, question, ...(texts ?? []).map(answerOf)]);
}

/** Its name is a pointer to the question's; a text is strings of 255 bytes at most. */
function answerOf(text: string): Buffer {
  const strings: Buffer[] = [];
  for (let at = 0; at < text.length; at += 255) {
    const part = Buffer.from(text.slice(at, at + 255));
    strings.push(Buffer.from([part.length]), part);
  }
  const data = Buffer.concat(strings);
  const head = Buffer.from([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60, 0, 0]);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}
