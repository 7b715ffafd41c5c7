import { describe, expect, it } from 'vitest'
import { favour, Group, timing } from './testing/group.ts'

const { electionTicksMin, heartbeatTicks } = timing
const { favouriteWaitTicks } = favour

describe('stories of who leads', () => {
  it('a leader hands over: the other gets what it lacks, is told, and stands without asking around', () => {
    const group = new Group()
    group.elect('n1')
    group.propose('n1', 'a')
    group.handOver('n1', 'n2')
    group.propose('n1', 'b')
    group.deliver()
    expect(group.text()).toMatchInlineSnapshot(`
      "n1: hands over to n2, asked
      n1 refuses 2: handing-over
      n1 -> n2 append term 1 [2/1] after 1/1 commit 1
      n1 -> n3 append term 1 [2/1] after 1/1 commit 1
      n2 -> n1 append-answer term 1 up to 2
      n1 applies 2/1 a
      n3 -> n1 append-answer term 1 up to 2
      n1 -> n2 commit term 1 up to 2
      n2 applies 2/1 a
      n1 -> n2 stand-now term 1
      n2: votes for n2 in term 2
      n2: follower to candidate, term 2, was-handed-over
      n1 -> n3 commit term 1 up to 2
      n3 applies 2/1 a
      n2 -> n1 vote-request term 2 with 2/1, handed over
      n1: leader to follower, term 2, saw-newer-term
      n1: votes for n2 in term 2
      n2 -> n3 vote-request term 2 with 2/1, handed over
      n3: votes for n2 in term 2
      n1 -> n2 vote term 2 yes
      n2: candidate to leader, term 2, majority-voted
      n3 -> n2 vote term 2 yes
      n2 -> n1 heartbeat term 2 round 1 commit 0
      n2 -> n3 heartbeat term 2 round 1 commit 0
      n2 -> n1 append term 2 [3/2] after 2/1 commit 2
      n2 -> n3 append term 2 [3/2] after 2/1 commit 2
      n1 -> n2 heartbeat-answer term 2 round 1 last 2
      n3 -> n2 heartbeat-answer term 2 round 1 last 2
      n1 -> n2 append-answer term 2 up to 3
      n2 applies 3/2
      n3 -> n2 append-answer term 2 up to 3
      n2 -> n1 commit term 2 up to 3
      n1 applies 3/2
      n2 -> n3 commit term 2 up to 3
      n3 applies 3/2"
    `)
    expect(group.view('n2').role).toBe('leader')
  })

  it('a hand-over to one who cannot be heard comes to nothing, and the leader goes on', () => {
    const group = new Group()
    group.elect('n1')
    group.handOver('n1', 'n2')
    group.isolate('n2')
    group.deliver()
    group.pass(electionTicksMin)
    group.text()
    expect(group.view('n1')).toMatchObject({ role: 'leader', handingOverTo: null })
    group.heal()
    group.propose('n1', 'a')
    group.pass(heartbeatTicks)
    for (const id of group.ids) expect(group.disk(id).commands).toEqual(['a'])
    expect(group.view('n1')).toMatchObject({ role: 'leader', term: 1 })
  })

  it('a favourite comes back: it is caught up, waits its time, and is given the lead', () => {
    const group = new Group({ favourites: ['n3'] })
    group.isolate('n3')
    group.elect('n1')
    group.propose('n1', 'a')
    group.pass(electionTicksMin, ['n1', 'n2'])
    group.heal()
    group.text()
    group.pass(favouriteWaitTicks - 1)
    expect(group.view('n1').role).toBe('leader')
    group.text()
    group.pass(heartbeatTicks + 1)
    expect(group.story()).toMatchInlineSnapshot(`
      "n1: hands over to n3, favourite
      n1 -> n3 stand-now term 1
      n3: votes for n3 in term 2
      n3: follower to candidate, term 2, was-handed-over
      n3 -> n1 vote-request term 2 with 2/1, handed over
      n1: leader to follower, term 2, saw-newer-term
      n1: votes for n3 in term 2
      n3 -> n2 vote-request term 2 with 2/1, handed over
      n2: votes for n3 in term 2
      n1 -> n3 vote term 2 yes
      n3: candidate to leader, term 2, majority-voted
      n2 -> n3 vote term 2 yes
      n3 -> n1 append term 2 [3/2] after 2/1 commit 2
      n3 -> n2 append term 2 [3/2] after 2/1 commit 2
      n1 -> n3 append-answer term 2 up to 3
      n3 applies 3/2
      n2 -> n3 append-answer term 2 up to 3
      n3 -> n1 commit term 2 up to 3
      n1 applies 3/2
      n3 -> n2 commit term 2 up to 3
      n2 applies 3/2"
    `)
    expect(group.view('n3')).toMatchObject({ role: 'leader', term: 2 })
  })

  it('a favourite that flaps deposes nobody, however often it comes back', () => {
    const group = new Group({ favourites: ['n3'] })
    group.isolate('n3')
    group.elect('n1')
    for (let times = 0; times < 10; times += 1) {
      group.heal()
      group.pass(favouriteWaitTicks - electionTicksMin)
      group.isolate('n3')
      group.pass(2 * electionTicksMin)
    }
    expect(group.ids.map((id) => group.view(id).term)).toEqual([1, 1, 1])
    expect(group.view('n1').role).toBe('leader')
  })

  it('with no leader the chosen one stands first', () => {
    const group = new Group({ favourites: ['n2'] })
    group.pass(electionTicksMin)
    expect(group.text().split('\n').slice(0, 4).join('\n')).toMatchInlineSnapshot(`
      "n2: election wait is over
      n2: follower to pre-candidate, term 0, heard-no-leader
      n2 -> n1 pre-vote-request term 1 with 0/0
      n2 -> n3 pre-vote-request term 1 with 0/0"
    `)
    expect(group.view('n2').role).toBe('leader')
  })
})
