import { describe, expect, it } from 'vitest'
import { Group, timing } from './testing/group.ts'

const { electionTicksMin, electionTicksSpread, heartbeatTicks } = timing

function membersOf(group: Group, id: string): string {
  return group
    .view(id)
    .membership.map(({ node, incarnation, isVoter }) => `${node}/${incarnation}${isVoter ? '' : ' learning'}`)
    .join(', ')
}

/** What happened to the members, and nothing else. */
function news(group: Group): string {
  const about = / join| disown|members are|applies|lost|snapshot|stand-now|hands over|to follower|to leader|disowned/
  return group
    .text()
    .split('\n')
    .filter((line) => about.test(line))
    .join('\n')
}

describe('stories of members', () => {
  it('a node that lost its disk: it asks, is removed as who it was, learns, and votes again', () => {
    const group = new Group()
    group.elect('n1')
    group.propose('n1', 'a', 'b')
    group.deliver()
    group.text()
    group.loseDisk('n3')
    group.pass(electionTicksMin + electionTicksSpread)
    expect(news(group)).toMatchInlineSnapshot(`
      "n3 -> n1 join term 1
      n1: members are n1, n2, by entry 4
      n2: members are n1, n2, by entry 4
      n1 applies 4/1
      n2 applies 4/1
      n1: members are n1, n2, n3 learning, by entry 5
      n2: members are n1, n2, n3 learning, by entry 5
      n3 -> n1 join term 1
      n1 applies 5/1
      n2 applies 5/1
      n3: members are n1, n2, by entry 4
      n3: members are n1, n2, n3 learning, by entry 5
      n3 applies 1/1
      n3 applies 2/1 a
      n3 applies 3/1 b
      n3 applies 4/1
      n3 applies 5/1
      n1: members are n1, n2, n3, by entry 6
      n2: members are n1, n2, n3, by entry 6
      n3: members are n1, n2, n3, by entry 6
      n1 applies 6/1
      n2 applies 6/1
      n3 applies 6/1"
    `)
    for (const id of group.ids) expect(membersOf(group, id)).toBe('n1/1, n2/1, n3/2')
    expect(group.disk('n3').commands).toEqual(['a', 'b'])
  })

  it('the same when the entry that takes it in is cut, and nobody remembers that it had asked', () => {
    const group = new Group({ founders: ['n1', 'n2', 'n3', 'n4', 'n5'] })
    group.elect('n1')
    group.loseDisk('n5')
    while (!membersOf(group, 'n1').includes('n5/2')) {
      group.deliver()
      for (const id of group.ids) group.tick(id)
    }
    for (const other of ['n2', 'n3', 'n4']) {
      group.cut('n1', other)
      group.cut('n5', other)
      group.cut(other, 'n5')
    }
    group.pass(10 * (electionTicksMin + electionTicksSpread))
    expect(membersOf(group, 'n5')).toContain('n5/2 learning')
    for (const id of ['n1', 'n2', 'n3', 'n4']) expect(membersOf(group, id)).toBe('n1/1, n2/1, n3/1, n4/1')
    group.heal()
    group.pass(5 * (electionTicksMin + electionTicksSpread))
    for (const id of group.ids) expect(membersOf(group, id)).toBe('n1/1, n2/1, n3/1, n4/1, n5/2')
  })

  it('the same with a log that begins behind a snapshot', () => {
    const group = new Group()
    group.elect('n1')
    group.propose('n1', 'a', 'b')
    group.deliver()
    group.step('n1', { kind: 'compact', upTo: 3 })
    group.loseDisk('n3')
    group.text()
    group.pass(electionTicksMin + electionTicksSpread)
    expect(news(group)).toMatchInlineSnapshot(`
      "n3 -> n1 join term 1
      n1: members are n1, n2, by entry 4
      n2: members are n1, n2, by entry 4
      n1 applies 4/1
      n2 applies 4/1
      n1: members are n1, n2, n3 learning, by entry 5
      n2: members are n1, n2, n3 learning, by entry 5
      n3 -> n1 join term 1
      n1 applies 5/1
      n2 applies 5/1
      n1: a snapshot of 5 for n3
      n1 -> n3 snapshot-chunk term 1 of 5/1 number 0
      n3 -> n1 snapshot-answer term 1 wants 1
      n1 -> n3 snapshot-chunk term 1 of 5/1 number 1, the last
      n3: snapshot of 5 installed
      n3 -> n1 snapshot-answer term 1 has all
      n1: members are n1, n2, n3, by entry 6
      n2: members are n1, n2, n3, by entry 6
      n3: members are n1, n2, n3, by entry 6
      n1 applies 6/1
      n2 applies 6/1
      n3 applies 6/1"
    `)
    expect(group.disk('n3').commands).toEqual(['a', 'b'])
    expect(membersOf(group, 'n3')).toBe('n1/1, n2/1, n3/2')
  })

  it('a disk that forgot without a word: the leader sees it, and the node begins anew when it is told', () => {
    const group = new Group()
    group.elect('n1')
    group.propose('n1', 'a', 'b')
    group.deliver()
    group.giveLog('n3', [1])
    group.text()
    group.passUntil('disown')
    group.lose('disown')
    group.passUntil('disown')
    group.deliver()
    group.loseDisk('n3')
    group.pass(electionTicksMin + electionTicksSpread)
    expect(news(group)).toMatchInlineSnapshot(`
      "n1: n3 has lost its disk
      n1 -> n3 disown term 1 life 1 (lost)
      n1: members are n1, n2, by entry 4
      n2: members are n1, n2, by entry 4
      n1 applies 4/1
      n2 applies 4/1
      n1 -> n3 disown term 1 life 1
      n3 is disowned
      n3 -> n1 join term 1
      n1: members are n1, n2, n3 learning, by entry 5
      n2: members are n1, n2, n3 learning, by entry 5
      n1 applies 5/1
      n2 applies 5/1
      n3: members are n1, n2, by entry 4
      n3: members are n1, n2, n3 learning, by entry 5
      n3 applies 1/1
      n3 applies 2/1 a
      n3 applies 3/1 b
      n3 applies 4/1
      n3 applies 5/1
      n1: members are n1, n2, n3, by entry 6
      n2: members are n1, n2, n3, by entry 6
      n3: members are n1, n2, n3, by entry 6
      n1 applies 6/1
      n2 applies 6/1
      n3 applies 6/1"
    `)
    expect(membersOf(group, 'n1')).toBe('n1/1, n2/1, n3/2')
  })

  it('two of three disks are lost: the group stops, and all who hear of it say so', () => {
    const group = new Group()
    group.elect('n1')
    group.propose('n1', 'a')
    group.deliver()
    group.text()
    for (const id of ['n2', 'n3']) group.loseDisk(id)
    group.pass(electionTicksMin + electionTicksSpread)
    expect(news(group)).toMatchInlineSnapshot(`
      "n2 -> n1 join term 1
      n3 -> n1 join term 1
      n1: the group is lost with the disks of n2, n3
      n2 -> n1 join term 1
      n3 -> n1 join term 1
      n2 -> n1 join term 1
      n3 -> n1 join term 1
      n2 -> n1 join term 1
      n3 -> n1 join term 1
      n1: leader to follower, term 1, no-majority-answered
      n2 -> n1 join term 1
      n2 -> n3 join term 1"
    `)
    expect(group.view('n1')).toMatchObject({ role: expect.not.stringContaining('leader'), lost: ['n2', 'n3'] })
    expect(group.ids.map((id) => group.view(id).commitIndex)).toEqual([2, 0, 0])
  })

  it('a stranger is taken in as a learner and made a voter, and then the leader is removed', () => {
    const group = new Group({ strangers: ['n4'] })
    group.elect('n1')
    group.pass(electionTicksMin + electionTicksSpread)
    expect(news(group)).toMatchInlineSnapshot(`
      "n4 -> n1 join term 0
      n4 -> n2 join term 0
      n4 -> n3 join term 0
      n1: members are n1, n2, n3, n4 learning, by entry 2
      n2: members are n1, n2, n3, n4 learning, by entry 2
      n3: members are n1, n2, n3, n4 learning, by entry 2
      n1 applies 2/1
      n2 applies 2/1
      n3 applies 2/1
      n4: members are n1, n2, n3, n4 learning, by entry 2
      n4 applies 1/1
      n4 applies 2/1
      n1: members are n1, n2, n3, n4, by entry 3
      n2: members are n1, n2, n3, n4, by entry 3
      n3: members are n1, n2, n3, n4, by entry 3
      n4: members are n1, n2, n3, n4, by entry 3
      n1 applies 3/1
      n2 applies 3/1
      n3 applies 3/1
      n4 applies 3/1"
    `)
    group.changeMembers('n1', { kind: 'remove', node: group.ids[0]! })
    group.deliver()
    expect(group.story()).toMatchInlineSnapshot(`
      "n1: members are n2, n3, n4, by entry 4
      n1 -> n2 append term 1 [4/1] after 3/1 commit 3
      n2: members are n2, n3, n4, by entry 4
      n1 -> n3 append term 1 [4/1] after 3/1 commit 3
      n3: members are n2, n3, n4, by entry 4
      n1 -> n4 append term 1 [4/1] after 3/1 commit 3
      n4: members are n2, n3, n4, by entry 4
      n2 -> n1 append-answer term 1 up to 4
      n3 -> n1 append-answer term 1 up to 4
      n1: hands over to n2, leaving
      n1: leader to follower, term 1, left-the-group
      n1 applies 4/1
      n4 -> n1 append-answer term 1 up to 4
      n1 -> n2 commit term 1 up to 4
      n2 applies 4/1
      n1 -> n3 commit term 1 up to 4
      n3 applies 4/1
      n1 -> n2 stand-now term 1
      n2: votes for n2 in term 2
      n2: follower to candidate, term 2, was-handed-over
      n2 -> n3 vote-request term 2 with 4/1, handed over
      n3: votes for n2 in term 2
      n2 -> n4 vote-request term 2 with 4/1, handed over
      n4: votes for n2 in term 2
      n3 -> n2 vote term 2 yes
      n2: candidate to leader, term 2, majority-voted
      n4 -> n2 vote term 2 yes
      n2 -> n3 append term 2 [5/2] after 4/1 commit 4
      n2 -> n4 append term 2 [5/2] after 4/1 commit 4
      n4 applies 4/1
      n3 -> n2 append-answer term 2 up to 5
      n2 applies 5/2
      n4 -> n2 append-answer term 2 up to 5
      n2 -> n3 commit term 2 up to 5
      n3 applies 5/2
      n2 -> n4 commit term 2 up to 5
      n4 applies 5/2"
    `)
    expect(membersOf(group, 'n2')).toBe('n2/1, n3/1, n4/1')
    group.pass(10 * electionTicksMin, ['n1'])
    expect(group.text()).toBe('')
  })

  it('a leader removes itself from two and falls before anyone hears of it: it comes back to finish that', () => {
    const group = new Group({ founders: ['n1', 'n2'] })
    group.elect('n1')
    group.changeMembers('n1', { kind: 'remove', node: group.ids[0]! })
    group.lose()
    group.restart('n1')
    group.text()
    group.pass(3 * electionTicksMin)
    group.pass(heartbeatTicks)
    expect(group.story()).toMatchInlineSnapshot(`
      "n1: election wait is over
      n1: follower to pre-candidate, term 1, heard-no-leader
      n1 -> n2 pre-vote-request term 2 with 2/1
      n2 -> n1 pre-vote term 2 yes from term 1
      n1: votes for n1 in term 2
      n1: pre-candidate to candidate, term 2, majority-would-vote
      n1 -> n2 vote-request term 2 with 2/1
      n2: votes for n1 in term 2
      n2 -> n1 vote term 2 yes
      n1: candidate to leader, term 2, majority-voted
      n1 -> n2 append term 2 [3/2] after 2/1 commit 1
      n2 -> n1 append-refusal term 2 nothing like 2, perhaps 1/1
      n1 -> n2 append term 2 [2/1 3/2] after 1/1 commit 1
      n2: members are n2, by entry 2
      n2 -> n1 append-answer term 2 up to 3
      n1: hands over to n2, leaving
      n1: leader to follower, term 2, left-the-group
      n1 applies 2/1
      n1 applies 3/2
      n1 -> n2 commit term 2 up to 3
      n2 applies 2/1
      n2 applies 3/2
      n1 -> n2 stand-now term 2
      n2: votes for n2 in term 3
      n2: follower to candidate, term 3, was-handed-over
      n2: candidate to leader, term 3, majority-voted
      n2 applies 4/3"
    `)
    expect([membersOf(group, 'n1'), membersOf(group, 'n2')]).toEqual(['n2/1', 'n2/1'])
    expect(group.view('n2').role).toBe('leader')
  })
})
