import { describe, expect, it } from 'vitest'
import { Group, timing } from './testing/group.ts'

/** The places in a node's log, as index/term. */
function logOf(group: Group, id: string): string {
  return group
    .disk(id)
    .entries.map(({ index, term }) => `${index}/${term}`)
    .join(' ')
}

describe('stories of a log', () => {
  it('a write, from its proposal to the state of everyone', () => {
    const group = new Group()
    group.elect('n1')
    group.propose('n1', 'red', 'blue')
    group.deliver()
    expect(group.text()).toMatchInlineSnapshot(`
      "n1 -> n2 append term 1 [2/1 3/1] after 1/1 commit 1
      n1 -> n3 append term 1 [2/1 3/1] after 1/1 commit 1
      n2 -> n1 append-answer term 1 up to 3
      n1 applies 2/1 red
      n1 applies 3/1 blue
      n3 -> n1 append-answer term 1 up to 3
      n1 -> n2 commit term 1 up to 3
      n2 applies 2/1 red
      n2 applies 3/1 blue
      n1 -> n3 commit term 1 up to 3
      n3 applies 2/1 red
      n3 applies 3/1 blue"
    `)
    for (const id of group.ids) expect(group.disk(id).commands).toEqual(['red', 'blue'])
  })

  it('what a cut-off leader had taken in and nobody else has is overwritten when it comes back', () => {
    const group = new Group()
    group.elect('n1')
    group.isolate('n1')
    group.propose('n1', 'lost', 'lost-too')
    group.lose()
    group.pass(timing.electionTicksMin, ['n1'])
    group.tick('n3', timing.electionTicksMin)
    group.lose()
    group.untilItStands('n2')
    group.deliver()
    group.propose('n2', 'kept')
    group.deliver()
    expect([logOf(group, 'n1'), logOf(group, 'n2')]).toEqual(['1/1 2/1 3/1', '1/1 2/2 3/2'])
    group.heal()
    group.text()
    group.pass(2 * timing.heartbeatTicks)
    expect(group.story()).toMatchInlineSnapshot(`
      "n2 -> n1 append term 2 [2/2 3/2] after 1/1 commit 3
      n1: cuts 2 to 3
      n1 applies 2/2
      n1 applies 3/2 kept
      n1 -> n2 append-answer term 2 up to 3"
    `)
    for (const id of group.ids) expect(group.disk(id).commands).toEqual(['kept'])
  })

  it('a peer that missed the ends of four reigns is asked one question a term', () => {
    const group = new Group({ founders: ['n1', 'n2', 'n3', 'n4', 'n5'] })
    // Each reign leaves a tail on its own peer, and some on n5.
    group.giveLog('n1', [1, 1, 2, 2, 4, 4, 4])
    group.giveLog('n2', [1, 1, 2, 2, 4, 4])
    group.giveLog('n3', [1, 1, 2, 2, 4])
    group.giveLog('n4', [1, 1, 2, 2])
    group.giveLog('n5', [1, 1, 1, 1, 3, 3, 3, 3, 3])
    for (const id of group.ids) group.tick(id, timing.electionTicksMin)
    group.lose()
    group.untilItStands('n1')
    group.text()
    group.deliver()
    const lines = group.text().split('\n')
    expect(
      lines.filter((line) => /n1 -> n5 append|n5 -> n1 append|n5: cuts/.test(line)).join('\n'),
    ).toMatchInlineSnapshot(`
      "n1 -> n5 append term 5 [8/5] after 7/4 commit 0
      n5 -> n1 append-refusal term 5 nothing like 7, perhaps 7/3
      n1 -> n5 append term 5 [5/4 6/4 7/4 8/5] after 4/2 commit 0
      n5 -> n1 append-refusal term 5 nothing like 4, perhaps 4/1
      n1 -> n5 append term 5 [3/2 4/2 5/4 6/4 7/4 8/5] after 2/1 commit 8
      n5: cuts 3 to 9
      n5 -> n1 append-answer term 5 up to 8"
    `)
    for (const id of group.ids) expect(logOf(group, id)).toBe('1/1 2/1 3/2 4/2 5/4 6/4 7/4 8/5')
  })

  it('an answer that is lost on the way holds a write up for a heartbeat, not for ever', () => {
    const group = new Group({ founders: ['n1', 'n2'] })
    group.elect('n1')
    group.cut('n2', 'n1')
    group.propose('n1', 'red')
    group.deliver()
    group.heal()
    group.text()
    group.pass(timing.heartbeatTicks)
    expect(group.text()).toMatchInlineSnapshot(`
      "n1 -> n2 heartbeat term 1 round 2 commit 1
      n2 -> n1 heartbeat-answer term 1 round 2 last 2
      n1 -> n2 append term 1 [2/1] after 1/1 commit 1
      n2 -> n1 append-answer term 1 up to 2
      n1 applies 2/1 red
      n1 -> n2 commit term 1 up to 2
      n2 applies 2/1 red"
    `)
  })

  it('a leader that was deposed without knowing answers no read, and the new one does', () => {
    const group = new Group()
    group.elect('n1')
    group.isolate('n1')
    group.tick('n3', timing.electionTicksMin)
    group.untilItStands('n2')
    group.deliver()
    group.propose('n2', 'new')
    group.deliver()
    group.text()
    expect([group.view('n1').role, group.view('n2').role]).toEqual(['leader', 'leader'])
    group.read('n1')
    group.read('n2')
    group.deliver()
    group.tick('n1', timing.electionTicksMin)
    group.deliver()
    expect(group.text()).toMatchInlineSnapshot(`
      "n1 -> n2 heartbeat term 1 round 2 commit 1 (cut)
      n1 -> n3 heartbeat term 1 round 2 commit 1 (cut)
      n2 -> n1 heartbeat term 2 round 2 commit 0 (cut)
      n2 -> n3 heartbeat term 2 round 2 commit 3
      n3 -> n2 heartbeat-answer term 2 round 2 last 3
      n2 answers read 3 at 3
      n1: check-quorum wait is over
      n1: leader to follower, term 1, no-majority-answered
      n1 refuses 2: not-leader
      n1 -> n2 heartbeat term 1 round 3 commit 1 (cut)
      n1 -> n3 heartbeat term 1 round 3 commit 1 (cut)
      n1 -> n2 heartbeat term 1 round 4 commit 1 (cut)
      n1 -> n3 heartbeat term 1 round 4 commit 1 (cut)
      n1 -> n2 heartbeat term 1 round 5 commit 1 (cut)
      n1 -> n3 heartbeat term 1 round 5 commit 1 (cut)
      n1 -> n2 heartbeat term 1 round 6 commit 1 (cut)
      n1 -> n3 heartbeat term 1 round 6 commit 1 (cut)"
    `)
  })

  it('a step that the disk refused did not happen: neither written, nor sent, nor answered', () => {
    const group = new Group()
    group.elect('n1')
    group.fillDisk('n1')
    group.propose('n1', 'red')
    group.deliver()
    expect(group.text()).toMatchInlineSnapshot(`"n1 cannot write"`)
    expect(logOf(group, 'n1')).toBe('1/1')
    group.tick('n3', timing.electionTicksMin)
    group.lose()
    group.untilItStands('n2')
    group.deliver()
    group.text()
    group.freeDisk('n1')
    group.pass(2 * timing.heartbeatTicks)
    expect(group.story()).toMatchInlineSnapshot(`
      "n2 -> n1 append term 2 [2/2] after 1/1 commit 2
      n1 applies 2/2
      n1 -> n2 append-answer term 2 up to 2"
    `)
  })
})
