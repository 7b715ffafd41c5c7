import { describe, expect, it } from 'vitest'
import type { RaftCore } from './core.ts'
import { changed, founded } from './membership.ts'
import type { RaftOutput } from './messages.ts'
import { favour, timing } from './testing/group.ts'
import {
  acknowledge,
  answers,
  append,
  beat,
  beatAnswer,
  coreOf,
  entriesFrom,
  n1,
  n2,
  n3,
  n4,
  patient,
  propose,
  restored,
  say,
  settledLeader,
  tick,
  ticks,
  wordsOf,
} from './testing/one-core.ts'

const { electionTicksMin, electionTicksSpread, heartbeatTicks } = timing
const { favouriteWaitTicks } = favour
const standNow = { kind: 'stand-now', term: 1 } as const
const handOver = (to: typeof n1) => ({ kind: 'hand-over', to }) as const
const told = (output: RaftOutput) => output.messages.filter(({ message }) => message.kind === 'stand-now')

/** So many ticks in which both peers answer. */
function live(core: RaftCore, count: number, peers: readonly (typeof n1)[] = [n2, n3]): RaftOutput[] {
  return Array.from({ length: count }, () => {
    const output = core.step([tick])
    for (const peer of peers) say(core, peer, beatAnswer(core.view.term, 0, core.view.last.index))
    return output
  })
}

describe('handing over', () => {
  it('HO1 HO2 whoever has everything is told to stand at once', () => {
    const core = settledLeader()
    const output = core.step([handOver(n2)])
    expect(answers(output, n2)).toEqual([standNow])
    expect(output.notes).toEqual([{ kind: 'handing-over', to: n2, why: 'asked' }])
    expect(core.view).toMatchObject({ role: 'leader', handingOverTo: n2 })
  })

  it('HO2 who lacks something is told when it has it, and nothing new is accepted meanwhile', () => {
    const core = settledLeader()
    core.step([propose(1)])
    const output = core.step([handOver(n2), propose(2), { kind: 'read', ref: 3 }])
    expect([told(output), output.refused]).toEqual([[], [{ ref: 2, why: 'handing-over' }]])
    const change = { kind: 'change-members', ref: 4, change: { kind: 'remove', node: n3 }, atMs: 0 } as const
    expect(core.step([change]).refused).toEqual([{ ref: 4, why: 'handing-over' }])
    expect(told(acknowledge(core, n2))).toHaveLength(1)
  })

  it.each([
    [
      'a learner',
      n4,
      settledLeader({ members: changed(founded([n1, n2, n3]), { kind: 'add', node: n4, incarnation: 1 })! }),
    ],
    ['a stranger', n4, settledLeader()],
    ['itself', n1, settledLeader()],
    ['one that is silent', n3, silentTo(n3)],
  ])('HO1 does not hand over to %s', (_, to, core) => {
    const output = core.step([handOver(to)])
    expect([told(output), core.view.handingOverTo]).toEqual([[], null])
  })

  it('HO3 who is told so stands without pre-votes, and says by whose leave', () => {
    const core = restored({ term: 1, votedFor: null })
    const output = say(core, n2, standNow)
    expect(output.persist?.hard).toEqual({ term: 2, votedFor: n1 })
    expect(answers(output, n3)).toEqual([
      { kind: 'vote-request', term: 2, last: { index: 0, term: 0 }, isHandOver: true },
    ])
    expect(core.view).toMatchObject({ role: 'candidate', leader: null })
  })

  it('HO3 the leader’s leave opens the vote of those who are led, its own as well', () => {
    const plea = { kind: 'vote-request', term: 2, last: { index: 1, term: 1 }, isHandOver: true } as const
    const follower = patient({ terms: [1] })
    say(follower, n2, beat(1))
    expect(answers(say(follower, n3, plea))).toEqual([{ kind: 'vote', term: 2, isGranted: true }])
    const core = settledLeader()
    expect(answers(say(core, n2, plea))).toEqual([{ kind: 'vote', term: 2, isGranted: true }])
    expect(core.view).toMatchObject({ role: 'follower', term: 2 })
  })

  it('HO3 it opens no vote for a log that is older', () => {
    const core = coreOf({ terms: [1, 1] })
    const plea = { kind: 'vote-request', term: 2, last: { index: 1, term: 1 }, isHandOver: true } as const
    expect(answers(say(core, n2, plea))).toEqual([{ kind: 'vote', term: 2, isGranted: false }])
  })

  it('HO3 who is no voter does not stand, and who has stood does not do so twice', () => {
    const learner = coreOf({ members: founded([n2, n3]) })
    expect(say(learner, n2, standNow).messages).toEqual([])
    const core = restored({ term: 1, votedFor: null })
    say(core, n2, standNow)
    expect(answers(say(core, n2, standNow))).toMatchObject([{ kind: 'heartbeat-answer', term: 2 }])
    expect(core.view.term).toBe(2)
  })

  it('HO4 is told again with each heartbeat, and over after the minimum', () => {
    const core = settledLeader()
    core.step([handOver(n2)])
    const outputs = live(core, electionTicksMin)
    expect(outputs.filter((output) => told(output).length > 0).length).toBe(electionTicksMin / heartbeatTicks - 1)
    expect(core.view).toMatchObject({ role: 'leader', handingOverTo: null })
    expect(core.step([propose(1)]).accepted).toHaveLength(1)
  })

  it('HO4 is not prolonged by who asks for another one meanwhile', () => {
    const core = settledLeader()
    for (let waited = 0; waited < electionTicksMin; waited += 1) {
      core.step([handOver(waited % 2 === 0 ? n2 : n3)])
      live(core, 1)
    }
    expect(core.view.handingOverTo).toBeNull()
  })
})

