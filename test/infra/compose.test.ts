import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { configSchema, parseConfig } from '../../core/config.ts';

const root = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');

const serviceSchema = z.object({
  image: z.string(),
  build: z.object({ context: z.string(), dockerfile: z.string() }).optional(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).optional(),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  secrets: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
});
/** Settings that Compose does not pass on, and why. */
const notPassed: Record<string, string> = {
  DATA_DIR: 'the image keeps it in its volume, /data',
  MAIL_HOOK_SECRET: 'few have one: mounted as the other secrets are, it is named by MAIL_HOOK_SECRET_FILE',
  WEBHOOK_SECRET: 'few have one: mounted as the other secrets are, it is named by WEBHOOK_SECRET_FILE',
  MODEL_PATH: 'a directory of the host is not in the container: mount it under /data first',
};
const compose = z
  .object({
    services: z.record(z.string(), serviceSchema),
    secrets: z.record(z.string(), z.object({ file: z.string() })),
    volumes: z.record(z.string(), z.null()),
  })
  .parse(parse(read('docker-compose.yml'), { merge: true }));
const services = Object.entries(compose.services);
const ours = services.filter(([, service]) => service.build);

test('every process and every server it needs is there', () => {
  expect(Object.keys(compose.services).toSorted()).toEqual(
    ['admin', 'mailer', 'mailpit', 'postgres', 'redis', 'web', 'worker'].toSorted(),
  );
  expect(ours.map(([name]) => name).toSorted()).toEqual(['admin', 'mailer', 'web', 'worker']);
});

describe.each(ours)('%s', (name, { build, command, environment, depends_on: needs }) => {
  test('is built from the one Dockerfile', () => {
    expect(build).toEqual({ context: '.', dockerfile: 'infra/Dockerfile' });
  });

  test('starts a program that exists, in its own mode', () => {
    const [shell, starter, program, mode] = command!;
    expect([shell, starter]).toEqual(['sh', 'infra/node.sh']);
    for (const file of [starter!, program!]) expect(existsSync(new URL(file, root))).toBe(true);
    expect([program, mode]).toEqual(name === 'worker' ? ['workers/main.ts', undefined] : ['services/main.ts', name]);
  });

  test('sets only variables that the config knows, to values it takes', () => {
    const known = new Set(Object.keys(configSchema.shape).flatMap((key) => [key, `${key}_FILE`]));
    expect(Object.keys(environment!).filter((key) => !known.has(key))).toEqual([]);
    const values = Object.entries(environment!).filter(([key]) => !key.endsWith('_FILE'));
    const config = parseConfig(Object.fromEntries(values.map(([key, value]) => [key, withDefault(value)])));
    expect(config).toMatchObject({
      HOST: '0.0.0.0',
      PORT: 3000,
      SMTP_URL: 'smtp://mailpit:1025',
      TRUST_PROXY: 'false',
    });
  });

  test('passes every setting of the config on, or says why not', () => {
    const missing = Object.keys(configSchema.shape).filter(
      (key) => !(key in environment!) && !(`${key}_FILE` in environment!) && !(key in notPassed),
    );
    expect(missing).toEqual([]);
    const passed = Object.keys(notPassed).filter((key) => key in environment!);
    expect(passed).toEqual([]);
    // What stands in .env reaches the process, under the same name.
    const renamed = Object.entries(environment!).filter(
      ([key, value]) => value.includes('${') && !value.startsWith(`\${${key}:-`),
    );
    expect(renamed).toEqual([]);
  });

  test('waits for healthy servers', () => {
    expect(needs).toEqual({ postgres: { condition: 'service_healthy' }, redis: { condition: 'service_healthy' } });
    for (const server of Object.keys(needs)) expect(compose.services[server]?.healthcheck).toBeDefined();
  });
});

test('servers it names are services of this file', () => {
  for (const [, { environment }] of ours) {
    const hosts = ['REDIS_URL', 'SMTP_URL'].map((name) => new URL(withDefault(environment![name]!)).hostname);
    expect(Object.keys(compose.services)).toEqual(expect.arrayContaining(hosts));
  }
});

test('only the site is open to other machines, and no two services share a port', () => {
  const ports = services.flatMap(([name, service]) => service.ports.map((port) => ({ name, port: withDefault(port) })));
  expect(ports.filter(({ port }) => !port.startsWith('127.0.0.1:'))).toEqual([{ name: 'web', port: '3000:3000' }]);
  const outside = ports.map(({ port }) => port.split(':').at(-2));
  expect(new Set(outside).size).toBe(outside.length);
});

test('every secret and volume that is used is declared, and secrets are read from where they are mounted', () => {
  for (const [, service] of services) {
    expect(Object.keys(compose.secrets)).toEqual(expect.arrayContaining(service.secrets));
    expect(Object.keys(compose.volumes)).toEqual(
      expect.arrayContaining(service.volumes.map((volume) => volume.split(':')[0])),
    );
    const files = Object.entries(service.environment ?? {}).filter(([key]) => key.endsWith('_FILE'));
    for (const [, path] of files) expect(service.secrets.map((secret) => `/run/secrets/${secret}`)).toContain(path);
  }
});

test('no secret stands in the file itself', () => {
  expect(read('docker-compose.yml')).not.toMatch(/PASSWORD: |SECRET: |\/\/[^/\s:]+:[^%$\s]+@/);
});

describe('the Dockerfile', () => {
  const dockerfile = read('infra/Dockerfile');

  test('installs what the lock file says, without development tools, and runs as nobody special', () => {
    expect(dockerfile).toMatch(/^FROM node:24-slim$/m);
    expect(dockerfile).toContain('npm ci --omit=dev');
    expect(dockerfile).toMatch(/^USER node$/m);
    expect(dockerfile.indexOf('USER node')).toBeGreaterThan(dockerfile.indexOf('npm ci'));
    expect(dockerfile).toContain('HOST=0.0.0.0');
  });

  test('copies only files that the ignore list lets in', () => {
    const copied = [...dockerfile.matchAll(/^COPY (.+) \S+$/gm)].flatMap(([, files]) => files!.split(' '));
    const allowed = read('.dockerignore').match(/(?<=^!).+$/gm) ?? [];
    expect(allowed).toEqual(expect.arrayContaining(copied.filter((file) => file !== '.')));
    for (const file of allowed) expect(existsSync(new URL(file, root))).toBe(true);
    const started = [...dockerfile.matchAll(/infra\/[\w-]+\.\w+/g)].map(([file]) => file);
    expect(started).toContain('infra/node.sh');
    expect(allowed).toEqual(expect.arrayContaining(started));
    expect(allowed).toEqual(expect.arrayContaining(['core', 'workers', 'services', 'templates']));
  });

  test('has what the programs load at run time among its dependencies', () => {
    const { dependencies } = z
      .object({ dependencies: z.record(z.string(), z.string()) })
      .parse(JSON.parse(read('package.json')));
    expect(Object.keys(dependencies)).toContain('esbuild');
  });
});

/** What Compose makes of `${NAME:-value}` when nothing is set. */
function withDefault(value: string): string {
  return value.replace(/\$\{\w+:-([^}]*)\}/g, '$1');
}
