import type { Operation as Asked } from '#check/history'
import { checkLinearizable } from '#check/linearizable'
import { type RegisterAnswer, type RegisterOp, register } from '#check/models/register'
import { Random } from '#kit/random'
import type { Always, Moment } from '../../subject.ts'
import { nodeOf, tickOf } from '../../subjects/raft/operation.ts'
import { decodeWrite } from '../../subjects/raft/registers.ts'
import type { RaftWords } from '../../subjects/raft/words.ts'
import { ledgerOf } from './knowledge/ledger.ts'

type Operation = Asked<RegisterOp, RegisterAnswer>

/** One run in so many is looked at: what indexes can tell of freshness is asked in all of them. */
const oneIn = 10

/** All that clients were told up to the calm is what one copy of each register could have told them. */
export const historiesAreLinearizable: Always<RaftWords> = {
  name: 'a history could be that of one copy',
  start() {
    const history = new History()
    let isLookedAt: boolean | null = null
    return (moment) => {
      const { scenario, tick } = moment
      isLookedAt ??= new Random(scenario.seed).fork('history').chance(1, oneIn)
      if (!isLookedAt || tick > scenario.ticksOfTrouble) return null
      history.take(moment)
      return tick === scenario.ticksOfTrouble ? history.verdict() : null
    }
  },
}

class History {
  readonly #reads: Operation[] = []
  /** By their number. What was not committed nobody can have seen. */
  readonly #writes = new Map<number, { readonly key: number; ackTick: number | null }>()

  take(moment: Moment<RaftWords>): void {
    for (const { kind, payload } of ledgerOf(moment).fresh) {
      if (kind !== 'command') continue
      const { key, op } = decodeWrite(payload)
      this.#writes.set(op, { key, ackTick: null })
    }
    for (const { note } of moment.notes) {
      if (note.kind === 'acknowledged') {
        const write = this.#writes.get(note.op)
        if (write !== undefined) write.ackTick = moment.tick
      } else if (note.kind === 'read' && !note.isStale) {
        const { op, key, answer } = note
        const ending = { kind: 'ok', at: endOf(moment.tick), answer: answer.last === 0 ? null : answer.last } as const
        this.#reads.push({ ...about(op, key), op: { kind: 'read' }, ending })
      }
    }
  }

  verdict(): string | null {
    const writes = [...this.#writes].map(([op, { key, ackTick }]): Operation => {
      const ending =
        ackTick === null ? ({ kind: 'unknown' } as const) : ({ kind: 'ok', at: endOf(ackTick), answer: null } as const)
      return { ...about(op, key), op: { kind: 'write', value: op }, ending }
    })
    const verdict = checkLinearizable(register, [...writes, ...this.#reads])
    if (verdict.kind === 'valid') return null
    return verdict.kind === 'invalid' ? verdict.counterExample.text : `the history of key ${verdict.key} was too much`
  }
}

function about(op: number, key: number): Pick<Operation, 'process' | 'key' | 'invokedAt'> {
  return { process: `client ${nodeOf(op) + 1}`, key: `k${key}`, invokedAt: 2 * tickOf(op) }
}

/** Behind everything that begins in the same tick: those two were under way together. */
function endOf(tick: number): number {
  return 2 * tick + 1
}
