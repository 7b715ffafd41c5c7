/** More messages than this in a second cannot be followed one by one: a picture of dots would only pretend. */
export const dotsPerSecondMax = 120

/** For this long after the recording left something out, dots would show a part as if it were the whole. */
export const gapsFadeMs = 3_000

export type MessageMode = 'dots' | 'rate' | 'gaps' | 'reduced' | 'off'

export interface MessageFacts {
  readonly isWanted: boolean
  readonly isMotionReduced: boolean
  readonly messagesPerSecond: number
  readonly skippedMsAgo: number | null
}

export function messageMode({ isWanted, isMotionReduced, messagesPerSecond, skippedMsAgo }: MessageFacts): MessageMode {
  if (!isWanted) return 'off'
  if (isMotionReduced) return 'reduced'
  if (messagesPerSecond > dotsPerSecondMax) return 'rate'
  return skippedMsAgo !== null && skippedMsAgo < gapsFadeMs ? 'gaps' : 'dots'
}
