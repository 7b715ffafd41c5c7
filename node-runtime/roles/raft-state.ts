import type { HardState } from '#cores/raft/messages'
import { idPattern, nodeId } from '#kit/ids'
import { StoreFailure, type StoreTx, type StoreView } from '#ports/store'

const space = 'raft'
const key = 'hard-state'
const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** Term and vote, where they outlive the process. Text and not bytes, because people look at it in the table view. */
export function saveHardState(tx: StoreTx, { term, votedFor }: HardState): void {
  tx.put(space, key, encoder.encode(JSON.stringify({ term, votedFor })))
}

/** A vote that cannot be read must not be taken for no vote: the node would vote twice in one term. */
export function restoreHardState(view: StoreView): HardState | null {
  const bytes = view.get(space, key)
  if (bytes === null) return null
  const saved = readRecord(decoder.decode(bytes))
  if (saved !== null && isTerm(saved.term)) {
    const { term, votedFor } = saved
    if (votedFor === null) return { term, votedFor }
    if (typeof votedFor === 'string' && idPattern.test(votedFor)) return { term, votedFor: nodeId(votedFor) }
  }
  throw new StoreFailure('store-damaged', 'the saved term and vote cannot be read')
}

function readRecord(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : null
  } catch {
    // The caller refuses it like any other shape that is not ours.
    return null
  }
}

function isTerm(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}
