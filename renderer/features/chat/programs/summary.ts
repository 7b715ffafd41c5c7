import type { ChatForeign, ChatForeignEvent } from '#contract/window/chat'
import type { ForeignEvent } from '#contract/worker/chat'
import { type ConformanceName, conformanceNames } from './rules.ts'

export interface RuleCount {
  readonly rule: ConformanceName
  readonly kept: number
  readonly broken: number
}

/** What has been told of foreign programs, in the order in which it was told. */
export interface Heard {
  readonly events: readonly ChatForeignEvent[]
  /** How far each node was read; null: it begins at what is still kept. */
  readonly next: ChatForeign['next'] | null
  /** Messages that came and went before anybody looked. */
  readonly skipped: number
  /** Messages that were shown here, and gave way to later ones. */
  readonly forgotten: number
  readonly addresses: ChatForeign['addresses']
  readonly silent: ChatForeign['silent']
}

/** Older ones give way: the list is for looking at what a program does now. */
export const heardMax = 2_000

export const nothingHeard: Heard = { events: [], next: null, skipped: 0, forgotten: 0, addresses: [], silent: [] }

export function withHeard(heard: Heard, page: ChatForeign): Heard {
  const { addresses, silent, next } = page
  const all = [...heard.events, ...page.events]
  const events = all.slice(-heardMax)
  const forgotten = heard.forgotten + all.length - events.length
  return { events, next, addresses, silent, forgotten, skipped: heard.skipped + page.skipped }
}

/** What came before is forgotten here; what comes next is shown. */
export function withoutEvents(heard: Heard): Heard {
  return { ...heard, events: [], skipped: 0, forgotten: 0 }
}

export function isBroken({ rules }: ForeignEvent): boolean {
  return rules.some(({ isKept }) => !isKept)
}

/** Each rule that was looked at, in the order in which the protocol has them. */
export function countsOf(events: readonly ForeignEvent[]): readonly RuleCount[] {
  const findings = events.flatMap(({ rules }) => rules)
  return conformanceNames
    .map((rule) => {
      const all = findings.filter((finding) => finding.rule === rule)
      const kept = all.filter(({ isKept }) => isKept).length
      return { rule, kept, broken: all.length - kept }
    })
    .filter(({ kept, broken }) => kept + broken > 0)
}

/** Each node gives connections names of its own, so that two may call different programs alike. */
export function senderOf({ nodeId, from }: Pick<ChatForeignEvent, 'nodeId' | 'from'>): string {
  return `${nodeId} ${from}`
}

/** Whom a sender says it is: the last name that stood in what it sent. Connections have no other name. */
export function namesOf(events: readonly ChatForeignEvent[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const event of events) {
    // The payload is shown shortened, so it is not always whole JSON.
    const name = /"(?:user|src|usuario)"\s*:\s*"([^"\\]{1,64})"/.exec(event.payload)?.[1]
    if (name !== undefined) names.set(senderOf(event), name)
  }
  return names
}

/** By its own word, if it gave one, and by its connection. */
export function calledOf(names: ReadonlyMap<string, string>, event: Pick<ChatForeignEvent, 'nodeId' | 'from'>): string {
  const name = names.get(senderOf(event))
  return name === undefined ? event.from : `${name} (${event.from})`
}

/** `others`: all but the lab's own bots, which are there before any program of a student is. */
export type WhoIsShown = 'others' | 'all' | { readonly sender: string }

export interface Shown {
  readonly who: WhoIsShown
  readonly ownBots: readonly string[]
}

export function shownOf(events: readonly ChatForeignEvent[], { who, ownBots }: Shown): readonly ChatForeignEvent[] {
  const names = namesOf(events)
  return events.filter((event) => {
    if (who === 'all') return true
    const sender = senderOf(event)
    return who === 'others' ? !ownBots.includes(names.get(sender) ?? '') : who.sender === sender
  })
}

/** Each as it is called. */
export function sendersOf(events: readonly ChatForeignEvent[]): ReadonlyMap<string, string> {
  const names = namesOf(events)
  const senders = new Map(events.map((event) => [senderOf(event), calledOf(names, event)] as const))
  return new Map([...senders].sort(([one], [other]) => (one < other ? -1 : 1)))
}
