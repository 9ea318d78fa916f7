// `npm run -s courant -- COMMAND`: every command of the program; each is loaded only when it is asked for.
import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { Command } from 'commander';
import { runMain } from '../../core/process.ts';
import { sourceKindNames, sourceKinds } from '../../core/source-kinds.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const program = new Command('courant')
  .description('Reads what a field publishes in a week and sends every reader what matters to them.')
  .version(version)
  .showHelpAfterError();

program
  .command('start')
  .description('run pages, mailer and workers in one process')
  .action(async () => (await import('./start.ts')).runMode('all'));

program
  .command('demo')
  .description('run the whole pipeline on the demo week and three before it, then keep the site up')
  .option('--data <directory>', "where the demo's database and outbox are (default: DATA_DIR/demo)")
  .option('--verbose', 'log every event to standard error', false)
  .option('--exit', 'print one last line and exit instead of keeping the site up', false)
  .action(async (options: { data?: string; verbose: boolean; exit: boolean }) =>
    (await import('./demo.ts')).runDemo(options),
  );

program
  .command('parse')
  .description('parse feed files and print one JSON line for each')
  .argument('[files...]', 'feed files')
  .option('--manifest <file>', 'a JSON list of {file, contentType}, with paths relative to it')
  .option('--out <file>', 'write to this file instead of standard output')
  .action(async (files: string[], options: { manifest?: string; out?: string }) =>
    (await import('./run-parse.ts')).runParse({ files, ...options }),
  );

program
  .command('ingest')
  .description('check sources now: those that are due, or the addresses given (added when new)')
  .argument(
    '[addresses...]',
    `each ${sourceKindNames.map((kind) => sourceKinds[kind].example).join(', ')}, or the path of a feed or an OPML file`,
  )
  .option('--kind <kind>', `${sourceKindNames.join(', ')}: what new addresses are; told from each if left out`)
  .option('--since <day>', 'catch arXiv lists up from this day on, as 2026-11-01')
  .action(async (addresses: string[], options: { kind?: string; since?: string }) =>
    (await import('./ingest.ts')).runIngest({ addresses, ...options }),
  );

program
  .command('list')
  .description('print what is stored: a short table, or every field (docs/list.md) as one JSON object a line')
  .argument('<what>', 'sources, items, stories, topics, issues or deliveries')
  .option('--since <day>', 'only what is of this day or later, as 2026-11-01')
  .option('--json', 'one JSON object a line', false)
  .action(async (listing: string, options: { since?: string; json: boolean }) =>
    (await import('./list.ts')).runList({ listing, ...options }),
  );

const opml = program.command('opml').description('sources as a list that other readers understand');

opml
  .command('export')
  .description('write all sources as OPML')
  .argument('[file]', 'where to; standard output when none is given')
  .action(async (file: string | undefined) => (await import('./opml.ts')).runOpmlExport({ file }));

opml
  .command('import')
  .description('add the sources of an OPML file that are not here yet')
  .argument('<file>', 'an OPML file')
  .action(async (file: string) => (await import('./opml.ts')).runOpmlImport({ file }));

program
  .command('draft')
  .description('draft the issue of this week now, if it has none')
  .action(async () => (await import('./draft.ts')).runDraft());

program
  .command('dkim')
  .description('make the keys that sign mails, print the DNS records to publish, and look whether they are there')
  .option('--renew', 'make new keys beside those that sign now', false)
  .option('--force', 'sign without looking for the records', false)
  .action(async (options: { renew: boolean; force: boolean }) => (await import('./dkim.ts')).runDkim(options));

program
  .command('replay')
  .description('print a past letter byte for byte as it went out')
  .argument('<reader>', 'an e-mail address, or the id of a reader')
  .argument('<issue>', 'the number of an issue, or its name in addresses, as 2026-w47')
  .option('--out <file>', 'write to this file instead of standard output')
  .action(async (reader: string, issue: string, options: { out?: string }) =>
    (await import('./replay.ts')).runReplay({ reader, issue, ...options }),
  );

const curator = program.command('curator').description('people who may sign in at the desk');
curator
  .command('forget-code')
  .description('take the second factor of somebody away who lost it')
  .argument('<email>', 'their e-mail address')
  .action(async (email: string) => (await import('./curator.ts')).runCuratorForgetCode(email));
curator
  .command('add')
  .description('give somebody a login, and print a link that signs them in once')
  .argument('<email>', 'their e-mail address')
  .option('--name <name>', 'stands beside what they do; what comes before the @ when left out')
  .option('--role <role>', 'owner, editor or reviewer', 'owner')
  .action(async (email: string, options: { name?: string; role: string }) =>
    (await import('./curator.ts')).runCuratorAdd({ email, name: options.name, role: options.role }),
  );

program
  .command('doctor')
  .description('check everything Courant needs on this machine and say what to do')
  .action(async () => (await import('./doctor.ts')).runDoctor());

// What only looks or writes a row is over before V8 has made the embedded database fast: it takes PGlite as it is first compiled.
const brief = new Set(['list', 'export', 'import', 'replay', 'dkim', 'forget-code', 'add', 'doctor']);
program.hook('preAction', (_program, command) => {
  if (brief.has(command.name())) setFlagsFromString('--liftoff-only');
});

await runMain(async () => {
  await program.parseAsync();
});
