import { cosign } from '#cores/notary/receipt/signing'
import { Witness } from '#roles/notary/witness'
import { witnessesSignOneTree } from '../../properties/notary/witnesses-sign-one-tree.ts'
import { honestSignature } from '../../subjects/notary/honest-secrets.ts'
import { method } from '../raft/replaced.ts'
import { answersAhead } from './counts-ahead.ts'
import type { NotaryBug } from './notary-bug.ts'

/** Puts its name to whatever tree its peer has, also one that is not committed, and asks for no proof. */
export const signsUnseen: NotaryBug = {
  name: 'signs-unseen',
  property: witnessesSignOneTree.name,
  rules: [
    ...answersAhead,
    method(
      Witness,
      'cosign',
      () =>
        function (this: Witness, { text, atSeconds }) {
          const { key } = this
          if (key === null) return { kind: 'not-now' }
          const sign = (bytes: Uint8Array) => honestSignature(key.publicKey, bytes)
          return { kind: 'signed', signature: cosign({ key, sign, text, atSeconds }) }
        },
    ),
  ],
}
