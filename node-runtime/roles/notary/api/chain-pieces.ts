import { blockJson, chainFrame, jsonType, type NotaryDialect } from '#dialects/notary/index'
import { fail, ok, type Result } from '#kit/result'
import type { Pieces } from '#ports/endpoint'
import type { NotaryService } from '../service.ts'
import { give, look } from './asking.ts'
import { notaryApiLimits } from './limits.ts'
import { failureProblem } from './problems.ts'
import { dialectBlock } from './record-json.ts'
import type { Asked } from './route.ts'

type Give = Parameters<Pieces['next']>[0]

/** The first slice comes before the status line, so that a peer that can give nothing can still say so. */
export function serveChain(asked: Asked): void {
  const { service, dialect } = asked.parts
  look(asked, { kind: 'status' }, ({ size }) => {
    const pieces = new ChainPieces(service, { dialect, size })
    pieces.next((first) => {
      if (!first.ok) return asked.answer(failureProblem(first.failure, service.standing))
      give(asked, jsonType, new Begun(first, pieces))
    })
  })
}

/** A chain as it was when it was asked for, in slices. What grows behind it meanwhile is left out. */
class ChainPieces implements Pieces {
  readonly #service: NotaryService
  readonly #dialect: NotaryDialect
  readonly #size: number
  #next = 0
  #hash: string | null = null

  constructor(service: NotaryService, { dialect, size }: { readonly dialect: NotaryDialect; readonly size: number }) {
    this.#service = service
    this.#dialect = dialect
    this.#size = size
  }

  next(give: Give): void {
    if (this.#next >= this.#size) return give(ok(null))
    const limit = Math.min(notaryApiLimits.chainSliceRecords, this.#size - this.#next)
    this.#service.ask({ kind: 'records', from: this.#next, limit, order: 'up' }, 'stale', (result) => {
      if (!result.ok) return give(result)
      const blocks = result.value.records.map(dialectBlock)
      const { before, after } = chainFrame(this.#dialect)
      const begin = this.#next === 0 ? before : ','
      for (const { index, hash, previousHash } of blocks) {
        // The peer may have been repaired between two slices, or have come to doubt what it has.
        if (index !== this.#next || (this.#hash !== null && previousHash !== this.#hash)) return give(broken)
        this.#next += 1
        this.#hash = hash
      }
      if (blocks.length === 0) return give(broken)
      const list = blocks.map((block) => blockJson(this.#dialect, block)).join(',')
      give(ok(`${begin}${list}${this.#next >= this.#size ? after : ''}`))
    })
  }
}

const broken = fail('not-ready', 'the chain of this peer does not hang together now')

/** Pieces of which the first has been looked at already. */
class Begun implements Pieces {
  #first: Result<string | Uint8Array | null> | null
  readonly #rest: Pieces

  constructor(first: Result<string | Uint8Array | null>, rest: Pieces) {
    this.#first = first
    this.#rest = rest
  }

  next(give: Give): void {
    const first = this.#first
    if (first === null) return this.#rest.next(give)
    this.#first = null
    give(first)
  }
}
