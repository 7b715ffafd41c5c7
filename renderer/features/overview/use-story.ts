import { useMemo } from 'react'
import { useHostNow, useRecording, useTopology } from '../../stores/context.tsx'
import { type LeaderStory, leaderStory } from '../../stores/derived/leader-story.ts'

/** Who leads this cluster and why, by all that the window has. */
export function useStory(clusterId: string): LeaderStory {
  const cluster = useTopology(({ snapshot }) => snapshot?.clusters.find(({ id }) => id === clusterId) ?? null)
  const all = useRecording((state) => state.story)
  const now = useHostNow()
  const nodes = cluster?.nodes.map(({ id }) => id).join(' ') ?? ''
  // Other clusters elect as well, and their terms and doubts say nothing here.
  const story = useMemo(() => {
    const own = new Set<string | null>(nodes.split(' '))
    return all.filter(({ node }) => own.has(node))
  }, [all, nodes])
  return cluster === null ? { kind: 'stopped' } : leaderStory(cluster, story, now)
}
