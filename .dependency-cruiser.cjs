// The arrows of the house: workers -> core <- services; one importer for each outside thing; pure files stay pure.

/** One outside package, and the only places that may import it. */
const oneImporter = (name, packages, homes) => ({
  name: `only-${name}`,
  severity: 'error',
  from: { pathNot: [`^(${homes.join('|')})`, '^test/'] },
  to: { path: `node_modules/(${packages})/` },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'core-stands-alone',
      severity: 'error',
      from: { path: '^core/' },
      to: { path: '^(workers|services|infra|test)/' },
    },
    {
      name: 'workers-only-on-core',
      severity: 'error',
      from: { path: '^workers/' },
      to: { path: '^(services|infra|test)/' },
    },
    {
      name: 'services-meet-workers-in-rows',
      comment: 'Only the command line may start workers or use their pure parts.',
      severity: 'error',
      from: { path: '^services/', pathNot: '^services/cli/' },
      to: { path: '^workers/' },
    },
    {
      name: 'rooms-do-not-enter-each-other',
      severity: 'error',
      from: { path: '^services/web/' },
      to: { path: '^services/(admin|mailer|cli)/' },
    },
    {
      name: 'stages-meet-in-rows',
      comment:
        'Stages meet in tables and jobs; what they share and has no effect is in core/math, core/text and core/embedder.',
      severity: 'error',
      from: { path: '^workers/([^/]+)/' },
      to: { path: '^workers/([^/]+)/', pathNot: '^workers/$1/' },
    },
    { name: 'not-from-tests', severity: 'error', from: { pathNot: '^test/' }, to: { path: '^test/' } },
    oneImporter('bullmq', 'bullmq|ioredis', ['core/queue.ts']),
    oneImporter('pg', 'pg', ['core/db.ts']),
    oneImporter('pglite', '@electric-sql/pglite', ['core/embedded-thread.ts', 'core/create-embedded.ts']),
    oneImporter('sql', 'sql-template-tag', ['core/db.ts']),
    oneImporter('mjml', 'mjml', ['core/letter/compile-mjml.ts']),
    oneImporter('liquid', 'liquidjs', ['core/templates.ts', 'core/keep-tag.ts']),
    oneImporter('nodemailer', 'nodemailer', ['services/mailer/transport.ts']),
    oneImporter('postal-mime', 'postal-mime', ['core/mail/parse-mail.ts', 'services/web/outbox-mails.ts']),
    oneImporter('smtp-server', 'smtp-server', ['services/inbox/listen.ts']),
    oneImporter('transformers', '@huggingface/transformers', ['core/embedder/transformers.ts']),
    oneImporter('usearch', 'usearch', ['core/math/proximity-graph.ts']),
    oneImporter('ml-matrix', 'ml-matrix', ['core/math/symmetric-eigen.ts']),
    oneImporter('sharp', 'sharp', [
      'workers/render/draw-map.ts',
      'workers/render/draw-share.ts',
      'workers/render/set-text.ts',
      'workers/render/fit-picture.ts',
      'services/admin/read-logo.ts',
    ]),
    oneImporter('undici', 'undici', ['core/http.ts']),
    {
      name: 'sql-only-in-the-store',
      severity: 'error',
      from: { path: '^(workers|services)/' },
      to: { path: '^core/(embedded|embedded-session|embedded-thread|queue)\\.ts$' },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: ['^test/clock/move-clock\\.js$', '\\.d\\.ts$', '^[^/]+\\.(ts|cjs)$'] },
      to: {},
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^@huggingface/' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
