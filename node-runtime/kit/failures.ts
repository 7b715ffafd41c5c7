/**
 * Every way in which something can refuse or not be known to have worked. The window, the retry rules and the tests
 * read the code, never the message. `definite` means: it certainly did not happen. docs/FAULTS.md explains each one,
 * and a test holds the two against each other.
 */
export const failures = {
  // a node and its work
  'not-leader': { definite: true },
  'timed-out': { definite: false },
  busy: { definite: true },
  'not-ready': { definite: true },
  'not-found': { definite: true },
  'answer-forgotten': { definite: true },
  'session-expired': { definite: true },
  'too-large': { definite: true },
  'node-down': { definite: true },
  'worker-crashed': { definite: false },
  // starting a node
  'unknown-role': { definite: true },
  'worker-not-ready': { definite: true },
  'worker-protocol': { definite: true },
  'port-taken': { definite: true },
  'no-interface': { definite: true },
  'store-damaged': { definite: true },
  'store-newer': { definite: true },
  'no-permission': { definite: true },
  'disk-full': { definite: true },
  // the lab
  'lab-damaged': { definite: true },
  'lab-in-use': { definite: true },
  'lab-not-running': { definite: true },
  'settings-damaged': { definite: true },
  'unknown-cluster': { definite: true },
  'unknown-node': { definite: true },
  'unknown-fault': { definite: true },
  'unknown-table': { definite: true },
  'does-not-apply': { definite: true },
  // the chat
  'not-signed-in': { definite: true },
  'too-weak': { definite: true },
  'name-taken': { definite: true },
  'name-not-allowed': { definite: true },
  'protected-name': { definite: true },
  'unknown-user': { definite: true },
  'unknown-channel': { definite: true },
  'not-a-member': { definite: true },
  'not-yours': { definite: true },
  locked: { definite: true },
  'too-many': { definite: true },
  // a file that somebody named
  'already-there': { definite: true },
  'not-saved': { definite: true },
  // an edge
  'bad-request': { definite: true },
  'unknown-call': { definite: true },
  'not-trusted': { definite: true },
  internal: { definite: false },
} as const satisfies Record<string, { readonly definite: boolean }>

export type FailureCode = keyof typeof failures

export interface Failure {
  readonly code: FailureCode
  /** For the log and for developers, in English. People read the sentence that the window has for the code. */
  readonly message: string
}
