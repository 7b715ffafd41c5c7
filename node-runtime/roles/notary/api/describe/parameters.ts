import { notaryLimits } from '#cores/notary/messages'
import { anyIndex } from '../asking.ts'
import { notaryApiLimits } from '../limits.ts'

export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly about: string
  readonly isRequired: boolean
  /** JSON Schema. */
  readonly schema: Readonly<Record<string, unknown>>
}

const index = { type: 'integer', minimum: anyIndex.min, maximum: anyIndex.max }

export const indexInPath: Parameter = {
  name: 'index',
  in: 'path',
  about: 'Place in the chain; the genesis block is 0.',
  isRequired: true,
  schema: index,
}

export const consistency: Parameter = {
  name: 'consistency',
  in: 'query',
  about:
    'What this peer has, at once (`stale`), or every record that was answered before the question (`linearizable`).',
  isRequired: false,
  schema: { type: 'string', enum: ['stale', 'linearizable'], default: 'stale' },
}

export const idempotencyKey: Parameter = {
  name: 'idempotency-key',
  in: 'header',
  about:
    'Whoever asks again under the same key gets the record that was made under it; another registration under it is ' +
    'refused. A key under which a document was only found made no record, and stays free. Of a batch it counts for each ' +
    'place by itself, and apart from the same key of a single registration; what has an id of its own in a batch keeps ' +
    'that, and a single registration has no other id beside its key. Printable ASCII without spaces.',
  isRequired: false,
  schema: { type: 'string', minLength: 1, maxLength: notaryApiLimits.keyCharsMax },
}

export const limit: Parameter = {
  name: 'limit',
  in: 'query',
  about: 'Records of one answer at most.',
  isRequired: false,
  schema: {
    type: 'integer',
    minimum: 1,
    maximum: notaryApiLimits.pageRecordsMax,
    default: notaryApiLimits.pageRecords,
  },
}

export const search: Parameter = {
  name: 'search',
  in: 'query',
  about: 'Part of a title or of a registrant; case and accents do not matter.',
  isRequired: false,
  schema: { type: 'string', maxLength: notaryLimits.searchTextBytesMax },
}

export function numberInQuery(name: string, about: string, isRequired = false): Parameter {
  return { name, in: 'query', about, isRequired, schema: index }
}

export function textIn(place: 'path' | 'query', name: string, about: string, pattern: string): Parameter {
  return { name, in: place, about, isRequired: place === 'path', schema: { type: 'string', pattern } }
}
