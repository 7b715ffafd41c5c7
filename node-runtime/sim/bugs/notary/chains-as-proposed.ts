import { decodeNotaryQueryAnswer, encodeNotaryQuery } from '#cores/notary/index'
import { readHead, writeHead } from '#cores/notary/rows'
import { fromHex, toHex } from '#kit/hex'
import { Replica } from '#roles/replica/replica'
import { chainIsUnbroken } from '../../properties/notary/chain-is-unbroken.ts'
import { method } from '../raft/replaced.ts'
import { spoiltMachine } from './machine-with-bug.ts'
import type { NotaryBug } from './notary-bug.ts'

const hashBytes = 32
const statusQuery = encodeNotaryQuery({ kind: 'status' })

/** Takes as the block before the one that was the last where the command was proposed. */
export const chainsAsProposed: NotaryBug = {
  name: 'chains-as-proposed',
  property: chainIsUnbroken.name,
  rules: [
    method(
      Replica,
      'ask',
      (right) =>
        function (this: Replica, request, cause) {
          if (request.kind !== 'propose') return right.call(this, request, cause)
          const status = decodeNotaryQueryAnswer('status', this.look(statusQuery).answer)
          const head = fromHex(status?.head ?? '') ?? new Uint8Array(hashBytes)
          right.call(this, { ...request, command: Uint8Array.of(...request.command, ...head) }, cause)
        },
    ),
  ],
  parts: spoiltMachine((right) => ({
    apply: (entry, state) => {
      const bytes = entry.bytes.subarray(0, -hashBytes)
      const head = readHead(state)
      const hash = toHex(entry.bytes.subarray(-hashBytes))
      if (head !== null && head.hash !== hash) writeHead(state, { ...head, hash })
      return right.apply({ ...entry, bytes }, state)
    },
  })),
}
