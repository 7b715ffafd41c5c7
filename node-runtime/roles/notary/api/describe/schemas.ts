import { notaryLimits } from '#cores/notary/messages'
import { failures } from '#kit/failures'
import { notaryApiLimits } from '../limits.ts'

/** JSON Schema, as far as it is needed here. */
export interface Schema {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean
  readonly items?: Schema
  readonly maxItems?: number
  readonly enum?: readonly unknown[]
  readonly pattern?: string
  readonly minimum?: number
  readonly maxLength?: number
  readonly anyOf?: readonly Schema[]
  readonly $ref?: string
  readonly description?: string
}

const text: Schema = { type: 'string' }
const count: Schema = { type: 'integer', minimum: 0 }
const flag: Schema = { type: 'boolean' }
const hash: Schema = { type: 'string', pattern: '^[0-9a-f]{64}$' }
const blockHash: Schema = { type: 'string', pattern: '^([0-9a-f]{64}|0)$' }
const leader = orNull(whole({ nodeId: text, address: orNull(text) }))
const blockInB = whole({ data: text, hash, index: count, previous_hash: blockHash, timestamp: text })
const blockInA = whole({ data: text, hash, index: count, timestamp: { type: 'number' } })
const shortBlockInA = whole({ hash, index: count, timestamp: { type: 'number' } })
const breakFields = { index: count, check: { type: 'string', description: 'The first one that it fails.' } } as const
const brokenAt = {
  ...orNull(whole(breakFields)),
  description: 'What is wrong in the copy of this peer; it answers nothing from it. null: nothing, as far as it knows.',
}
const why: Schema = {
  enum: ['too-large', 'empty', 'malformed', 'id-taken'],
  description:
    'too-large: longer than the limits. In a batch also: it stands there, and its long record did not fit into the answer ' +
    'behind the others; nothing happened, ask again with fewer.',
}
const facts = { chain_length: count, is_leader: flag, zookeeper_connected: flag }

