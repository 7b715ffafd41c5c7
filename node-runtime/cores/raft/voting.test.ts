import { describe, expect, it } from 'vitest'
import { answers, beatAnswer, candidate, leader, n1, n2, n3, nowhere, patient, say } from './testing/one-core.ts'

const ask = (term: number, last = nowhere as { readonly index: number; readonly term: number }) =>
  ({ kind: 'vote-request', term, last, isHandOver: false }) as const

describe('terms and votes', () => {
  it('EL1 EL3 gives no second vote in a term, whoever asks', () => {
    const core = patient({ term: 1, votedFor: null })
    say(core, n2, ask(2))
    expect(answers(say(core, n3, ask(2)))).toEqual([{ kind: 'vote', term: 2, isGranted: false }])
  })

  it('EL2 a newer term ends every role, and the vote of the old term with it', () => {
    const core = leader()
    const output = say(core, n2, beatAnswer(5))
    expect(output.persist?.hard).toEqual({ term: 5, votedFor: null })
    expect(core.view).toMatchObject({ role: 'follower', term: 5, leader: null, votedFor: null })
    expect(output.notes).toMatchObject([{ kind: 'role-changed', from: 'leader', why: 'saw-newer-term' }])
  })

  it('EL2 what is only asked for is nobody’s own term', () => {
    const core = patient({ term: 1, votedFor: null })
    say(core, n2, { kind: 'pre-vote-request', term: 9, last: nowhere })
    expect(core.view.term).toBe(1)
  })

  it('EL3 grants one vote in a term, in the same output that keeps it', () => {
    const core = patient({ term: 1, votedFor: null })
    const first = say(core, n2, ask(2))
    expect(first.persist?.hard).toEqual({ term: 2, votedFor: n2 })
    expect(answers(first)).toEqual([{ kind: 'vote', term: 2, isGranted: true }])
    const rival = say(core, n3, ask(2))
    expect(rival.persist).toBeNull()
    expect(answers(rival)).toEqual([{ kind: 'vote', term: 2, isGranted: false }])
  })

  it('EL3 says the same vote again, and writes nothing for it', () => {
    const core = patient({ term: 2, votedFor: n2 })
    const again = say(core, n2, ask(2))
    expect(again.persist).toBeNull()
    expect(answers(again)).toEqual([{ kind: 'vote', term: 2, isGranted: true }])
  })

  it('EL3 keeps its vote across a restart', () => {
    const core = patient({ term: 2, votedFor: n2 })
    expect(answers(say(core, n3, ask(2)))).toEqual([{ kind: 'vote', term: 2, isGranted: false }])
  })

  it('EL3 refuses a vote in an older term, and tells its own', () => {
    const core = patient({ term: 4, votedFor: null })
    expect(answers(say(core, n2, ask(3)))).toEqual([{ kind: 'vote', term: 4, isGranted: false }])
  })

  it.each([
    ['of an earlier term, though longer', { index: 9, term: 1 }, false],
    ['of the same term, and shorter', { index: 2, term: 2 }, false],
    ['that ends where the own does', { index: 3, term: 2 }, true],
    ['of the same term, and longer', { index: 4, term: 2 }, true],
    ['of a later term, though shorter', { index: 1, term: 3 }, true],
  ])('EL19 asked by a candidate with a log %s, it answers both pleas alike', (_, last, isGranted) => {
    const core = patient({ terms: [1, 2, 2] })
    expect(answers(say(core, n2, { kind: 'pre-vote-request', term: 9, last }))).toMatchObject([{ isGranted }])
    expect(answers(say(core, n2, ask(9, last)))).toMatchObject([{ isGranted }])
    expect(core.view).toMatchObject({ term: 9, votedFor: isGranted ? n2 : null })
  })

  it('EL9 giving a vote restarts the wait; giving a pre-vote or refusing does not', () => {
    const core = patient({ terms: [1] })
    const left = core.view.electionTicksLeft
    say(core, n2, { kind: 'pre-vote-request', term: 2, last: { index: 1, term: 1 } })
    say(core, n2, ask(2))
    expect(core.view.electionTicksLeft).toBe(left)
    say(core, n3, ask(2, { index: 1, term: 1 }))
    expect(core.view.electionTicksLeft).toBe(core.view.electionTicksOf)
  })

  it('EL10 counts no vote of another term', () => {
    const core = candidate({ hard: { term: 3, votedFor: null } })
    say(core, n2, { kind: 'vote', term: 3, isGranted: true })
    expect(core.view.role).toBe('candidate')
    say(core, n2, { kind: 'vote', term: 4, isGranted: true })
    expect(core.view).toMatchObject({ role: 'leader', term: 4 })
  })

  it('EL10 counts each member once, and its first answer', () => {
    const core = candidate({ members: fiveFounders() })
    for (let times = 0; times < 3; times += 1) say(core, n2, { kind: 'vote', term: 1, isGranted: true })
    say(core, n3, { kind: 'vote', term: 1, isGranted: false })
    say(core, n3, { kind: 'vote', term: 1, isGranted: true })
    expect(core.view.role).toBe('candidate')
  })

  it('EL10 a majority of refusals ends a candidacy before its time', () => {
    const core = candidate()
    say(core, n2, { kind: 'vote', term: 1, isGranted: false })
    say(core, n2, { kind: 'vote', term: 1, isGranted: false })
    expect(core.view.role).toBe('candidate')
    const lost = say(core, n3, { kind: 'vote', term: 1, isGranted: false })
    expect(core.view).toMatchObject({ role: 'follower', votedFor: n1 })
    expect(lost.notes).toMatchObject([{ why: 'lost-majority' }])
  })
})

function fiveFounders() {
  return ['n1', 'n2', 'n3', 'n4', 'n5'].map((node) => ({ node: node as typeof n1, incarnation: 1, isVoter: true }))
}
