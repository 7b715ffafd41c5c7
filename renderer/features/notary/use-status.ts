import { useStore } from 'zustand'
import type { NodeId } from '#kit/ids'
import { useHands, useHostNow, useTopology } from '../../stores/context.tsx'
import { leadersOf } from '../../stores/derived/leaders.ts'
import { deskOf, notaryCluster } from '../../stores/notary/desk.ts'
import { type FreshAnswer, useFreshAnswer } from '../../ui/use-fresh-answer.ts'

/** Ages and examinations go on while nothing of the desk changes; so it is asked this often all the same. */
const beatMs = 2_000

/** Another whenever the desk has something new to tell. */
export function useDeskRevision(): number {
  return useTopology(({ snapshot }) => deskOf(snapshot)?.revision ?? -1)
}

export function useNotaryStatus(): FreshAnswer<'notary.status'> {
  const revision = useDeskRevision()
  const beat = useStore(useHands().stores.now, ({ nowMs }) => Math.floor(nowMs / beatMs))
  return useFreshAnswer('notary.status', {}, `${revision} ${beat}`)
}

/** By the word of the peers themselves, which has an age. The desk remembers the last one that it heard of. */
export function useNotaryLeader(): NodeId | null {
  const cluster = useTopology(({ snapshot }) => notaryCluster(snapshot))
  const now = useHostNow()
  if (cluster === null) return null
  const { leader, hasMajority } = leadersOf(cluster, now)
  return hasMajority ? (leader?.id ?? null) : null
}
