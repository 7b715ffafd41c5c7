import type { RingTiming } from '#cores/ring/messages'
import { type TalkLimits, talkLimits } from '#cores/ring/talk/limits'
import { assert } from '#kit/assert'
import type { Random } from '#kit/random'

export type Settings = Readonly<Record<string, number>>

/** Patience near the latency makes false alarms common, patience far above it makes them rare; both are wanted. */
export function drawRingSettings(random: Random): Settings {
  const heartbeatTicks = 2 + random.below(6)
  const seekEveryTicks = 2 + random.below(6)
  return {
    heartbeatTicks,
    suspicionTicks: 3 * heartbeatTicks + 8 + random.below(random.pick([4, 30])),
    probeTicks: 8 + random.below(10),
    seekEveryTicks,
    seekTicks: seekEveryTicks * (2 + random.below(4)),
    beaconTicks: 6 + random.below(20),
    electionTicks: 16 + random.below(30),
    syncTicks: 10 + random.below(60),
    saveEveryTicks: random.pick([1, 5, 20, 60]),
    saysPerMille: random.pick([2, 10, 40]),
    ...drawChoices(random.fork('choices')),
  }
}

/** What people do besides talking, and what kind of machines these are. Cases from before them do without. */
function drawChoices(random: Random): Settings {
  return {
    /** 1: a host outlives its peer and says that nobody listens there; 0: who is dead is silent. */
    hostsAnswer: random.below(2),
    leavesPerMille: random.pick([0, 0, 2, 6]),
    electsPerMille: random.pick([0, 0, 1, 5]),
    /** 1: the limits of the talk are met by few words. */
    hasSmallTalk: random.pick([0, 0, 1]),
  }
}

export function choiceOf(
  settings: Settings,
  name: 'hostsAnswer' | 'leavesPerMille' | 'electsPerMille' | 'hasSmallTalk',
): number {
  return settings[name] ?? 0
}

const smallTalk: TalkLimits = {
  ...talkLimits,
  recordsMax: 60,
  underWayMax: 4,
  waitingMax: 20,
  recordsPerMessageMax: 3,
  marksMax: 8,
  offersMax: 1,
  outOfRoundMax: 5,
  lateNotesMax: 2,
}

export function talkLimitsOf(settings: Settings): TalkLimits {
  return choiceOf(settings, 'hasSmallTalk') === 1 ? smallTalk : talkLimits
}

export function settingOf(settings: Settings, name: string): number {
  const value = settings[name]
  assert(value !== undefined, `a ring has its ${name}`)
  return value
}

export function ringTimingOf(settings: Settings): RingTiming {
  const of = (name: string): number => settingOf(settings, name)
  return {
    heartbeatTicks: of('heartbeatTicks'),
    suspicionTicks: of('suspicionTicks'),
    probeTicks: of('probeTicks'),
    seekEveryTicks: of('seekEveryTicks'),
    seekTicks: of('seekTicks'),
    beaconTicks: of('beaconTicks'),
    electionTicks: of('electionTicks'),
    syncTicks: of('syncTicks'),
    // Nobody of the text form is in the virtual world.
    textHeartbeatTicks: 1_000,
    textSilenceTicks: 2_000,
  }
}

/** In which a peer that is wrong about anything would have found out, and the ring been made anew. */
export function longestRound(settings: Settings): number {
  const { suspicionTicks, probeTicks, seekTicks, beaconTicks, electionTicks } = ringTimingOf(settings)
  return suspicionTicks + probeTicks + seekTicks + beaconTicks + electionTicks
}
