import { shownText } from './redaction.ts'

/**
 * What a foreign message is judged by. Ids are for good: sentences in both languages, saved reports and students refer to
 * them.
 */
export const conformanceRules = [
  /** A request and an answer are one frame, a publication is two. */
  'frames',
  /** JSON or MessagePack by the first byte, and whole. */
  'codec',
  'envelope-is-a-map',
  'service-is-text',
  /** `data` is there and is a map. */
  'data-is-a-map',
  /** The protocol has such a service. */
  'service-is-known',
  /** By its own name, and not by an alias that is only tolerated. */
  'service-by-its-name',
  /** Asked of whom the protocol says: clients ask a broker, servers a reference. */
  'service-at-its-place',
  /** Everything that the service needs is there, as text that is not empty. */
  'fields',
  'timestamp',
  'clock',
  /** A Lamport clock goes up from one message to the next of the same sender. */
  'clock-rises',
  /** A token, or the name of a bot. */
  'speaker',
  /** Nobody and nothing is called like a topic of the protocol. */
  'name-is-free',
  /** An answer says the service that it answers. */
  'answer-service',
  /** `sucesso`, `OK` or `erro`, where the service has a status; with words, where it is refused. */
  'answer-status',
  /** What the service was asked for. */
  'answer-fields',
  /** The topic is the channel or the receiver. */
  'topic',
  /** A publication says who spoke, and what. */
  'publication-fields',
] as const
export type ConformanceRule = (typeof conformanceRules)[number]

/** `detail`: names of fields and short values, never a secret; empty when there is nothing to add. */
export interface Finding {
  readonly rule: ConformanceRule
  readonly isKept: boolean
  readonly detail: string
}

/** In the order in which they were looked at. What cannot be judged for want of another has no finding. */
export class Findings {
  readonly #all: Finding[] = []

  get all(): readonly Finding[] {
    return this.#all
  }

  note(rule: ConformanceRule, isKept: boolean, detail = ''): boolean {
    this.#all.push({ rule, isKept, detail: shownText(detail, detailCharsMax) })
    return isKept
  }
}

const detailCharsMax = 120
