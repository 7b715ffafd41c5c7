import { describe, expect, it } from 'vitest'
import { ringLimits } from './limits.ts'
import type { Member, RingMessage } from './messages.ts'
import { id, lifeOf, member, OnePeer, stamp, view } from './testing/one-peer.ts'
import { timing } from './testing/room.ts'

const { heartbeatTicks, suspicionTicks, probeTicks, electionTicks } = timing
const all = ['p1', 'p5', 'p6', 'p7'] as const
const uuid = '9b1c6769-0928-442d-9a43-88e98346b3d9'

function refusing(peer: OnePeer, name: string): OnePeer {
  const refused = { kind: 'disconnected', peer: id(name), why: 'refused' } as const
  return peer.step(refused, refused)
}

function token(path: readonly string[], term = 4, isAsked = false): RingMessage {
  return { kind: 'token', term, path: path.map((name) => member(name)), isAsked }
}

/** Its leader was not heard for more than two heartbeats, and is not missed yet. */
function unsure(): OnePeer {
  return OnePeer.in(all).tickAmong(['p6', 'p7'], 2 * heartbeatTicks + 1)
}

describe('ring: elections', () => {
  it('EL1 whoever finds the leader dead begins one at once', () => {
    const peer = refusing(OnePeer.in(all), 'p1')
    expect(peer.noted).toEqual(['finds p1 dead: refused', 'begins token 4: leader-dead', 'passes token 4 of p5 to p6'])
    expect(peer.saidOf('token')).toEqual(['p6: token 4 by p5'])
    expect(peer.state).toBe('electing')
  })

  it('EL1 so does whom a person asks, and a leader too', () => {
    expect(OnePeer.in(all).step({ kind: 'elect' }).saidOf('token')).toEqual(['p6: token 4 by p5'])
    expect(OnePeer.in(['p5', 'p6']).step({ kind: 'elect' }).saidOf('token')).toEqual(['p6: token 4 by p5'])
  })

  it('EL1 whoever has just passed one on waits', () => {
    const peer = unsure().hear('p7', token(['p7']))
    expect(refusing(peer, 'p1').noted).toEqual(['finds p1 dead: refused'])
  })

  it('EL2 its path takes in reference members that stand between', () => {
    const stranger: Member = { id: id('p3'), kind: 'reference', life: null, name: '' }
    const members = [member('p1'), member('p5'), stranger, member('p6')]
    const peer = new OnePeer().hear('p1', { kind: 'ring', view: { ...view(['p1']), members } })
    expect(refusing(peer, 'p1').saidOf('token')).toEqual(['p6: token 4 by p5 p3'])
  })

  it('EL2 its term is above all that was heard of', () => {
    const peer = OnePeer.in(all).step({
      kind: 'shout',
      shout: { kind: 'beacon', ring: stamp('p9', 20), size: 2 },
    })
    expect(refusing(peer, 'p1').saidOf('token')).toEqual(['p6: token 21 by p5'])
  })

  it('EL3 the greater initiator goes on, and no lesser one after it', () => {
    const peer = unsure()
    expect(peer.hear('p7', token(['p6', 'p7'])).saidOf('token')).toEqual(['p6: token 4 by p6 p7 p5'])
    expect(peer.hear('p7', token(['p6', 'p7'])).saidOf('token')).toEqual([])
    expect(peer.hear('p7', token(['p4', 'p7'])).saidOf('token')).toEqual([])
    expect(peer.hear('p7', token(['p7'])).saidOf('token')).toEqual(['p6: token 4 by p7 p5'])
    expect(peer.hear('p7', token(['p4', 'p7'], 5)).saidOf('token')).toEqual(['p6: token 5 by p4 p7 p5'])
  })

  it('EL3 its own is begun against a lesser one, in the same term', () => {
    const peer = refusing(OnePeer.in(all), 'p1')
    expect(peer.hear('p7', token(['p4', 'p7'])).said).toEqual([])
    const late = OnePeer.in(all).hear('p7', token(['p4', 'p7']))
    expect(refusing(late, 'p1').saidOf('token')).toEqual(['p6: token 4 by p4 p7 p5'])
  })

  it('EL4 one that hears the leader asks it, and shows the ring when it lives', () => {
    const peer = OnePeer.in(all).hear('p7', token(['p6', 'p7']))
    expect(peer.said).toEqual(['p1: ping 3/p1/1'])
    expect(peer.pong('p1', stamp('p1')).said).toEqual(['p6: ring 3/p1/1 [p1 p5 p6 p7]'])
    expect(peer.tickAmong(['p6', 'p7'], probeTicks).saidOf('token')).toEqual([])
    expect(peer.state).toBe('member')
  })

  it('EL4 a beat that comes by meanwhile shows it too', () => {
    const peer = OnePeer.in(all).hear('p7', token(['p6', 'p7']))
    peer.hear('p7', { kind: 'beat', ring: stamp('p1'), number: 1, uuid })
    expect(peer.saidOf('ring')).toEqual(['p6: ring 3/p1/1 [p1 p5 p6 p7]'])
  })

  it('EL4 it passes the token on when the leader is silent, or found dead', () => {
    const peer = OnePeer.in(all).hear('p7', token(['p6', 'p7']))
    expect(peer.tickAmong(['p6', 'p7'], probeTicks).saidOf('token')).toEqual(['p6: token 4 by p6 p7 p5'])
    const other = OnePeer.in(all).hear('p7', token(['p6', 'p7']))
    expect(refusing(other, 'p1').saidOf('token')).toEqual(['p6: token 4 by p6 p7 p5'])
  })

  it('EL4 a leader that was found dead a moment ago is not asked again', () => {
    const peer = refusing(OnePeer.in(all), 'p1').hear('p7', token(['p6', 'p7']))
    expect(peer.said).toEqual(['p6: token 4 by p6 p7 p5'])
  })

  it('EL4 a leader stops it, but for one that a person wanted', () => {
    const peer = OnePeer.in(['p5', 'p6', 'p7'])
    expect(peer.hear('p7', token(['p6', 'p7'])).said).toEqual(['p6: ring 3/p5/1 [p5 p6 p7]'])
    expect(peer.hear('p7', token(['p7'], 4, true)).saidOf('token')).toEqual(['p6: token 4 by p7 p5'])
    expect(
      OnePeer.in(all)
        .hear('p7', token(['p7'], 4, true))
        .saidOf('token'),
    ).toEqual(['p6: token 4 by p7 p5'])
  })

  it('EL5 its own token home, it leads those whom it met, and tells all who were there', () => {
    const peer = refusing(OnePeer.in(all), 'p1').hear('p7', token(['p5', 'p7']))
    expect(peer.noted).toEqual(['leads 4/p5/1 of 2: elected'])
    expect(peer.said).toEqual(['p7', 'p1', 'p6'].map((name) => `${name}: ring 4/p5/1 [p5 p7]`))
  })

  it('EL5 not with a token of another life, of another term, or when it was overtaken', () => {
    const dead = { ...member('p5', 2) }
    const peer = refusing(OnePeer.in(all), 'p1')
    peer.hear('p7', { kind: 'token', term: 4, path: [dead, member('p7')], isAsked: false })
    peer.hear('p7', token(['p5', 'p7'], 5))
    expect(peer.state).toBe('electing')
    peer.hear('p7', token(['p6', 'p7'])).hear('p7', token(['p5', 'p7']))
    expect(peer.state).toBe('electing')
  })

  it('EL5 the only one left leads alone', () => {
    const peer = refusing(OnePeer.in(['p1', 'p5']), 'p1')
    expect(peer.noted.at(-1)).toBe('leads 4/p5/1 of 1: elected')
  })

  it('EL6 a token that leads to nothing is followed by another, in a higher term', () => {
    const peer = refusing(OnePeer.in(all), 'p1').tickAmong(['p6', 'p7'], electionTicks - 1)
    expect(peer.saidOf('token')).toEqual([])
    expect(peer.tickAmong(['p6', 'p7'], electionTicks).saidOf('token')).toEqual(['p6: token 5 by p5'])
    const passing = unsure().hear('p7', token(['p7']))
    passing.tickAmong(['p6', 'p7'], 2 * electionTicks)
    expect(passing.saidOf('token')).toEqual(['p6: token 5 by p5'])
  })

  it('EL6 one that a person wanted is not', () => {
    const peer = OnePeer.in(all).step({ kind: 'elect' })
    peer.tickAmong(['p1', 'p6', 'p7'], 2 * electionTicks, 'p1')
    expect(peer.saidOf('token')).toEqual([])
    expect(peer.state).toBe('member')
  })

  it('EL7 shown the ring that it goes by, it ends the election, and gives the leader time', () => {
    const peer = refusing(OnePeer.in(all), 'p1').hear('p6', { kind: 'ring', view: view(all) })
    expect(peer.state).toBe('member')
    expect(peer.tickAmong(['p6', 'p7'], suspicionTicks - 1).saidOf('token')).toEqual([])
  })

  it('EL7 a beat of a leader found dead does not end it, and its own word does', () => {
    const peer = refusing(OnePeer.in(all), 'p1')
    peer.hear('p7', { kind: 'beat', ring: stamp('p1'), number: 9, uuid })
    expect(peer.state).toBe('electing')
    peer.hear('p1', { kind: 'ping', number: 1, ring: stamp('p1') })
    expect(peer.state).toBe('member')
  })

  it('EL9 a token given to one that is found dead goes to whoever comes behind', () => {
    const peer = refusing(refusing(OnePeer.in(all), 'p1'), 'p6')
    expect(peer.saidOf('token')).toEqual(['p7: token 4 by p5'])
    const passing = refusing(refusing(OnePeer.in(all), 'p1').hear('p7', token(['p7'])), 'p6')
    expect(passing.saidOf('token')).toEqual(['p7: token 4 by p7 p5'])
    const done = refusing(OnePeer.in(all), 'p1').hear('p7', { kind: 'ring', view: view(['p7', 'p6', 'p5'], 5) })
    expect(refusing(done, 'p6').saidOf('token')).toEqual([])
  })

  it('EL9 it takes in the reference members that stood behind the dead one', () => {
    const stranger: Member = { id: id('p3'), kind: 'reference', life: null, name: '' }
    const members = [member('p1'), member('p5'), member('p6'), stranger, member('p7')]
    const peer = new OnePeer().hear('p1', { kind: 'ring', view: { ...view(['p1']), members } })
    expect(refusing(refusing(peer, 'p1'), 'p6').saidOf('token')).toEqual(['p7: token 4 by p5 p3'])
  })

  it('EL8 a token of a term that has a view is answered with that view', () => {
    expect(unsure().hear('p7', token(['p6', 'p7'], 3)).said).toEqual(['p6: ring 3/p1/1 [p1 p5 p6 p7]'])
  })
})

