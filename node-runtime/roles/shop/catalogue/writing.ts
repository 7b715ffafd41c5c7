import type { CatalogueOutcome, StaffDeed } from '#cores/shop/messages'
import { type DialectAnswer, orderAnswers, refusal, textJson, unavailable, unknownOutcome } from '#dialects/shop/index'
import { encodeText } from '#kit/bytes'
import { toHex } from '#kit/hex'
import type { NodeId } from '#kit/ids'
import type { Sha256 } from '#kit/sha256'
import type { EndpointAnswer, EndpointRequest } from '#ports/endpoint'
import type { CatalogueDone, ShopCatalogue } from '#ports/shop-catalogue'
import type { Called } from '../../wire-calls.ts'
import type { Asked } from '../api/route.ts'
import { failureShown, shopHeaders, shownAs } from '../api/shown.ts'
import type { Reading, Standing } from './reading.ts'

export interface WritingParts {
  readonly catalogue: ShopCatalogue
  readonly reading: Reading
  readonly standing: () => Standing
  /** Asks another node of the catalogue the same. */
  readonly relay: (to: NodeId, request: EndpointRequest, done: (called: Called) => void) => void
  readonly sha256: Sha256
  readonly freshKey: () => Uint8Array
}

const deedBytes = 16
const keyCharsMax = 200
const keyPattern = /^[\x21-\x7e]{1,200}$/

/** What the staff changes, wherever it was asked: who does not lead hands it to who does. */
export class Writing {
  readonly #parts: WritingParts

  constructor(parts: WritingParts) {
    this.#parts = parts
  }

  write(
    asked: Asked,
    make: (head: { id: string; by: string }) => StaffDeed,
    tell: (done: CatalogueOutcome) => DialectAnswer,
  ): void {
    const { headers } = asked.request
    const key = headers['idempotency-key'] ?? headers[shopHeaders.attempt]
    if (key !== undefined && !keyPattern.test(key)) return asked.answer(shownAs(orderAnswers.badKey))
    const { standing, catalogue } = this.#parts
    if (!standing().isPrimary) return this.#handOn(asked)
    const deed = make({ id: this.#deedId(asked.request, key), by: 'staff' })
    const hasKey = headers['idempotency-key'] !== undefined
    catalogue.act([deed], (result) => {
      if (!result.ok) {
        const wasDone = result.failure.code !== 'not-leader'
        return wasDone ? asked.answer(failureShown(result.failure)) : this.#handOn(asked)
      }
      asked.answer(this.#shown(result.value, tell, hasKey))
    })
  }

  #shown(
    { outcomes, position }: CatalogueDone,
    tell: (done: CatalogueOutcome) => DialectAnswer,
    hasKey: boolean,
  ): EndpointAnswer {
    const [outcome] = outcomes
    const { nodeId } = this.#parts.standing()
    return shownAs(outcome === undefined ? unknownOutcome : tell(outcome), {
      [shopHeaders.node]: nodeId,
      [shopHeaders.leader]: nodeId,
      [shopHeaders.position]: String(position),
      [shopHeaders.idempotency]: !hasKey ? 'none' : outcome?.kind === 'done-before' ? 'repeated' : 'kept',
    })
  }

  /** The same key for something else is another deed under the same id, and refused as that. */
  #deedId({ path }: EndpointRequest, key: string | undefined): string {
    const { sha256, freshKey } = this.#parts
    const bytes = key === undefined ? freshKey() : sha256(encodeText(`${path}\n${key.slice(0, keyCharsMax)}`))
    return toHex(bytes.subarray(0, deedBytes))
  }

  #handOn({ request, answer }: Asked): void {
    const { standing, relay, reading } = this.#parts
    const { leader, nodeId } = standing()
    const isRelayed = request.headers[shopHeaders.relayed] !== undefined
    if (leader === null || leader === nodeId || isRelayed) return answer(shownAs(unavailable, reading.leaderHeaders()))
    const headers = { ...request.headers, [shopHeaders.relayed]: nodeId }
    relay(leader, { ...request, headers }, (called) => {
      if (called.kind === 'answered') answer(called.answer)
      else answer(shownAs(called.kind === 'silent' ? unknownOutcome : unavailable, reading.leaderHeaders()))
    })
  }
}

/** What was refused for other reasons than the dialect has words for. */
export function refusedOutcome({ why }: Extract<CatalogueOutcome, { readonly kind: 'refused' }>): DialectAnswer {
  const status = why === 'id-taken' ? 422 : why.startsWith('unknown') ? 404 : 400
  return refusal(status, `Recusado: ${why}`, { codigo: textJson(why) })
}
