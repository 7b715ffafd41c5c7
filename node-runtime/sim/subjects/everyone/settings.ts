import { everyoneLimits } from '#cores/chat/everyone/limits'
import type { EveryoneConfig } from '#cores/chat/everyone/messages'
import { assert } from '#kit/assert'
import type { NodeId } from '#kit/ids'
import type { Random } from '#kit/random'

export type Settings = Readonly<Record<string, number>>

/** What people do in a thousand ticks of a server, and how the servers see to each other. */
export function drawEveryoneSettings(random: Random): Settings {
  const syncTicks = 4 + random.below(random.pick([6, 40]))
  return {
    syncTicks,
    hereTicks: syncTicks * (1 + random.below(8)),
    registerTicks: 2 + random.below(30),
    /** Few, so that what is missing is given in parts. */
    entriesPerMessage: random.pick([1, 3, 256]),
    saysPerMille: random.pick([10, 40, 100]),
    registersPerMille: random.pick([0, 10, 40]),
    asksAgainPerMille: random.pick([0, 20]),
    /** Requests of which a broker does not know which server has them, so that several get them. */
    sharedPerMille: random.pick([0, 20]),
    /** What a foreign server says, and each of ours hears or misses. */
    heardPerMille: random.pick([0, 30, 200]),
  }
}

export const plainEveryoneSettings = {
  registersPerMille: 0,
  asksAgainPerMille: 0,
  sharedPerMille: 0,
  heardPerMille: 0,
  entriesPerMessage: 256,
} as const

export function settingOf(settings: Settings, name: string): number {
  const value = settings[name]
  assert(value !== undefined, `servers that all answer have their ${name}`)
  return value
}

export function configOf(id: NodeId, servers: readonly NodeId[], settings: Settings): EveryoneConfig {
  return {
    id,
    servers,
    syncTicks: settingOf(settings, 'syncTicks'),
    hereTicks: settingOf(settings, 'hereTicks'),
    registerTicks: settingOf(settings, 'registerTicks'),
    limits: { ...everyoneLimits, entriesPerMessageMax: settingOf(settings, 'entriesPerMessage') },
  }
}

/** In which each of the others has had its turn to be compared with. */
export function longestRound(settings: Settings, nodes: number): number {
  return settingOf(settings, 'syncTicks') * Math.max(1, nodes - 1)
}