describe('ring: leaving', () => {
  it('LV1 LV2 hands on what it has, says so to the leader, and is gone when a view is without it', () => {
    const peer = OnePeer.in(all).step({ kind: 'leave' })
    expect(peer.state).toBe('leaving')
    expect(peer.saidOf('leave')).toEqual([])
    peer.hear('p6', { kind: 'have', marks: [], isFromFirst: true, isToLast: true, isAnswer: true }).tick()
    expect(peer.saidOf('leave')).toEqual(['p1: leave'])
    expect(peer.tick(heartbeatTicks).saidOf('leave')).toEqual(['p1: leave'])
    peer.hear('p1', { kind: 'ring', view: view(['p1', 'p6', 'p7'], 3, 2) })
    expect(peer.last.hasLeft).toBe(true)
    expect(peer.state).toBe('left')
  })

  it('LV1 LV2 waits for neither without an end', () => {
    const peer = OnePeer.in(all)
      .step({ kind: 'leave' })
      .tickAmong(['p1', 'p6', 'p7'], suspicionTicks - 1, 'p1')
    expect(peer.saidOf('leave')).toEqual([])
    peer.tick()
    expect(peer.saidOf('leave')).toEqual(['p1: leave'])
    expect(peer.tick(suspicionTicks).last.hasLeft).toBe(true)
  })

  it('LV3 a leader has its next lead the others, and is gone when it does', () => {
    const peer = OnePeer.in(['p5', 'p6', 'p7']).hear('p6', {
      kind: 'have',
      marks: [],
      isFromFirst: true,
      isToLast: true,
      isAnswer: true,
    })
    expect(peer.step({ kind: 'leave' }).said).toEqual(['p6: leave'])
    expect(peer.tickAmong(['p6', 'p7'], heartbeatTicks).saidOf('leave')).toEqual(['p6: leave'])
    expect(peer.hear('p7', { kind: 'leave' }).said).toEqual([])
    expect(peer.hear('p8', { kind: 'join', name: 'p8', latest: null }).said).toEqual([])
    peer.hear('p6', { kind: 'ring', view: view(['p6', 'p7'], 4) })
    expect(peer.last.hasLeft).toBe(true)
  })

  it('LV3 whom nobody follows is gone after its patience', () => {
    const peer = OnePeer.in(['p5', 'p6', 'p7']).step({ kind: 'leave' })
    expect(peer.tickAmong(['p6', 'p7'], 2 * suspicionTicks).last.hasLeft).toBe(false)
    expect(peer.state).toBe('left')
  })

  it('LV3 asked by its leader it leads the others, in a term of its own', () => {
    const peer = OnePeer.in(['p1', 'p5', 'p6', 'p7']).hear('p1', { kind: 'leave' })
    expect(peer.noted).toEqual(['left p1', 'leads 4/p5/1 of 3: handed-over'])
    expect(peer.said.filter((line) => line.includes('ring'))).toEqual(
      ['p6', 'p7', 'p1'].map((to) => `${to}: ring 4/p5/1 [p5 p6 p7]`),
    )
    expect(peer.shouted).toEqual(['beacon'])
    expect(peer.hear('p1', { kind: 'leave' }).said).toEqual(['p1: ring 4/p5/1 [p5 p6 p7]'])
  })

  it('AN2 a view in its own name that it never made is reported', () => {
    const peer = OnePeer.in(all).hear('p1', { kind: 'ring', view: view(['p5', 'p6', 'p7'], 4) })
    expect(peer.last.anomaly).toBe('10.0.0.1:9001 shows a ring in the name of this peer')
    expect(peer.state).toBe('member')
  })

  it('LV4 without a ring, or alone, it is gone at once, and says and hears nothing', () => {
    for (const peer of [new OnePeer(), OnePeer.in(['p5'])]) {
      expect(peer.step({ kind: 'leave' }).last.hasLeft).toBe(true)
      expect(peer.hear('p1', { kind: 'ping', number: 1, ring: null }).last.messages).toEqual([])
      expect(peer.tick(50).last.messages).toEqual([])
    }
  })

  it('LV4 who is going begins no election', () => {
    const peer = OnePeer.in(all).step({ kind: 'leave' })
    expect(refusing(peer, 'p1').saidOf('token')).toEqual([])
  })
})

