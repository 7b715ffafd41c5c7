import { describe, expect, it } from 'vitest'
import { Group, timing } from './testing/group.ts'

describe('stories of a group of three', () => {
  it('the first to lose patience is elected', () => {
    const group = new Group()
    group.untilItStands('n1')
    group.deliver()
    expect(group.text()).toMatchInlineSnapshot(`
      "n1: election wait is over
      n1: follower to pre-candidate, term 0, heard-no-leader
      n1 -> n2 pre-vote-request term 1 with 0/0
      n1 -> n3 pre-vote-request term 1 with 0/0
      n2 -> n1 pre-vote term 1 yes from term 0
      n1: votes for n1 in term 1
      n1: pre-candidate to candidate, term 1, majority-would-vote
      n3 -> n1 pre-vote term 1 yes from term 0
      n1 -> n2 vote-request term 1 with 0/0
      n2: votes for n1 in term 1
      n1 -> n3 vote-request term 1 with 0/0
      n3: votes for n1 in term 1
      n2 -> n1 vote term 1 yes
      n1: candidate to leader, term 1, majority-voted
      n3 -> n1 vote term 1 yes
      n1 -> n2 heartbeat term 1 round 1 commit 0
      n1 -> n3 heartbeat term 1 round 1 commit 0
      n1 -> n2 append term 1 [1/1] after 0/0 commit 0
      n1 -> n3 append term 1 [1/1] after 0/0 commit 0
      n2 -> n1 heartbeat-answer term 1 round 1 last 0
      n3 -> n1 heartbeat-answer term 1 round 1 last 0
      n2 -> n1 append-answer term 1 up to 1
      n1 applies 1/1
      n3 -> n1 append-answer term 1 up to 1
      n1 -> n2 commit term 1 up to 1
      n2 applies 1/1
      n1 -> n3 commit term 1 up to 1
      n3 applies 1/1"
    `)
  })

  it('a peer that was cut off comes back, and deposes nobody', () => {
    const group = new Group()
    group.elect('n1')
    group.untilItStands('n3')
    group.lose()
    group.text()
    group.tick('n3', 60)
    group.lose()
    group.text()
    group.tick('n1', timing.heartbeatTicks)
    group.deliver()
    expect(group.text()).toMatchInlineSnapshot(`
      "n1 -> n2 heartbeat term 1 round 2 commit 1
      n1 -> n3 heartbeat term 1 round 2 commit 1
      n3: pre-candidate to follower, term 1, heard-leader (n1)
      n2 -> n1 heartbeat-answer term 1 round 2 last 1
      n3 -> n1 heartbeat-answer term 1 round 2 last 1"
    `)
  })

  it('two rivals split the vote, and a new round decides', () => {
    const group = new Group({ founders: ['n1', 'n2'] })
    group.untilItStands('n1')
    group.untilItStands('n2')
    group.deliver()
    group.untilItStands('n2')
    group.deliver()
    expect(group.text()).toMatchInlineSnapshot(`
      "n1: election wait is over
      n1: follower to pre-candidate, term 0, heard-no-leader
      n2: election wait is over
      n2: follower to pre-candidate, term 0, heard-no-leader
      n1 -> n2 pre-vote-request term 1 with 0/0
      n2 -> n1 pre-vote-request term 1 with 0/0
      n2 -> n1 pre-vote term 1 yes from term 0
      n1: votes for n1 in term 1
      n1: pre-candidate to candidate, term 1, majority-would-vote
      n1 -> n2 pre-vote term 1 yes from term 0
      n2: votes for n2 in term 1
      n2: pre-candidate to candidate, term 1, majority-would-vote
      n1 -> n2 vote-request term 1 with 0/0
      n2 -> n1 vote-request term 1 with 0/0
      n2 -> n1 vote term 1 no
      n1: candidate to follower, term 1, lost-majority
      n1 -> n2 vote term 1 no
      n2: candidate to follower, term 1, lost-majority
      n2: election wait is over
      n2: follower to pre-candidate, term 1, heard-no-leader
      n2 -> n1 pre-vote-request term 2 with 0/0
      n1 -> n2 pre-vote term 2 yes from term 1
      n2: votes for n2 in term 2
      n2: pre-candidate to candidate, term 2, majority-would-vote
      n2 -> n1 vote-request term 2 with 0/0
      n1: votes for n2 in term 2
      n1 -> n2 vote term 2 yes
      n2: candidate to leader, term 2, majority-voted
      n2 -> n1 heartbeat term 2 round 1 commit 0
      n2 -> n1 append term 2 [1/2] after 0/0 commit 0
      n1 -> n2 heartbeat-answer term 2 round 1 last 0
      n1 -> n2 append-answer term 2 up to 1
      n2 applies 1/2
      n2 -> n1 commit term 2 up to 1
      n1 applies 1/2"
    `)
  })

  it('a leader that was cut off gives up, and follows its successor when it hears of it', () => {
    const group = new Group({ seed: 'patient n3' })
    group.elect('n1')
    for (const peer of ['n2', 'n3']) {
      group.cut('n1', peer)
      group.cut(peer, 'n1')
    }
    group.tick('n1', timing.electionTicksMin - 1)
    group.lose()
    group.tick('n1')
    group.tick('n3', timing.electionTicksMin)
    group.untilItStands('n2')
    group.deliver()
    group.heal()
    group.tick('n2', timing.heartbeatTicks)
    group.deliver()
    expect(group.text()).toMatchInlineSnapshot(`
      "n1: check-quorum wait is over
      n1: leader to follower, term 1, no-majority-answered
      n2: election wait is over
      n2: follower to pre-candidate, term 1, heard-no-leader (n1 was silent)
      n2 -> n1 pre-vote-request term 2 with 1/1 (cut)
      n2 -> n3 pre-vote-request term 2 with 1/1
      n3 -> n2 pre-vote term 2 yes from term 1
      n2: votes for n2 in term 2
      n2: pre-candidate to candidate, term 2, majority-would-vote
      n2 -> n1 vote-request term 2 with 1/1 (cut)
      n2 -> n3 vote-request term 2 with 1/1
      n3: votes for n2 in term 2
      n3 -> n2 vote term 2 yes
      n2: candidate to leader, term 2, majority-voted
      n2 -> n1 heartbeat term 2 round 1 commit 0 (cut)
      n2 -> n3 heartbeat term 2 round 1 commit 0
      n2 -> n1 append term 2 [2/2] after 1/1 commit 1 (cut)
      n2 -> n3 append term 2 [2/2] after 1/1 commit 1
      n3 -> n2 heartbeat-answer term 2 round 1 last 1
      n3 -> n2 append-answer term 2 up to 2
      n2 applies 2/2
      n2 -> n3 commit term 2 up to 2
      n3 applies 2/2
      n2 -> n1 heartbeat term 2 round 2 commit 0
      n2 -> n3 heartbeat term 2 round 2 commit 2
      n1 -> n2 heartbeat-answer term 2 round 2 last 1
      n3 -> n2 heartbeat-answer term 2 round 2 last 2
      n2 -> n1 append term 2 [2/2] after 1/1 commit 2
      n1 applies 2/2
      n1 -> n2 append-answer term 2 up to 2"
    `)
  })

  it('a peer that went ahead alone gets back in: the old leader is told, and a new election follows', () => {
    const group = new Group({ seed: 'patient n2' })
    group.elect('n1')
    group.tick('n2', timing.electionTicksMin)
    group.untilItStands('n3')
    group.cut('n3', 'n1')
    group.deliver()
    expect(group.view('n3').role).toBe('leader')
    group.heal()
    group.text()
    group.tick('n1', timing.heartbeatTicks)
    group.deliver()
    expect(group.text()).toMatchInlineSnapshot(`
      "n1 -> n2 heartbeat term 1 round 2 commit 1
      n1 -> n3 heartbeat term 1 round 2 commit 1
      n2 -> n1 heartbeat-answer term 2 round 0 last 2
      n1: leader to follower, term 2, saw-newer-term
      n3 -> n1 heartbeat-answer term 2 round 0 last 2"
    `)
  })

  it('a candidate that came too late is ahead alone, until its answer to a heartbeat ends the old reign', () => {
    const group = new Group({ seed: 'patient n2' })
    group.elect('n1')
    group.tick('n2', timing.electionTicksMin)
    group.untilItStands('n3')
    group.cut('n3', 'n1')
    // Its pre-vote is granted; before its request for votes arrives, the leader is heard again.
    group.hear('n3', 'n2', { kind: 'pre-vote', term: 2, isGranted: true, voterTerm: 1, incarnation: 1 })
    group.lose()
    group.heal()
    group.text()
    group.tick('n1', timing.heartbeatTicks)
    group.deliver()
    expect(group.text()).toMatchInlineSnapshot(`
      "n1 -> n2 heartbeat term 1 round 2 commit 1
      n1 -> n3 heartbeat term 1 round 2 commit 1
      n2 -> n1 heartbeat-answer term 1 round 2 last 1
      n3 -> n1 heartbeat-answer term 2 round 0 last 1
      n1: leader to follower, term 2, saw-newer-term"
    `)
  })

  it('a vote that could not be written is not given, and the node stays out until it can', () => {
    const group = new Group()
    group.untilItStands('n1')
    group.fillDisk('n2')
    group.cut('n1', 'n3')
    group.deliver()
    expect(group.text()).toMatchInlineSnapshot(`
      "n1: election wait is over
      n1: follower to pre-candidate, term 0, heard-no-leader
      n1 -> n2 pre-vote-request term 1 with 0/0
      n1 -> n3 pre-vote-request term 1 with 0/0 (cut)
      n2 -> n1 pre-vote term 1 yes from term 0
      n1: votes for n1 in term 1
      n1: pre-candidate to candidate, term 1, majority-would-vote
      n1 -> n2 vote-request term 1 with 0/0
      n2 cannot write
      n1 -> n3 vote-request term 1 with 0/0 (cut)"
    `)
    expect(group.view('n2')).toMatchObject({ term: 0, votedFor: null, electionTicksLeft: null })
    group.freeDisk('n2')
    group.untilItStands('n1')
    group.deliver()
    expect(group.text()).toMatchInlineSnapshot(`
      "n1: election wait is over
      n1: candidate to pre-candidate, term 1, heard-no-leader
      n1 -> n2 pre-vote-request term 2 with 0/0
      n1 -> n3 pre-vote-request term 2 with 0/0 (cut)
      n2 -> n1 pre-vote term 2 yes from term 0
      n1: votes for n1 in term 2
      n1: pre-candidate to candidate, term 2, majority-would-vote
      n1 -> n2 vote-request term 2 with 0/0
      n2: votes for n1 in term 2
      n1 -> n3 vote-request term 2 with 0/0 (cut)
      n2 -> n1 vote term 2 yes
      n1: candidate to leader, term 2, majority-voted
      n1 -> n2 heartbeat term 2 round 1 commit 0
      n1 -> n3 heartbeat term 2 round 1 commit 0 (cut)
      n1 -> n2 append term 2 [1/2] after 0/0 commit 0
      n1 -> n3 append term 2 [1/2] after 0/0 commit 0 (cut)
      n2 -> n1 heartbeat-answer term 2 round 1 last 0
      n2 -> n1 append-answer term 2 up to 1
      n1 applies 1/2
      n1 -> n2 commit term 2 up to 1
      n2 applies 1/2"
    `)
  })
})
