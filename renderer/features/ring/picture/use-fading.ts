import { useState } from 'react'
import type { DrawnPeer, RingShape } from './shape.ts'

/** Peers that were drawn and are no longer: they fade where they stood, so that one sees who went. */
export function useFading({ peers }: RingShape): {
  readonly fading: readonly DrawnPeer[]
  readonly faded: (key: string) => void
} {
  const [before, setBefore] = useState(peers)
  const [fading, setFading] = useState<readonly DrawnPeer[]>([])
  if (before !== peers) {
    const isHere = ({ key }: DrawnPeer): boolean => peers.some((peer) => peer.key === key)
    const left = [...fading, ...before].filter((peer) => !isHere(peer))
    setBefore(peers)
    if (left.length > 0 || fading.length > 0) setFading(left)
  }
  return { fading, faded: (key) => setFading((all) => all.filter((peer) => peer.key !== key)) }
}
