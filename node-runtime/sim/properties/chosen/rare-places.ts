import type { NodeId } from '#kit/ids'
import type { Sometimes } from '../../subject.ts'
import type { ChosenWords } from '../../subjects/chosen/words.ts'

/** The election has two, and the group has one: the term fences. */
export const twoCoordinatorsOneLeader: Sometimes<ChosenWords> = {
  name: 'two coordinators at once, and one leader',
  start:
    () =>
    ({ views }) => {
      const coordinators = views.filter(({ phase }) => phase === 'coordinating').length
      return coordinators > 1 && views.filter(({ role }) => role === 'leader').length === 1
    },
}

export const chosenWasMadeLeader: Sometimes<ChosenWords> = {
  name: 'a leader handed over to the chosen one, and it was elected',
  start() {
    const handed = new Set<string>()
    return ({ notes }) =>
      notes.some(({ node, note }) => {
        if (note.kind === 'handing-over' && note.why === 'favourite') handed.add(note.to)
        return note.kind === 'role-changed' && note.to === 'leader' && handed.has(node)
      })
  },
}

/** Its election is satisfied with what it heard; its group is not. */
export const coordinatorAlone: Sometimes<ChosenWords> = {
  name: 'a coordinator never became leader, for want of a majority',
  start:
    () =>
    ({ views, notes }) =>
      notes.some(
        ({ node, note }) =>
          note.kind === 'phase-changed' &&
          note.from === 'coordinating' &&
          note.to === 'following' &&
          views.some(({ id, role, leader }) => id === node && role !== 'leader' && leader !== node),
      ),
}

export const wishCameAndWent: Sometimes<ChosenWords> = {
  name: 'a leader wished for another, and changed its mind before the wait was over',
  start() {
    const wishing = new Set<NodeId>()
    return ({ views, notes }) => {
      for (const { node, note } of notes) if (note.kind === 'handing-over') wishing.delete(node)
      for (const { id, role, coordinator } of views) {
        if (role !== 'leader') wishing.delete(id)
        else if (coordinator === id && wishing.has(id)) return true
        else if (coordinator !== null && coordinator !== id) wishing.add(id)
      }
      return false
    }
  },
}
