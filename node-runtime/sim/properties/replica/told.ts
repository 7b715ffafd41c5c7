import type { Operation } from '#check/history'
import type { ListAnswer, ListOp } from '#check/models/list'
import type { Always, Moment } from '../../subject.ts'
import type { ReplicaWords } from '../../subjects/replica/words.ts'

type Asked = Operation<ListOp, ListAnswer>

/** All that clients asked for and were told, and what stood in the lists when all was over. */
export interface Told {
  readonly history: readonly Asked[]
  readonly finals: ReadonlyMap<string, readonly string[]>
}

/** Judged once, when the last list has been read for the last time. */
export function ofWhatWasTold(name: string, judge: (told: Told) => string | null): Always<ReplicaWords> {
  return {
    name,
    start() {
      const teller = new Teller()
      return (moment) => {
        if (moment.notes.length === 0) return null
        return teller.take(moment) ? judge(teller.told) : null
      }
    },
  }
}

class Teller {
  readonly #appends = new Map<string, Asked>()
  readonly #reads: Asked[] = []
  readonly #finals = new Map<string, readonly string[]>()

  get told(): Told {
    return { history: [...this.#appends.values(), ...this.#reads], finals: this.#finals }
  }

  /** True when a list was read for the last time. */
  take({ tick, notes }: Moment<ReplicaWords>): boolean {
    let isFinal = false
    for (const { node, note } of notes) {
      if (note.kind === 'asked') {
        const op = { kind: 'append', value: note.item } as const
        const ending = { kind: 'unknown' } as const
        this.#appends.set(note.item, { process: node, key: note.list, op, invokedAt: beginOf(tick), ending })
      } else if (note.kind === 'answered') {
        const append = this.#appends.get(note.item)
        if (append !== undefined) this.#appends.set(note.item, { ...append, ending: endingOf(note.fate, tick) })
      } else if (note.kind === 'list-read') {
        const { list, items, askedTick } = note
        const ending = { kind: 'ok', at: endOf(tick), answer: items } as const
        this.#reads.push({ process: node, key: list, op: { kind: 'read' }, invokedAt: beginOf(askedTick), ending })
        if (note.isFinal) this.#finals.set(list, items)
        isFinal ||= note.isFinal
      }
    }
    return isFinal
  }
}

function endingOf(fate: 'done' | 'refused' | 'unknown', tick: number): Asked['ending'] {
  if (fate === 'done') return { kind: 'ok', at: endOf(tick), answer: null }
  return { kind: fate === 'refused' ? 'failed' : 'unknown' }
}

/** What ends in a tick and what begins in it were under way together. */
function beginOf(tick: number): number {
  return 2 * tick
}

function endOf(tick: number): number {
  return 2 * tick + 1
}
