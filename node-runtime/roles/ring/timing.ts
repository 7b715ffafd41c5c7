import type { RingPlan } from '#contract/worker/ring'
import type { RingTiming } from '#cores/ring/messages'

type Milliseconds = { readonly [Name in keyof RingTiming as Name extends `${infer What}Ticks` ? What : never]: number }

/** Quick enough to watch: a ring closes within three seconds of any death. */
const demo: Milliseconds = {
  heartbeat: 500,
  suspicion: 1_500,
  probe: 500,
  seekEvery: 200,
  seek: 600,
  beacon: 1_000,
  election: 1_000,
  sync: 5_000,
  textHeartbeat: 5_000,
  textSilence: 10_000,
}

/** As patient as reference peers are. */
const reference: Milliseconds = {
  heartbeat: 5_000,
  suspicion: 10_000,
  probe: 2_000,
  seekEvery: 1_000,
  seek: 3_000,
  beacon: 5_000,
  election: 5_000,
  sync: 15_000,
  textHeartbeat: 5_000,
  textSilence: 10_000,
}

/** People choose milliseconds; a core counts ticks. */
export function ringTiming(name: RingPlan['timing'], tickMs: number): RingTiming {
  const times = { demo, reference }[name]
  const ticks = (ms: number): number => Math.max(1, Math.round(ms / tickMs))
  return {
    heartbeatTicks: ticks(times.heartbeat),
    suspicionTicks: ticks(times.suspicion),
    probeTicks: ticks(times.probe),
    seekEveryTicks: ticks(times.seekEvery),
    seekTicks: ticks(times.seek),
    beaconTicks: ticks(times.beacon),
    electionTicks: ticks(times.election),
    syncTicks: ticks(times.sync),
    textHeartbeatTicks: ticks(times.textHeartbeat),
    textSilenceTicks: ticks(times.textSilence),
  }
}
