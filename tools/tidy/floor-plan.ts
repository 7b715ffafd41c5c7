/** Budgets for every shipped source file, tests included for the length of a file only. */
export const budgets = {
  linesPerFileMax: 400,
  linesPerFunctionMax: 70,
  linesPerFileMedianMax: 100,
} as const

/** A place that may break a budget, and why. An entry that no longer breaks it fails the test, so that the list shrinks. */
export const exceptions: readonly {
  readonly file: string
  readonly budget: keyof typeof budgets
  readonly why: string
}[] = []

export interface RoomRule {
  readonly folder: string
  /** Identifiers that must not occur in code. Comments and texts are not looked at. */
  readonly bannedNames: readonly string[]
  readonly why: string
}

export const roomRules: readonly RoomRule[] = [
  {
    folder: 'node-runtime/cores',
    bannedNames: [
      'Date',
      'Math.random',
      'Promise',
      'async',
      'await',
      'localeCompare',
      'Intl',
      'performance',
      'crypto',
      'setTimeout',
      'setInterval',
      'queueMicrotask',
      'process',
      'console',
      'require',
      'globalThis',
    ],
    why: 'a core is a machine of values: the same inputs give the same outputs, byte for byte',
  },
  {
    folder: 'node-runtime/kit',
    bannedNames: ['Date', 'Math.random', 'performance', 'setTimeout', 'console', 'process', 'localeCompare', 'Intl'],
    why: 'the kit is used by cores',
  },
  {
    folder: 'node-runtime/check',
    bannedNames: [
      'Date',
      'Math.random',
      'Promise',
      'async',
      'performance',
      'setTimeout',
      'console',
      'localeCompare',
      'Intl',
    ],
    why: 'the same history has the same verdict everywhere',
  },
  {
    folder: 'node-runtime/roles',
    bannedNames: ['Date', 'Math.random', 'performance', 'setTimeout', 'setInterval', 'console'],
    why: 'time and chance come in by ports',
  },
  {
    folder: 'node-runtime/supervisor',
    bannedNames: ['Math.random', 'console'],
    why: 'chance is handed in, and words go to the log port',
  },
  { folder: 'node-runtime/drivers', bannedNames: ['console'], why: 'words go to the log port' },
  { folder: 'node-runtime/host', bannedNames: ['console'], why: 'words go to the log port' },
  {
    folder: 'electron/preload',
    bannedNames: ['require', 'process'],
    why: 'the preload exposes three functions and knows nothing else',
  },
  {
    folder: 'node-runtime/verify-page',
    bannedNames: ['innerHTML', 'eval', 'localStorage', 'fetch', 'XMLHttpRequest', 'WebSocket', 'console'],
    why: 'the page asks no network, keeps nothing and writes no markup by hand',
  },
  {
    folder: 'renderer',
    bannedNames: ['dangerouslySetInnerHTML', 'innerHTML', 'eval', 'localStorage'],
    why: 'the window holds no truth and writes no markup by hand',
  },
]

/** Folders that a newcomer may open first; each says in a README what lives there. */
export const roomsWithReadme: readonly string[] = [
  'node-runtime/kit',
  'node-runtime/cores',
  'node-runtime/ports',
  'node-runtime/contract',
  'node-runtime/drivers',
  'node-runtime/roles',
  'node-runtime/worker',
  'node-runtime/supervisor',
  'node-runtime/host',
  'node-runtime/headless',
  'node-runtime/sim',
  'node-runtime/check',
  'node-runtime/verify-page',
  'electron',
  'renderer',
  'e2e',
  'bench',
  'tools',
]

export const sourceFolders: readonly string[] = ['node-runtime', 'electron', 'renderer', 'e2e', 'bench', 'tools']
