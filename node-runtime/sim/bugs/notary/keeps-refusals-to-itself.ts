import { Gatherer } from '#roles/notary/gatherer'
import { settled } from '../../properties/notary/settled.ts'
import { method } from '../raft/replaced.ts'
import type { NotaryBug } from './notary-bug.ts'

/** Whoever asks a peer that does not lead never hears of it again. */
export const keepsRefusalsToItself: NotaryBug = {
  name: 'keeps-refusals-to-itself',
  property: settled.name,
  rules: [
    method(
      Gatherer,
      'register',
      (right) =>
        function (this: Gatherer, order, done) {
          right.call(this, order, (result) => {
            if (result.ok) done(result)
          })
        },
    ),
  ],
}
