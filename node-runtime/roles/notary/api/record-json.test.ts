import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { NotaryRecord } from '#cores/notary/messages'
import { nodeId } from '#kit/ids'
import { plainSha256 } from '#kit/sha256'
import { outcomeJson, recordView } from './record-json.ts'

const text = fc.string({ unit: 'binary' })
const hash = fc.uint8Array({ minLength: 32, maxLength: 32 })
const record: fc.Arbitrary<NotaryRecord> = fc.record({
  index: fc.nat(),
  document: fc.oneof(
    fc.record({ kind: fc.constant('text' as const), text }),
    fc.record({ kind: fc.constant('file' as const), sha256: hash, bytes: fc.option(fc.nat()) }),
  ),
  sha256: hash,
  title: text,
  registrant: text,
  id: fc.constant(null),
  atMs: fc.nat(),
  lamport: fc.nat(),
  by: fc.record({ leader: fc.constant(nodeId('a')), term: fc.nat(), errorMs: fc.option(fc.nat()) }),
  previousHash: fc.constant('0'),
  hash: fc.constant('1'.repeat(64)),
})

it('an outcome is the JSON of its record, whatever its texts hold', () => {
  fc.assert(
    fc.property(record, (one) => {
      const json = outcomeJson({ kind: 'same-document', record: one }, plainSha256)
      expect(json).toBe(JSON.stringify({ kind: 'same-document', record: recordView(one, plainSha256) }))
    }),
  )
})