export const schemas = {
  Record: whole({
    index: count,
    kind: { enum: ['text', 'file', 'genesis'] },
    text: orNull({ type: 'string', description: 'The document itself, if it is a text.' }),
    sha256: { ...hash, description: 'Of the document; of a text, of its UTF-8 bytes.' },
    bytes: orNull(count),
    title: text,
    registrant: text,
    atMs: { type: 'number', description: 'Milliseconds since 1970, by the clock of the group.' },
    errorMs: orNull({ type: 'number', description: 'How far the clocks of the peers were apart at most. Not to UTC.' }),
    leader: text,
    term: count,
    previousHash: blockHash,
    hash,
    computedHash: { ...hash, description: 'Computed anew by whoever answers; another than hash: somebody changed it.' },
  }),
  RecordPage: whole({
    records: { type: 'array', items: ref('Record'), maxItems: notaryApiLimits.pageRecordsMax },
    next: orNull({ type: 'string', description: 'Give it back as cursor (or as from, if you asked with from).' }),
    size: count,
    from: { type: 'string', description: 'Who answered.' },
    lagEntries: orNull({ ...count, description: 'null: it hears no leader or has a full disk, so it cannot tell.' }),
  }),
  Chain: whole({
    records: { type: 'array', items: ref('Record'), maxItems: notaryApiLimits.evidenceRecordsMax },
    breaks: { type: 'array', items: whole(breakFields) },
    broken: brokenAt,
    next: orNull(count),
    size: count,
    from: { type: 'string', description: 'Whose file it is.' },
    lagEntries: orNull({ ...count, description: 'null: it hears no leader or has a full disk, so it cannot tell.' }),
  }),
  Registration: {
    ...only(
      {
        document: { type: 'string', description: `A text, up to ${notaryLimits.textBytesMax} bytes.` },
        sha256: { type: 'string', pattern: '^[0-9A-Fa-f]{64}$', description: 'Of a file, in place of a document.' },
        bytes: orNull({ ...count, description: 'How long the file is.' }),
        title: { type: 'string', description: `Up to ${notaryLimits.titleBytesMax} bytes.` },
        registrant: { type: 'string', description: `Up to ${notaryLimits.registrantBytesMax} bytes.` },
        id: {
          type: 'string',
          pattern: `^[!-~]{1,${notaryLimits.idBytesMax}}$`,
          description: 'Chosen by whoever asks; whoever asks again under the same id gets the first record.',
        },
      },
      [],
    ),
    anyOf: [{ required: ['document'] }, { required: ['sha256'] }],
  },
  Registrations: {
    anyOf: [
      ref('Registration'),
      whole({
        registrations: {
          type: 'array',
          items: ref('Registration'),
          maxItems: notaryApiLimits.batchMax,
          description: `A batch in place of one, up to ${notaryApiLimits.batchMax}.`,
        },
      }),
    ],
  },
  Outcome: {
    anyOf: [
      whole({ kind: { enum: ['registered', 'same-document', 'same-id'] }, record: ref('Record') }),
      whole({ kind: { enum: ['refused'] }, why }),
    ],
  },
  Outcomes: {
    anyOf: [
      ref('Outcome'),
      whole({
        size: { ...count, description: 'The chain has at least so many records.' },
        outcomes: { type: 'array', items: ref('Outcome'), description: 'In the order asked.' },
      }),
    ],
  },
  Inclusion: whole({
    index: count,
    size: count,
    leaf: { type: 'string', description: 'Base64. Its RFC 6962 hash is what is proven.' },
    hashes: { type: 'array', items: hash },
    root: hash,
  }),
  Consistency: whole({
    from: count,
    to: count,
    fromRoot: hash,
    toRoot: hash,
    hashes: { type: 'array', items: hash },
  }),
  Status: whole({
    nodeId: text,
    origin: orNull(text),
    logKey: orNull(text),
    size: count,
    root: hash,
    head: hash,
    isLeader: flag,
    leader: orNull(text),
    term: count,
    hearsMajority: flag,
    lagEntries: orNull({ ...count, description: 'null: it hears no leader or has a full disk, so it cannot tell.' }),
    broken: brokenAt,
    leaderSilentMs: orNull({
      type: 'number',
      description: 'Since it last heard a leader; null: never since it started.',
    }),
    witnessedSize: { ...count, description: 'Of the newest checkpoint that a majority has co-signed.' },
    witnesses: { type: 'array', items: whole({ name: text, key: text }) },
  }),
  Members: whole({
    term: count,
    members: {
      type: 'array',
      items: whole({
        nodeId: text,
        isVoter: flag,
        isLeader: flag,
        address: { ...text, description: 'Empty: not heard yet.' },
      }),
    },
  }),
  Problem: only(
    {
      type: text,
      title: text,
      status: count,
      detail: text,
      code: { enum: Object.keys(failures) },
      definite: { type: 'boolean', description: 'It certainly did not happen.' },
      leader: { ...leader, description: 'Who leads, with not-leader.' },
      registered: { ...count, description: 'How many of a batch are in the chain all the same.' },
    },
    ['type', 'title', 'status', 'detail', 'code', 'definite'],
  ),
  OpenApi: { type: 'object' },
  Health: whole({ status: { enum: ['healthy'] } }),
  DialectError: only({ error: text, leader_hint: text }, ['error']),
  DialectMessage: whole({ message: text }),
  DialectDocument: only({ document: { type: 'string', description: 'A text.' } }, ['document'], true),
  DialectBlock: only(
    { block: { ...blockInB, additionalProperties: true, description: 'As /blockchain shows it in dialect B.' } },
    ['block'],
    true,
  ),
  RegisteredB: whole({ block: blockInB, message: text }),
  RegisteredA: whole({ block: shortBlockInA, status: { enum: ['success'] } }),
  ChainB: whole({ chain: { type: 'array', items: blockInB } }),
  ChainA: { type: 'array', items: blockInA },
  StatusB: whole({ ...facts, node_address: text }),
  StatusA: whole({ ...facts, node_id: text }),
} as const satisfies Record<string, Schema>

export type SchemaName = keyof typeof schemas

export function ref(name: string): Schema {
  return { $ref: `#/components/schemas/${name}` }
}

/** All of these and nothing else. */
function whole(properties: Readonly<Record<string, Schema>>): Schema {
  return only(properties, Object.keys(properties))
}

function only(
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[],
  additionalProperties = false,
): Schema {
  return { type: 'object', properties, required, additionalProperties }
}

function orNull(schema: Schema): Schema {
  return typeof schema.type === 'string'
    ? { ...schema, type: [schema.type, 'null'] }
    : { anyOf: [schema, { type: 'null' }] }
}