describe('who is chosen', () => {
  const favouring = { config: { favourites: [n2] } }

  it('CH1 a wish stands above the favourites, and can be taken back', () => {
    const core = settledLeader(favouring)
    expect(core.view.favourite).toBe(n2)
    core.step([{ kind: 'wish', leader: n3 }])
    expect(core.view.favourite).toBe(n3)
    core.step([{ kind: 'wish', leader: null }])
    expect(core.view.favourite).toBe(n2)
  })

  it('CH1 a wish makes nobody a leader whom the votes do not', () => {
    const core = coreOf()
    core.step([{ kind: 'wish', leader: n1 }])
    ticks(core, 100)
    expect(core.view.role).not.toBe('leader')
  })

  it('CH2 with no leader the chosen one waits as short as any may, each time; the others keep their waits', () => {
    const core = coreOf({ config: { favourites: [n1, n2] } })
    for (let rounds = 0; rounds < 20; rounds += 1) {
      expect(core.view.electionTicksOf).toBe(electionTicksMin)
      ticks(core, electionTicksMin)
    }
    const other = coreOf({ config: { favourites: [n2, n1] } })
    const waits = Array.from({ length: 50 }, () => {
      const { electionTicksOf, electionTicksLeft } = other.view
      ticks(other, electionTicksLeft!)
      return electionTicksOf!
    })
    expect(Math.max(...waits)).toBe(electionTicksMin + electionTicksSpread - 1)
  })

  it('CH2 when its leader falls silent, the chosen one stands as soon as nobody counts as leading', () => {
    for (const [favourite, isFirst] of [
      [n1, true],
      [n2, false],
    ] as const) {
      const core = coreOf({ config: { favourites: [favourite], electionTicksSpread: 1_000 } })
      say(core, n3, beat(1))
      ticks(core, electionTicksMin)
      expect(core.view.role === 'pre-candidate').toBe(isFirst)
    }
  })

  it('CH2 a wish shortens a wait that has begun', () => {
    const core = coreOf()
    ticks(core, 2)
    core.step([{ kind: 'wish', leader: n1 }])
    expect(core.view).toMatchObject({ electionTicksOf: electionTicksMin, electionTicksLeft: electionTicksMin - 2 })
  })

  it('CH3 a live leader hands over to a favourite that has been well for the whole wait', () => {
    const core = settledLeader(favouring)
    const outputs = live(core, favouriteWaitTicks)
    expect(outputs.findIndex((output) => told(output).length > 0)).toBe(favouriteWaitTicks - 1)
    expect(outputs.at(-1)?.notes).toEqual([{ kind: 'handing-over', to: n2, why: 'favourite' }])
  })

  it('CH3 one that comes and goes begins its wait again, and deposes nobody', () => {
    const core = settledLeader(favouring)
    for (let times = 0; times < 5; times += 1) {
      live(core, favouriteWaitTicks - electionTicksMin)
      live(core, electionTicksMin, [n3])
    }
    expect(core.view).toMatchObject({ role: 'leader', handingOverTo: null })
  })

  it('CH3 hands over to the best that is there', () => {
    const core = settledLeader({ config: { favourites: [n2, n3] } })
    live(core, electionTicksMin, [n3])
    const output = live(core, favouriteWaitTicks, [n3]).find((each) => told(each).length > 0)
    expect(output?.notes).toMatchObject([{ to: n3, why: 'favourite' }])
  })

  it('CH1 CH3 hands over to whom somebody wishes, before any favourite', () => {
    const core = settledLeader(favouring)
    core.step([{ kind: 'wish', leader: n3 }])
    expect(live(core, favouriteWaitTicks).at(-1)?.notes).toMatchObject([{ to: n3, why: 'favourite' }])
  })

  it('CH3 a leader that is itself the best hands over to nobody', () => {
    const core = settledLeader({ config: { favourites: [n1, n2] } })
    for (const output of live(core, 3 * favouriteWaitTicks)) expect(told(output)).toEqual([])
  })

  it('CH3 HO4 a favourite that does not take over is waited for again', () => {
    const core = settledLeader(favouring)
    live(core, favouriteWaitTicks + electionTicksMin)
    const again = live(core, favouriteWaitTicks).map(({ notes }) => notes.length)
    expect(again.indexOf(1)).toBe(favouriteWaitTicks - 1)
  })

  it('CH3 what was asked for goes before what the group would like', () => {
    const core = settledLeader(favouring)
    live(core, favouriteWaitTicks)
    expect(core.view.handingOverTo).toBe(n2)
    expect(answers(core.step([handOver(n3)]), n3)).toEqual([standNow])
  })
})

/** n1 leads, and this one has said nothing for the minimum. */
function silentTo(silent: typeof n1): RaftCore {
  const core = settledLeader()
  live(
    core,
    electionTicksMin,
    [n2, n3].filter((peer) => peer !== silent),
  )
  return core
}

it('HO3 an append of the old leader that comes late does not undo the candidacy', () => {
  const core = coreOf({ terms: [1] })
  say(core, n2, standNow)
  say(core, n2, append(1, { index: 1, term: 1 }, entriesFrom(2, [1])))
  expect(core.view).toMatchObject({ role: 'candidate', last: { index: 1, term: 1 } })
  expect(wordsOf(say(core, n3, { kind: 'vote', term: 2, isGranted: true }), 'append', n3)).toHaveLength(1)
})
