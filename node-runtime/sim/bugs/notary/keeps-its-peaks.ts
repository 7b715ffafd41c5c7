import { type Head, readHead, writeHead } from '#cores/notary/rows'
import { oneRootASize } from '../../properties/notary/one-root-a-size.ts'
import { spoiltMachine } from './machine-with-bug.ts'
import type { NotaryBug } from './notary-bug.ts'

/** Goes on with the tree that it has in memory where a snapshot has put another state in its place. */
export const keepsItsPeaks: NotaryBug = {
  name: 'keeps-its-peaks',
  property: oneRootASize.name,
  parts: spoiltMachine((right) => {
    let last: Head | null = null
    return {
      apply: (entry, state) => {
        const head = readHead(state)
        if (head !== null && last !== null && head.size !== last.size) writeHead(state, { ...head, peaks: last.peaks })
        const answer = right.apply(entry, state)
        last = readHead(state)
        return answer
      },
    }
  }),
}
