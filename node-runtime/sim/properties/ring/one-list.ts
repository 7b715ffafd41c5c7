import type { Always } from '../../subject.ts'
import type { RingWords } from '../../subjects/ring/words.ts'

/**
 * Who knows a ring by the same stamp knows the same members in the same order. No term is kept on a disk: a leader that
 * comes back alone may lead in the same one again, and is told from who it was by its life.
 */
export const oneListPerStamp: Always<RingWords> = {
  name: 'one list of members for each stamp',
  start() {
    const listOf = new Map<string, { readonly members: string; readonly node: string }>()
    return ({ views }) => {
      for (const { node, facts } of views) {
        if (facts.view === null) continue
        const { term, leader, life, version } = facts.view
        const stamp = `${term} ${leader}/${life} ${version}`
        const members = facts.view.members.map(({ id, life }) => `${id}/${life}`).join(' ')
        const known = listOf.get(stamp)
        if (known === undefined) listOf.set(stamp, { members, node })
        else if (known.members !== members) return `${known.node} and ${node} know two rings as ${stamp}.`
      }
      return null
    }
  },
}
