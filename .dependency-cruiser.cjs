/**
 * Who may import whom. The table is docs/ARCHITECTURE.md's, and each row is an allow-list: an arrow that is not written
 * here is an error. Tests may cross rooms and are left out. `tools/tidy/arrows.test.ts` proves that this file can fail.
 */
const node =
  '^(node:|(assert|buffer|child_process|crypto|dgram|events|fs|http|https|module|net|os|path|perf_hooks|process|readline|stream|string_decoder|timers|tty|url|util|v8|worker_threads|zlib)(/|$))'
const npm = (...names) => names.map((name) => `^node_modules/${name}/`)
const room = (path) => `^node-runtime/${path}/`

/** folder → what it may import besides itself. */
const arrows = {
  'node-runtime/kit': [...npm('@noble/hashes', '@noble/curves')],
  'node-runtime/cores': [room('kit')],
  'node-runtime/dialects': [room('kit')],
  // What the shop's ports carry are the words of its cores: a second home serves the same ones.
  'node-runtime/ports': [room('kit'), room('contract'), '^node-runtime/cores/shop/[a-z-]*messages[.]ts$'],
  'node-runtime/contract': [room('kit'), ...npm('zod')],
  'node-runtime/drivers': [
    room('kit'),
    room('ports'),
    room('contract'),
    node,
    ...npm('zeromq', 'better-sqlite3', 'fastify', 'pdf-lib', 'uqr', '@types/better-sqlite3'),
  ],
  'node-runtime/roles': [room('kit'), room('ports'), room('cores'), room('dialects'), room('contract')],
  // The clocks, because a worker stamps every trace event with its node's Lamport clock.
  'node-runtime/worker': [
    room('roles'),
    room('cores/clocks'),
    room('drivers'),
    room('contract'),
    room('kit'),
    room('ports'),
    node,
  ],
  'node-runtime/sim': [
    room('roles'),
    room('cores'),
    room('ports'),
    room('contract'),
    room('check'),
    room('kit'),
    room('drivers/pipe'),
    node,
  ],
  'node-runtime/check': [room('kit')],
  'node-runtime/verify-page': [room('cores/notary'), room('kit'), ...npm('@noble/hashes')],
  'node-runtime/supervisor': [room('contract'), room('kit'), room('drivers/pipe'), node],
  'node-runtime/host': [room('contract'), room('supervisor'), room('kit'), node, ...npm('zod')],
  // The receipts, because a check of one must not need a lab, nor trust one.
  'node-runtime/headless': [
    room('cores/notary/receipt'),
    room('host'),
    room('supervisor'),
    room('contract'),
    room('kit'),
    node,
    ...npm('fastify', '@fastify/static', '@fastify/websocket', 'ws', '@types/ws'),
  ],
  electron: [room('host'), room('supervisor'), room('contract'), room('kit'), node, ...npm('electron')],
}

/** A core may use the clocks beside it, and no other core. */
const coreNames = ['chat', 'clocks', 'election', 'notary', 'raft', 'registers', 'ring', 'shop']

const allowLists = Object.entries(arrows).map(([folder, allowed]) => ({
  name: `arrows-of-${folder.replace('node-runtime/', '')}`,
  severity: 'error',
  from: { path: `^${folder}/`, pathNot: [testFiles()] },
  to: { pathNot: [`^${folder}/`, ...allowed] },
}))

function testFiles() {
  return '(\\.test\\.tsx?$|/testing/)'
}

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...allowLists,
    ...coreNames.map((core) => ({
      name: `core-${core}-stands-alone`,
      severity: 'error',
      from: { path: `^node-runtime/cores/${core}/`, pathNot: [testFiles()] },
      to: { path: '^node-runtime/cores/', pathNot: [`^node-runtime/cores/(${core}|clocks)/`] },
    })),
    {
      name: 'ports-take-types-of-the-contract',
      severity: 'error',
      from: { path: '^node-runtime/(ports|drivers)/', pathNot: [testFiles()] },
      to: { path: '^node-runtime/contract/window/' },
    },
    {
      name: 'workers-know-nothing-of-the-window',
      severity: 'error',
      from: { path: '^node-runtime/(roles|worker)/', pathNot: [testFiles()] },
      to: { path: '^node-runtime/contract/window/' },
    },
    {
      name: 'preload-knows-names-only',
      severity: 'error',
      from: { path: '^electron/preload/', pathNot: [testFiles()] },
      to: {
        pathNot: [
          '^electron/preload/',
          '^node-runtime/contract/window/',
          '^node_modules/electron/',
          '^node-runtime/kit/',
        ],
      },
    },
    {
      name: 'preload-loads-the-names-file-only',
      severity: 'error',
      from: { path: '^electron/preload/', pathNot: [testFiles()] },
      to: {
        path: '^node-runtime/',
        pathNot: ['^node-runtime/contract/window/channels\\.ts$'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'renderer-is-a-web-page',
      severity: 'error',
      from: { path: '^renderer/', pathNot: [testFiles()] },
      to: {
        path: [
          node,
          '^electron/',
          ...npm('electron', 'zod', 'zeromq', 'better-sqlite3'),
          '^node-runtime/(?!contract/|kit/)',
        ],
      },
    },
    {
      name: 'renderer-takes-types-of-the-contract',
      severity: 'error',
      from: { path: '^renderer/', pathNot: [testFiles()] },
      to: {
        path: '^node-runtime/',
        // The closed lists hold no package, and no behaviour but a rule that the command line keeps too; everything else of ours crosses as a type.
        pathNot: [
          '^node-runtime/contract/worker/(chat|chat-calls|desk|dialects|faults|order-text|ring|shop|shop-calls|shop-races|shop-shapes|sizes)\\.ts$',
          '^node-runtime/contract/window/(channels|settings)\\.ts$',
          '^node-runtime/kit/(failures|assert)\\.ts$',
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'features-do-not-know-each-other',
      severity: 'error',
      from: { path: '^renderer/features/([^/]+)/', pathNot: [testFiles()] },
      to: { path: '^renderer/features/', pathNot: ['^renderer/features/$1/'] },
    },
    {
      name: 'native-modules-stay-in-drivers',
      severity: 'error',
      from: { pathNot: ['^node-runtime/drivers/', testFiles(), '^bench/'] },
      to: { path: npm('zeromq', 'better-sqlite3') },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'everything-resolves',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: ['^bun:', '^virtual:', '\\?'] },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules'] },
    exclude: { path: ['^out/', '^dist/', '^\\.runtime/', '^\\.types/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.d.ts', '.css'],
    },
  },
}
