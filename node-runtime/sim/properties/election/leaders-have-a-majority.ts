import type { NodeId } from '#kit/ids'
import type { Always } from '../../subject.ts'
import type { ElectionWords } from '../../subjects/election-words.ts'
import { candidateOf } from './one-vote-per-term.ts'

/** Counted by what voters said in that very term, and not by what the winner believes to have heard. */
export const leadersHaveAMajority: Always<ElectionWords> = {
  name: 'a leader has the votes of a majority',
  start() {
    const votersOf = new Map<string, Set<NodeId>>()
    return ({ scenario, sent, views }) => {
      for (const envelope of sent) {
        const candidate = candidateOf(envelope)
        if (candidate === null) continue
        const candidacy = `${candidate} in term ${envelope.message.term}`
        const voters = votersOf.get(candidacy)
        if (voters === undefined) votersOf.set(candidacy, new Set([candidate, envelope.from]))
        else voters.add(envelope.from)
      }
      const majority = Math.floor(scenario.nodes.length / 2) + 1
      for (const { id, role, term } of views) {
        if (role !== 'leader' || majority === 1) continue
        const count = votersOf.get(`${id} in term ${term}`)?.size ?? 0
        if (count < majority) return `${id} leads term ${term} with ${count} of ${majority} votes`
      }
      return null
    }
  },
}
