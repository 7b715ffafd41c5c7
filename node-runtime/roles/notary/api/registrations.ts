import { type Document, notaryLimits, type Registration } from '#cores/notary/messages'
import { fieldsOf, halfSurrogate } from '#dialects/notary/index'
import { fromHex } from '#kit/hex'
import { notaryApiLimits } from './limits.ts'

export interface Registrations {
  readonly kind: 'one' | 'batch'
  readonly registrations: readonly Registration[]
}

export type ReadRegistrations = Registrations | { readonly kind: 'malformed' | 'too-many'; readonly detail: string }

/** What somebody wants registered, from a body that may be any JSON. Limits of single texts are not looked at here. */
export function readRegistrations(body: unknown, key: string | null): ReadRegistrations {
  const fields = fieldsOf(body)
  const batch = fields?.registrations
  if (batch === undefined) {
    const registration = readRegistration(body, key)
    if (typeof registration === 'string') return { kind: 'malformed', detail: registration }
    if (key !== null && registration.id !== key) return { kind: 'malformed', detail: otherId }
    return { kind: 'one', registrations: [registration] }
  }
  if (fields?.document !== undefined || fields?.sha256 !== undefined) {
    return { kind: 'malformed', detail: 'either one document or registrations is given' }
  }
  if (!Array.isArray(batch) || batch.length === 0) {
    return { kind: 'malformed', detail: 'registrations is a list with at least one registration' }
  }
  if (batch.length > notaryApiLimits.batchMax) {
    return { kind: 'too-many', detail: `a batch has at most ${notaryApiLimits.batchMax} registrations` }
  }
  const registrations: Registration[] = []
  for (const [place, item] of batch.entries()) {
    // No key has a space in it, so no single registration can take the id of one in a batch.
    const registration = readRegistration(item, key === null ? null : `${key} ${place}`)
    if (typeof registration === 'string')
      return { kind: 'malformed', detail: `registrations[${place}]: ${registration}` }
    registrations.push(registration)
  }
  return { kind: 'batch', registrations }
}

/** undefined: none was given. null: it is none. Some programs send it as a quoted string, as the draft of it says. */
export function readKey(header: string | undefined): string | null | undefined {
  if (header === undefined) return undefined
  const key = /^"(.*)"$/.exec(header)?.[1] ?? header
  return key.length <= notaryApiLimits.keyCharsMax && isId.test(key) ? key : null
}

const otherId = 'id is another one than the Idempotency-Key; leave one of them out'
const isId = /^[!-~]+$/
const isHash = /^[0-9A-Fa-f]{64}$/

/** A sentence says what is wrong with it. */
function readRegistration(value: unknown, defaultId: string | null): Registration | string {
  const fields = fieldsOf(value)
  if (fields === null) return 'a registration is an object'
  const { title = '', registrant = '', id = defaultId } = fields
  const document = readDocument(fields)
  if (typeof document === 'string') return document
  if (typeof title !== 'string' || halfSurrogate.test(title)) return 'title is a text'
  if (typeof registrant !== 'string' || halfSurrogate.test(registrant)) return 'registrant is a text'
  if (id !== null && (typeof id !== 'string' || id.length > notaryLimits.idBytesMax || !isIdOrOwn(id, defaultId))) {
    return `id is printable ASCII without spaces, up to ${notaryLimits.idBytesMax} letters`
  }
  return { id, document, title, registrant }
}

function isIdOrOwn(id: string, defaultId: string | null): boolean {
  return id === defaultId || isId.test(id)
}

function readDocument({ document, sha256, bytes = null }: Readonly<Record<string, unknown>>): Document | string {
  if ((document === undefined) === (sha256 === undefined)) return 'either document or sha256 is given'
  if (document !== undefined) {
    if (typeof document !== 'string' || halfSurrogate.test(document)) return 'document is a text'
    return { kind: 'text', text: document }
  }
  if (typeof sha256 !== 'string' || !isHash.test(sha256)) return 'sha256 is 64 hexadecimal letters'
  const hash = fromHex(sha256.toLowerCase())
  if (hash === null) return 'sha256 is 64 hexadecimal letters'
  if (bytes !== null && (typeof bytes !== 'number' || !Number.isSafeInteger(bytes) || bytes < 0)) {
    return 'bytes is a whole number'
  }
  return { kind: 'file', sha256: hash, bytes }
}