describe('ring: what peers must not do', () => {
  it.each<[string, string, RingMessage]>([
    ['its own words from outside', 'p5', { kind: 'leave' }],
    ['a ring that no own peer leads', 'p6', { kind: 'ring', view: strange() }],
    ['a token from one who is not the last in its path', 'p7', token(['p6'])],
    ['a merge by one who does not lead', 'p7', { kind: 'merge', view: view(['p6', 'p7']) }],
    ['more members than there may be', 'p9', { kind: 'merge', view: { ...view(['p9']), members: many() } }],
  ])('AN2 %s: reported, and nothing changes', (_, from, message) => {
    const peer = OnePeer.in(['p5', 'p6', 'p7'])
    const before = peer.core.facts
    expect(peer.hear(from, message).last.anomaly).not.toBeNull()
    expect(peer.core.facts).toEqual(before)
    expect(peer.last.messages).toEqual([])
  })

  it('AN2 its own life at another address is not another', () => {
    const peer = OnePeer.in(['p5', 'p6'])
    expect(peer.hear('p7', { kind: 'join', name: '', latest: null }, lifeOf('p5')).last.anomaly).not.toBeNull()
  })

  it('AN2 terms that have come to their end are said, and nothing is thrown', () => {
    const peer = OnePeer.in(all, ringLimits.termMax)
    expect(refusing(peer, 'p1').last.anomaly).toBe('terms have come to their end')
    expect(() => peer.tick(100)).not.toThrow()
  })
})

function strange(): ReturnType<typeof view> {
  return {
    ...view(['p3', 'p5'], 9),
    members: [{ id: id('p3'), kind: 'reference', life: null, name: '' }, member('p5')],
  }
}

function many(): readonly Member[] {
  return Array.from({ length: ringLimits.membersMax }, (_, place) => ({
    ...member('p9'),
    id: place === 0 ? id('p9') : (`10.1.0.1:${place}` as Member['id']),
  }))
}
