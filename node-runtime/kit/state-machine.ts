/** State as a replicated system sees it: texts to bytes, in named spaces of its own. */
export interface StateView {
  get(space: string, key: string): Uint8Array | null
  /** In order of keys, by code units. */
  scan(space: string, range?: { readonly from?: string; readonly limit?: number }): readonly StateRow[]
}

export interface StateRow {
  readonly key: string
  readonly value: Uint8Array
}

export interface StateTx extends StateView {
  put(space: string, key: string, value: Uint8Array): void
  delete(space: string, key: string): void
}

/** A command as it stands in the log. Its time and stamp were fixed when it was proposed and never go back along the log. */
export interface Command {
  readonly index: number
  readonly atMs: number
  readonly lamport: number
  readonly bytes: Uint8Array
}

/**
 * What a replicated system does. The same commands in the same order give the same state and the same answers on every
 * node, byte for byte: no clock, no chance, nothing but what is handed in. Bytes that are no command of its own must
 * get an answer that says so, and change nothing.
 */
export interface StateMachine {
  apply(command: Command, state: StateTx): Uint8Array
  /** Changes nothing and decides nothing. */
  query(query: Uint8Array, state: StateView): Uint8Array
}
