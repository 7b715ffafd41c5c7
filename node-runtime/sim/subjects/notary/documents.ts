import type { Registration } from '#cores/notary/messages'
import { encodeText } from '#kit/bytes'
import type { Random } from '#kit/random'
import { plainSha256 } from '#kit/sha256'

/** Every so manieth document is a text with a row of its own. */
const longEvery = 7
const longWords = 'a text that does not fit where the others are '.repeat(8)

/** One of a number of documents that all who ask have in common, so that they meet. */
export function sharedDocument(number: number): Registration['document'] {
  const words = `document ${number}`
  if (number % 3 === 0) return { kind: 'file', sha256: plainSha256(encodeText(words)), bytes: number }
  return { kind: 'text', text: number % longEvery === 1 ? `${words}: ${longWords}` : words }
}

interface Choice {
  readonly ids: number
  readonly documents: number
  /** Of this asking, and of no other. */
  readonly name: string
}

/**
 * Under a shared id always the same, so that whoever takes it asks again for what another asked for. Without an id it is
 * known by its title, which no other has.
 */
export function drawRegistration(random: Random, { ids, documents, name }: Choice): Registration {
  const luck = random.below(20)
  if (luck === 0) return { ...keyed(random.below(ids), documents), title: `taken by ${name}` }
  if (luck < 10) return keyed(random.below(ids), documents)
  const document = luck < 15 ? sharedDocument(random.below(documents)) : ({ kind: 'text', text: name } as const)
  return { id: luck === 19 ? name : null, document, title: name, registrant: 'Ana' }
}

function keyed(id: number, documents: number): Registration {
  // Some documents have several ids, and some ids a document of their own.
  const document = sharedDocument(id % 2 === 0 ? id % documents : documents + id)
  return { id: `key ${id}`, document, title: `under key ${id}`, registrant: 'Rui' }
}
