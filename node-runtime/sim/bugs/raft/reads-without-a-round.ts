import { readsAreFresh } from '../../properties/raft/reads-are-fresh.ts'
import { spoilt } from './core-with-bug.ts'
import type { RaftBug } from './raft-bug.ts'

/** Believes that it leads, and answers reads at once. */
export const readsWithoutARound: RaftBug = {
  name: 'reads-without-a-round',
  property: readsAreFresh.name,
  parts: spoilt(({ core }) => ({
    input: (input, { role }) => (input.kind === 'read' && role === 'leader' ? null : input),
    output(output, inputs) {
      const { role, commitIndex } = core.view
      const refs = role === 'leader' ? inputs.flatMap((input) => (input.kind === 'read' ? [input.ref] : [])) : []
      return { ...output, reads: [...output.reads, ...refs.map((ref) => ({ ref, index: commitIndex }))] }
    },
  })),
}
