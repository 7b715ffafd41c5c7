import { encodeText } from '#kit/bytes'
import { nodeId } from '#kit/ids'
import type { Sha256 } from '#kit/sha256'
import type { StateRow, StateTx } from '#kit/state-machine'
import { FingerTable } from './finger-table.ts'
import { fingerOf } from './fingers.ts'
import { GrowingChain } from './growing-chain.ts'
import { emptyHead, type Head, readHead } from './rows.ts'

const genesisText = 'Genesis Block'
/** 2022-12-31T21:00:00Z, which the block writes in a form of its own. */
const genesisAtMs = 1_672_520_400_000

/** Writes record 0 where nothing stands, and gives back the head. */
export function beginChain(state: StateTx, sha256: Sha256): Head {
  const head = readHead(state)
  if (head !== null) return head
  const chain = new GrowingChain(state, sha256, emptyHead)
  const document = sha256(encodeText(genesisText))
  chain.add(
    {
      document: { kind: 'text', text: genesisText },
      sha256: document,
      title: '',
      registrant: '',
      id: null,
      atMs: genesisAtMs,
      lamport: 0,
      by: { leader: nodeId('genesis'), term: 0, errorMs: null },
      first: null,
      fingers: { document: fingerOf(sha256, document), id: null },
    },
    { hashes: new FingerTable(), ids: new FingerTable() },
  )
  return chain.finish()
}

/** What a state looks like to whoever asks before the first command: as if the genesis block stood there. */
export class GenesisOnly implements StateTx {
  readonly #rows = new Map<string, Uint8Array>()

  constructor(sha256: Sha256) {
    beginChain(this, sha256)
  }

  get(space: string, key: string): Uint8Array | null {
    return this.#rows.get(`${space} ${key}`) ?? null
  }

  /** Nothing of a genesis block is ever looked for by range. */
  scan(): readonly StateRow[] {
    return []
  }

  put(space: string, key: string, value: Uint8Array): void {
    this.#rows.set(`${space} ${key}`, value)
  }

  delete(space: string, key: string): void {
    this.#rows.delete(`${space} ${key}`)
  }
}
