import { encodeNotaryCommand } from '#cores/notary/index'
import { crc32 } from '#kit/crc32'
import type { NodeId } from '#kit/ids'
import type { Random } from '#kit/random'
import type { CommandId } from '#ports/replicated-log'
import type { NodeHands, Program } from '../../subject.ts'
import { Outsider } from '../replica/outsider.ts'
import { drawRegistration } from './documents.ts'
import { type NotaryView, type NotaryWords, nothingShown } from './words.ts'

/** Registers over the wire with sessions of its own, and asks for what it was told already once more, by its number. */
export class SessionClient implements Program<NotaryWords> {
  readonly #hands: NodeHands<NotaryWords>
  readonly #random: Random
  readonly #group: Outsider<NotaryWords>
  #session: number | null = null
  #number = 0
  #isUnderWay = false
  /** In calm one more command is answered, so that it is known that there is progress. */
  #isServed = false

  constructor(hands: NodeHands<NotaryWords>) {
    const { scenario } = hands
    this.#hands = hands
    this.#random = hands.random.fork('client')
    this.#group = new Outsider(hands, (to, bytes) => hands.send(to, { bytes, cosigned: null }))
    this.#group.clock.every(scenario.tickMs, () => this.#tick())
  }

  get view(): NotaryView {
    return { ...nothingShown, id: this.#hands.id, role: 'client', isDone: this.#isServed && !this.#isUnderWay }
  }

  receive(from: NodeId, { bytes }: NotaryWords['message']): void {
    this.#group.receive(from, bytes)
  }

  setFaults(): void {}

  #tick(): void {
    const { clock, scenario } = this.#hands
    const isCalm = clock.now() / scenario.tickMs >= scenario.ticksOfTrouble
    const isWanted = isCalm ? !this.#isServed : this.#random.below(1_000) < (scenario.settings.commands ?? 0)
    if (this.#isUnderWay || !isWanted) return
    this.#isUnderWay = true
    if (this.#session === null) this.#openSession()
    else this.#command(this.#session, isCalm)
  }

  #openSession(): void {
    this.#group.log.openSession((result) => {
      this.#isUnderWay = false
      if (result.ok) this.#session = result.value
    })
  }

  #command(session: number, isCalm: boolean): void {
    this.#number += 1
    const { ids = 1, documents = 1 } = this.#hands.scenario.settings
    const name = `${this.#hands.id}.${session}.${this.#number}`
    const registration = drawRegistration(this.#random, { ids, documents, name })
    const by = { leader: this.#hands.id, term: 0, errorMs: null }
    const duplicates = this.#random.chance(1, 3) ? 'recorded' : 'found'
    const command = encodeNotaryCommand({ kind: 'register', by, duplicates, registrations: [registration] })
    this.#propose({ session, number: this.#number }, command, {
      isRetry: false,
      done: () => {
        if (isCalm) this.#isServed = true
      },
    })
  }

  #propose(id: CommandId, command: Uint8Array, how: { readonly isRetry: boolean; readonly done: () => void }): void {
    const { isRetry, done } = how
    const name = `${this.#hands.id} ${id.session} ${id.number}`
    this.#group.log.propose(id, command, (result) => {
      this.#isUnderWay = false
      if (result.ok) {
        const { index, answer } = result.value
        const told = `${answer.length} ${crc32(answer)}`
        this.#hands.note({ kind: 'executed', command: name, index, answer: told })
        done()
        if (isRetry || !this.#random.chance(1, 2)) return
        this.#isUnderWay = true
        return this.#propose(id, command, { isRetry: true, done: () => {} })
      }
      const { code } = result.failure
      this.#hands.note({ kind: 'not-executed', command: name, isRetry, code })
      // What nobody knows of is asked for until somebody does.
      if (code !== 'timed-out' && code !== 'busy' && code !== 'not-leader') this.#session = null
      if (code !== 'timed-out' || isRetry) return
      this.#isUnderWay = true
      this.#propose(id, command, { isRetry: false, done })
    })
  }
}
