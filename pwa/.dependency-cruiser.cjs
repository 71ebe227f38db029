/** The walls of the PWA. A rule's comment says why it is there. */
module.exports = {
  forbidden: [
    {
      name: 'no-circular', severity: 'error', comment: 'A cycle cannot be understood from either end.',
      from: {}, to: { circular: true },
    },
    {
      name: 'field-and-console-are-strangers', severity: 'error',
      comment: 'The phone never carries console code, nor the other way round.',
      from: { path: '^src/field' }, to: { path: '^src/console' },
    },
    {
      name: 'console-and-field-are-strangers', severity: 'error', comment: 'See above.',
      from: { path: '^src/console' }, to: { path: '^src/(field|sw|shared/(store|sync|capture))' },
    },
    {
      name: 'field-without-api-client', severity: 'error',
      comment: 'Capture writes to the sealed local store; only the sync worker talks to the network.',
      from: { path: '^src/(field|domain|sw|shared/(capture|store|crypto|sync))' },
      to: { path: '(^src/shared/api|node_modules/openapi-fetch)' },
    },
    {
      name: 'field-starts-sync-and-no-more', severity: 'error',
      comment: 'Pages reach the sync worker through its client, its messages and its news.',
      from: { path: '^src/(field|shared/capture)' },
      to: { path: '^src/shared/sync/', pathNot: '^src/shared/sync/(client|messages|news|http)\\.ts$' },
    },
    {
      name: 'only-sync-has-http', severity: 'error', comment: 'field may know the error class, but sends nothing.',
      from: { path: '^src/field' }, to: { path: '^src/shared/sync/http\\.ts$' },
    },
    {
      name: 'domain-imports-nothing', severity: 'error', comment: 'Pure rules: no browser, no library, no other folder.',
      from: { path: '^src/domain' }, to: { pathNot: '^src/domain' },
    },
    {
      name: 'one-door-to-crypto', severity: 'error', comment: 'Everybody else imports shared/crypto/index.ts.',
      from: { pathNot: '^src/shared/crypto' }, to: { path: '^src/shared/crypto/', pathNot: '^src/shared/crypto/index\\.ts$' },
    },
    {
      name: 'one-door-to-the-store', severity: 'error', comment: 'The schema is known in one place.',
      from: { pathNot: '^src/shared/store' }, to: { path: '^src/shared/store/', pathNot: '^src/shared/store/index\\.ts$' },
    },
    {
      name: 'crypto-leans-on-nothing', severity: 'error', comment: 'The lowest floor of shared.',
      from: { path: '^src/shared/crypto' }, to: { path: '^src/(field|console|sw|domain|shared/(store|sync|capture|api))' },
    },
    {
      name: 'store-below-sync-and-capture', severity: 'error', comment: 'News travels by messages, not by imports.',
      from: { path: '^src/shared/store' }, to: { path: '^src/(field|console|sw|shared/(sync|capture|api))' },
    },
    {
      name: 'sync-below-capture', severity: 'error', comment: 'The worker delivers what is in the store and knows no screens.',
      from: { path: '^src/shared/sync' }, to: { path: '^src/(field|console|sw|shared/capture)' },
    },
    {
      name: 'verifier-alone', severity: 'error',
      comment: 'Who checks a pack trusts as little code as can be: the door to crypto and nothing else of ours.',
      from: { path: '^src/verifier' }, to: { path: '^src/(field|console|sw|domain|shared/(store|sync|capture|api))' },
    },
    {
      name: 'nobody-leans-on-the-verifier', severity: 'error', comment: 'It is a page of its own.',
      from: { path: '^src/(field|console|sw|domain|shared)' }, to: { path: '^src/verifier' },
    },
    {
      name: 'verifying-knows-no-page', severity: 'error', comment: 'What is checked can be tested without a browser.',
      from: { path: '^src/verifier/(zip|evidence|checks|verify|facts)' }, to: { path: '^src/verifier/(page|i18n)|node_modules/vue' },
    },
    {
      name: 'service-worker-alone', severity: 'error', comment: 'It serves the shell and knows nothing else.',
      from: { path: '^src/sw' }, to: { path: '^src/(field|console|domain|shared)' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.app.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'browser', 'default'] },
  },
}
