import { useMediaQuery } from '@mantine/hooks'
import { useStore } from 'zustand'
import { useHands, useSettings, useTopology } from '../../stores/context.tsx'
import { type MessageMode, messageMode } from './message-mode.ts'

/** `clusterId`: only what is said in that cluster is drawn, so only that counts. */
export function useMessageMode(clusterId?: string): MessageMode {
  const { stores } = useHands()
  const isWanted = useSettings((state) => state.settings.showsMessages)
  const isMotionReduced = useMediaQuery('(prefers-reduced-motion: reduce)', false)
  const messagesPerSecond = useTopology(({ snapshot }) =>
    Math.round(
      (snapshot?.clusters ?? [])
        .filter(({ id }) => clusterId === undefined || id === clusterId)
        .flatMap(({ links }) => links)
        .reduce((sum, link) => sum + link.messagesPerSecond, 0),
    ),
  )
  const nowMs = useStore(stores.now, (state) => state.nowMs)
  const skippedAtMs = useStore(stores.recording, (state) => state.skippedAtMs)
  const skippedMsAgo = skippedAtMs === null ? null : nowMs - skippedAtMs
  return messageMode({ isWanted, isMotionReduced, messagesPerSecond, skippedMsAgo })
}
