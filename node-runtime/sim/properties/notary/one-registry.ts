import type { NotaryRecord, RegisterOutcome, Registration } from '#cores/notary/messages'
import { isSame } from '#cores/notary/receipt/merkle'
import { encodeText } from '#kit/bytes'
import { plainSha256 } from '#kit/sha256'
import type { Always, Moment } from '../../subject.ts'
import type { NotaryNote, NotaryWords } from '../../subjects/notary/words.ts'
import { ledgerOf } from './knowledge/ledger.ts'
import { isSettled } from './settled.ts'

type Told = Extract<NotaryNote, { kind: 'registered' }>

/**
 * The chain has the order, so whether the answers are linearizable is seen without a search: what is new stands behind all
 * that anybody was told of before it was asked for, once; and what was there already is what was asked for.
 */
export const oneRegistry: Always<NotaryWords> = {
  name: 'registrations are answered as by one registry',
  start() {
    const judge = new Judge()
    return (moment) => judge.wrong(moment)
  },
}

class Judge {
  readonly #underId = new Map<string, NotaryRecord>()
  readonly #toldAsNew = new Set<number>()
  /** The last record that anybody was told of, and at which tick, each time that it was a later one. */
  readonly #reached: { readonly tick: number; readonly index: number }[] = []
  /** Refused because of a record that nobody has seen yet. */
  #refused: Registration[] = []

  wrong(moment: Moment<NotaryWords>): string | null {
    for (const record of ledgerOf(moment).fresh) if (record.id !== null) this.#underId.set(record.id, record)
    for (const { node, note } of moment.notes) {
      const wrong = note.kind === 'registered' ? this.#wrongIn(note) : null
      if (wrong !== null) return `${node} was told ${wrong}`
      if (note.kind === 'registered') this.#reach(note, moment.tick)
    }
    return this.#wrongRefusal(moment)
  }

  #wrongIn({ order, outcomes, askedAtTick }: Told): string | null {
    const before = this.#reached.findLast(({ tick }) => tick < askedAtTick)?.index ?? -1
    for (const [at, outcome] of outcomes.entries()) {
      const registration = order.registrations[at]
      const wrong = registration === undefined ? 'of too many' : this.#wrongOf(outcome, registration, before)
      if (wrong !== null) return wrong
      if (outcome.kind === 'same-document' && order.duplicates === 'recorded')
        return 'of a document, and wanted its own record'
    }
    return null
  }

  #wrongOf(outcome: RegisterOutcome, registration: Registration, before: number): string | null {
    if (outcome.kind === 'refused') {
      if (outcome.why !== 'id-taken') return `that something is ${outcome.why}`
      this.#refused.push(registration)
      return null
    }
    const { record } = outcome
    if (outcome.kind === 'same-document') {
      return isOf(record, registration) ? null : `of record ${record.index} for another document`
    }
    if (!isUnder(record, registration)) return `of record ${record.index} for another registration`
    if (outcome.kind === 'same-id') return registration.id === null ? 'of an id where it gave none' : null
    if (record.index <= before) return `of a new record ${record.index} behind which ${before} was known already`
    if (this.#toldAsNew.has(record.index)) return `that ${record.index} is new, and so was somebody before`
    this.#toldAsNew.add(record.index)
    return null
  }

  #reach({ outcomes }: Told, tick: number): void {
    const index = Math.max(...outcomes.map((outcome) => (outcome.kind === 'refused' ? -1 : outcome.record.index)))
    if (index > (this.#reached.at(-1)?.index ?? -1)) this.#reached.push({ tick, index })
  }

  #wrongRefusal(moment: Moment<NotaryWords>): string | null {
    if (this.#refused.length === 0) return null
    for (const registration of this.#refused) {
      const record = this.#underId.get(registration.id ?? '')
      if (record !== undefined && isUnder(record, registration))
        return `${record.id} was called taken by what was asked for`
    }
    this.#refused = this.#refused.filter(({ id }) => !this.#underId.has(id ?? ''))
    const [free] = this.#refused
    return free === undefined || !isSettled(moment) ? null : `${free.id} was called taken, and nothing stands under it`
  }
}

function isOf({ sha256 }: NotaryRecord, { document }: Registration): boolean {
  return isSame(sha256, document.kind === 'text' ? plainSha256(encodeText(document.text)) : document.sha256)
}

function isUnder(record: NotaryRecord, asked: Registration): boolean {
  const { id, title, registrant } = record
  return id === asked.id && title === asked.title && registrant === asked.registrant && isOf(record, asked)
}
