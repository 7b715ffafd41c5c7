import { useHostNow, useRecording, useTopology } from '../../stores/context.tsx'
import { type LeaderStory, leaderStory } from '../../stores/derived/leader-story.ts'

/** Who leads this cluster and why, by all that the window has. */
export function useStory(clusterId: string): LeaderStory {
  const cluster = useTopology(({ snapshot }) => snapshot?.clusters.find(({ id }) => id === clusterId) ?? null)
  const story = useRecording((state) => state.story)
  const now = useHostNow()
  return cluster === null ? { kind: 'stopped' } : leaderStory(cluster, story, now)
}
