import { cosigningKinds, decodeCosigned, encodeCosigned } from '#roles/notary/cosigning-codec'
import { Post } from '#roles/post'
import { nobodyComplains } from '../../properties/any/nobody-complains.ts'
import { method } from '../raft/replaced.ts'
import type { NotaryBug } from './notary-bug.ts'

/** Who leads tells the witnesses the root of its tree with the size that the tree had before. */
export const namesTheSizeBefore: NotaryBug = {
  name: 'names-the-size-before',
  property: nobodyComplains.name,
  rules: [
    method(
      Post,
      'send',
      (right) =>
        function (this: Post, to, word) {
          const said = word.kind === cosigningKinds.checkpoint ? decodeCosigned(word.body) : null
          if (said === null) return right.call(this, to, word)
          const point = { ...said.point, size: said.point.size - 1 }
          return right.call(this, to, { ...word, body: encodeCosigned({ ...said, point }) })
        },
    ),
  ],
}
