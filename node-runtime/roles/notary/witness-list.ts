import type { WitnessList as List, NotaryCommand, NotaryStatus, Witness } from '#cores/notary/messages'
import { majorityOf } from '#cores/notary/receipt/policy'
import { parseVerifierKey } from '#cores/notary/receipt/verifier-key'
import type { RaftView } from '#cores/raft/messages'
import type { NodeId } from '#kit/ids'
import type { Result } from '#kit/result'
import type { Sha256 } from '#kit/sha256'
import type { Roster } from './roster.ts'

export interface WitnessListParts {
  readonly roster: Roster
  readonly sha256: Sha256
  readonly view: () => RaftView
  readonly status: () => NotaryStatus
  readonly propose: (command: NotaryCommand, done: (result: Result<unknown>) => void) => void
}

export const witnessListLimits = {
  lookEveryTicks: 8,
  /** Members that have not told their keys are waited for; so many looks, then a majority of all is enough to begin with. */
  looksPatient: 10,
} as const

/**
 * The leader's care that those co-sign who are members now, each with the key that it has now. Whoever is silent from the
 * beginning counts as a member all the same, and is listed as soon as it tells its key.
 */
export class WitnessList {
  readonly #parts: WitnessListParts
  #ticks = 0
  #looks = 0
  #isProposed = false

  constructor(parts: WitnessListParts) {
    this.#parts = parts
  }

  tick(): void {
    this.#ticks += 1
    if (this.#ticks % witnessListLimits.lookEveryTicks !== 0 || this.#isProposed) return
    const { view, status, propose } = this.#parts
    const { origin, ...inForce } = status()
    if (view().role !== 'leader' || origin === null) {
      this.#looks = 0
      return
    }
    const voters = view().membership.flatMap(({ node, isVoter }) => (isVoter ? [node] : []))
    const witnesses = voters.flatMap((node) => this.#witness(node, witnessName(origin, node)) ?? [])
    const list: List = { witnesses, members: voters.length }
    if (textOf(list) === textOf(inForce)) {
      this.#looks = 0
      return
    }
    this.#looks += 1
    const isPatient = witnesses.length < voters.length && this.#looks <= witnessListLimits.looksPatient
    if (isPatient || witnesses.length < majorityOf(voters.length)) return
    this.#isProposed = true
    propose({ kind: 'witnesses', ...list }, () => {
      this.#isProposed = false
    })
  }

  /** By its own word, or as the list in force has it: a member that is silent is a member still. */
  #witness(node: NodeId, name: string): Witness | null {
    const { roster, sha256, status } = this.#parts
    const told = roster.cardOf(node)?.witnessKey ?? ''
    const key = parseVerifierKey(told, sha256)
    if (key?.use === 'witness' && key.name === name) return { name, key: told }
    return status().witnesses.find((witness) => witness.name === name) ?? null
  }
}

export function witnessName(origin: string, node: NodeId): string {
  return `${origin}/${node}`
}

function textOf({ witnesses, members }: List): string {
  return [String(members), ...witnesses.map(({ key }) => key).toSorted()].join('\n')
}
