// A mail server on loopback that misbehaves on command, at any stage of the conversation, for one, some or all recipients.
import { createServer, type AddressInfo, type Socket } from 'node:net';

export type Stage = 'greeting' | 'ehlo' | 'sender' | 'recipient' | 'data' | 'body' | 'end';

/** A reply line instead of the usual one, or what is worse; `takes` with a reply at `end`: the mail is kept all the same. */
export type Deed = { reply: string } | 'hang' | 'close' | 'take-and-close' | 'trickle' | undefined;

interface Situation {
  stage: Stage;
  /** Empty before it is known. */
  recipient: string;
  /** Open connections, this one too. */
  connections: number;
}

export type MisbehavingServer = Awaited<ReturnType<typeof startMisbehavingServer>>;

interface Options {
  misbehave: (situation: Situation) => Deed;
  pipelining?: boolean;
  port?: number;
}

const usual: Record<Exclude<Stage, 'body'>, string> = {
  greeting: '220 here',
  ehlo: '250 here',
  sender: '250 2.1.0 ok',
  recipient: '250 2.1.5 ok',
  data: '354 go on',
  end: '250 2.0.0 taken',
};

/** Starts it; `taken` are the recipients whose final dot was read and who were told 250, or kept without a word. */
export async function startMisbehavingServer({ misbehave, pipelining = true, port = 0 }: Options) {
  const taken: string[] = [];
  /** Every RCPT that was asked, in order. */
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => converse(socket));

  function converse(socket: Socket): void {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    const state = { recipient: '', isBody: false, isDeaf: false, isRefused: false, hasSender: false, rest: '' };

    const say = (line: string): void => void (socket.destroyed || socket.write(`${line}\r\n`));
    /** True when the conversation goes on as usual. */
    function act(stage: Exclude<Stage, 'body'>): boolean {
      const deed = misbehave({ stage, recipient: state.recipient, connections: sockets.size });
      if (stage === 'end' && (deed === undefined || deed === 'trickle' || deed === 'take-and-close'))
        taken.push(state.recipient);
      if (deed === undefined)
        say(stage === 'ehlo' && pipelining ? '250-here\r\n250-PIPELINING\r\n250 8BITMIME' : usual[stage]);
      else if (deed === 'hang') state.isDeaf = true;
      else if (deed === 'trickle') trickle(socket, `${usual[stage]}\r\n`);
      else if (typeof deed === 'string') socket.destroy();
      else {
        say(deed.reply);
        if (deed.reply.startsWith('421')) socket.end();
      }
      return deed === undefined || deed === 'trickle';
    }

    function startMessage(): void {
      state.isBody = act('data');
      if (!state.isBody) return;
      const deed = misbehave({ stage: 'body', recipient: state.recipient, connections: sockets.size });
      if (deed === 'close') socket.destroy();
      if (deed !== 'hang') return;
      state.isDeaf = true;
      socket.pause();
    }

    const answers: Record<string, (line: string) => void> = {
      EHLO: () => void act('ehlo'),
      HELO: () => void act('ehlo'),
      MAIL() {
        if (state.hasSender) return say('503 5.5.1 nested MAIL');
        state.hasSender = true;
        state.recipient = '';
        state.isRefused = !act('sender');
      },
      RCPT(line) {
        state.recipient = line.slice(line.indexOf('<') + 1, line.indexOf('>'));
        asked.push(state.recipient);
        if (state.isRefused) say('503 5.5.1 no sender');
        else state.isRefused = !act('recipient');
      },
      DATA: () => (state.isRefused ? say('503 5.5.1 no recipient') : startMessage()),
      RSET() {
        state.hasSender = false;
        say('250 ok');
      },
      QUIT() {
        say('221 bye');
        socket.end();
      },
    };
    function hear(line: string): void {
      const answer = answers[line.slice(0, 4).toUpperCase()];
      if (answer) answer(line);
      else say('250 ok');
    }

    socket.on('data', (chunk) => {
      state.rest += chunk.toString('latin1');
      while (!state.isDeaf && !socket.destroyed) {
        const end = state.isBody ? '\r\n.\r\n' : '\r\n';
        const at = state.rest.indexOf(end);
        if (at < 0) return;
        const line = state.rest.slice(0, at);
        state.rest = state.rest.slice(at + end.length);
        const wasBody = state.isBody;
        state.isBody = false;
        if (wasBody) state.hasSender = false;
        if (wasBody) act('end');
        else hear(line);
      }
    });
    act('greeting');
  }

  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    port: address.port,
    taken,
    asked,
    stop: () =>
      new Promise<void>((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

function trickle(socket: Socket, text: string): void {
  const [first, ...rest] = text;
  if (first === undefined || socket.destroyed) return;
  socket.write(first);
  setTimeout(() => trickle(socket, rest.join('')), 20);
}
