// A child process that asks pages over HTTP, so that what asking costs is not counted with what answering costs.
import { Agent, get, type RequestOptions } from 'node:http';

export interface Asked {
  url: string;
  cookie: string;
  times: number;
  /** Each visitor is held to so many a minute: who asks more often comes from elsewhere, "127.3". */
  network: string;
}

/** So many at once, as browsers and a proxy do. */
const connections = 4;

/** Of the page with the lowest limit a visitor may ask for sixty a minute. */
const timesEach = 50;

process.on('message', ({ url, cookie, times, network }: Asked) => {
  const ask = async (connection: number): Promise<void> => {
    const own = Math.ceil(times / connections);
    for (let begun = 0; begun < own; begun += timesEach) {
      const localAddress = `${network}.${1 + begun / timesEach}.${connection}`;
      const agent = new Agent({ keepAlive: true, maxSockets: 1, localAddress });
      for (let time = 0; time < Math.min(timesEach, own - begun); time++) {
        const status = await statusOf(url, { agent, headers: { host: 'courant.test', cookie } });
        if (status !== 200) throw new Error(`${url} answered ${status}`);
      }
      agent.destroy();
    }
  };
  Promise.all(Array.from({ length: connections }, (_, at) => ask(at + 1))).then(
    () => process.send!('done'),
    (error: unknown) => process.send!(String(error)),
  );
});

function statusOf(url: string, options: RequestOptions): Promise<number> {
  return new Promise((done, failed) => {
    get(url, options, (response) => {
      response
        .resume()
        .on('end', () => done(response.statusCode!))
        .on('error', failed);
    }).on('error', failed);
  });
}
