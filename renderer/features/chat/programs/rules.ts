/** The rules by which the chat judges foreign programs, by the names that the nodes give them. A test holds the lists together. */
export const conformanceNames = [
  'frames',
  'codec',
  'envelope-is-a-map',
  'service-is-text',
  'data-is-a-map',
  'service-is-known',
  'service-by-its-name',
  'service-at-its-place',
  'fields',
  'timestamp',
  'clock',
  'clock-rises',
  'speaker',
  'name-is-free',
  'answer-service',
  'answer-status',
  'answer-fields',
  'topic',
  'publication-fields',
] as const
export type ConformanceName = (typeof conformanceNames)[number]

export function isConformanceName(rule: string): rule is ConformanceName {
  return conformanceNames.some((name) => name === rule)
}
