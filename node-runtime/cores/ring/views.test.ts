import { describe, expect, it } from 'vitest'
import { beacon, id, lifeOf, member, OnePeer, stamp, view } from './testing/one-peer.ts'
import { timing } from './testing/room.ts'
import { messageText } from './testing/words.ts'

const { seekEveryTicks, seekTicks, beaconTicks } = timing
const uuid = '9b1c6769-0928-442d-9a43-88e98346b3d9'

/** p5 leads, with these behind it. */
function leading(...names: readonly string[]): OnePeer {
  return OnePeer.in(['p5', ...names])
}

describe('ring: seeking', () => {
  it('SK1 shouts at its first tick, and again', () => {
    const peer = new OnePeer()
    expect(peer.tick().shouted).toEqual(['seek'])
    expect(peer.tick(seekEveryTicks - 1).shouted).toEqual([])
    expect(peer.tick().shouted).toEqual(['seek'])
  })

  it('SK1 a leader answers with its beacon, one a step, and shouts it besides', () => {
    const peer = leading('p1')
    const seek = { kind: 'shout', shout: { kind: 'seek', id: id('p7'), life: lifeOf('p7') } } as const
    expect(peer.step(seek, seek).shouted).toEqual(['beacon'])
    peer.tick()
    expect(peer.tick(beaconTicks).shouted).toEqual(['beacon'])
    expect(OnePeer.in(['p1', 'p5']).step(seek).shouted).toEqual([])
  })

  it('SK2 asks a leader whose beacon it hears, at once and again, until a view has it', () => {
    const peer = new OnePeer().tick()
    expect(peer.step({ kind: 'shout', shout: beacon('p1') }).said).toEqual(['p1: join'])
    expect(peer.state).toBe('joining')
    expect(peer.tick(seekEveryTicks).saidOf('join')).toEqual(['p1: join'])
    peer.hear('p1', { kind: 'ring', view: view(['p1', 'p5']) })
    expect(peer.noted).toEqual(['joined 3/p1/1 of 2'])
    expect(peer.tick(seekEveryTicks).saidOf('join')).toEqual([])
  })

  it('SK2 goes to a later ring meanwhile, and not to an earlier one', () => {
    const peer = new OnePeer().step({ kind: 'shout', shout: beacon('p2') })
    expect(peer.step({ kind: 'shout', shout: beacon('p1') }).said).toEqual([])
    expect(peer.step({ kind: 'shout', shout: beacon('p3') }).said).toEqual(['p3: join'])
  })

  it('SK3 one that does not lead shows who does, and is believed', () => {
    const asked = OnePeer.in(['p1', 'p5'])
    expect(asked.hear('p7', { kind: 'join', name: 'p7', latest: null }).said).toEqual(['p7: ring 3/p1/1 [p1 p5]'])
    const asking = new OnePeer().hear('p2', { kind: 'ring', view: view(['p1', 'p2']) })
    expect(asking.said).toEqual(['p1: join'])
  })

  it('SK4 leads alone when it met nobody, above all terms that it has heard of', () => {
    const peer = new OnePeer()
    expect(peer.tick(seekTicks).noted).toEqual([])
    expect(peer.tick().noted).toEqual(['leads 1/p5/1 of 1: alone'])
    expect(peer.shouted).toEqual(['beacon'])
    const other = new OnePeer().step({ kind: 'shout', shout: beacon('p9', 7) })
    expect(other.tick(2 * seekTicks).noted).toEqual(['leads 8/p5/1 of 1: alone'])
  })

  it('SK4 seeks from the beginning when it asked in vain', () => {
    const peer = new OnePeer().step({ kind: 'shout', shout: beacon('p1') })
    peer.tick(seekTicks - 1)
    expect(peer.state).toBe('joining')
    expect(peer.tick().shouted).toEqual(['seek'])
    expect(peer.state).toBe('seeking')
  })

  it('SK5 tells the latest ring that it went by, and a leader makes its own a later one', () => {
    const peer = OnePeer.in(['p1', 'p5'], 6).hear('p1', { kind: 'ring', view: view(['p1', 'p2'], 6, 2) })
    expect(peer.last.messages.at(-1)?.message).toEqual({ kind: 'join', name: 'p5', latest: stamp('p1', 6, 2) })
    const leader = leading('p1')
    leader.hear('p7', { kind: 'join', name: 'p7', latest: stamp('p8', 6, 2) })
    expect(leader.said).toContain('p7: ring 7/p5/1 [p5 p7 p1]')
    leader.hear('p8', { kind: 'join', name: 'p8', latest: stamp('p8', 6, 2) })
    expect(leader.said).toContain('p8: ring 7/p5/2 [p5 p8 p7 p1]')
  })
})

describe('ring: views', () => {
  it('VI1 VI2 a newcomer is the next of its leader, and all are told once a step', () => {
    const peer = leading('p1', 'p2')
    const join = (name: string) =>
      ({ kind: 'message', from: id(name), life: lifeOf(name), message: { kind: 'join', name, latest: null } }) as const
    peer.step(join('p7'), join('p8'))
    expect(peer.said).toEqual(['p8', 'p7', 'p1', 'p2'].map((name) => `${name}: ring 3/p5/3 [p5 p8 p7 p1 p2]`))
    expect(peer.next).toBe('p8')
  })

  it('VI1 the same life that asks again is shown the ring, and another life takes its place', () => {
    const peer = leading('p1', 'p2')
    expect(peer.hear('p2', { kind: 'join', name: 'p2', latest: null }).said).toEqual(['p2: ring 3/p5/1 [p5 p1 p2]'])
    peer.hear('p2', { kind: 'join', name: 'p2', latest: null }, lifeOf('p2', 2))
    expect(peer.core.facts.view?.members).toEqual([member('p5'), member('p2', 2), member('p1')])
  })

  it('VI2 whoever is taken out is told as well', () => {
    const peer = leading('p1', 'p2').hear('p2', { kind: 'leave' })
    expect(peer.said).toEqual(['p1: ring 3/p5/2 [p5 p1]', 'p2: ring 3/p5/2 [p5 p1]'])
    expect(peer.noted).toEqual(['left p2'])
  })

  it.each([
    ['a later version', view(['p1', 'p5', 'p2'], 3, 2), '3/p1/2'],
    ['a later term', view(['p2', 'p5'], 4), '4/p2/1'],
    ['a greater leader of the term', view(['p2', 'p5'], 3), '3/p2/1'],
    ['the same', view(['p1', 'p5'], 3), '3/p1/1'],
    ['an earlier term of a greater leader', view(['p9', 'p5'], 2, 9), '3/p1/1'],
  ])('VI3 shown %s, it goes by what is later', (_, shown, expected) => {
    const peer = OnePeer.in(['p1', 'p5']).hear('p2', { kind: 'ring', view: shown })
    expect(messageText({ kind: 'ping', number: 0, ring: peer.stamp })).toBe(`ping ${expected}`)
  })

  it('VI3 goes back to no ring that it was sent away from', () => {
    const peer = OnePeer.in(['p1', 'p5'], 3, 4).hear('p1', { kind: 'ring', view: view(['p1', 'p2'], 3, 5) })
    peer.hear('p2', { kind: 'ring', view: view(['p1', 'p5'], 3, 4) })
    expect(peer.state).toBe('joining')
    peer.hear('p1', { kind: 'ring', view: view(['p1', 'p5', 'p2'], 3, 6) })
    expect(peer.state).toBe('member')
  })

  it('VI3 a view that has it in another life has it not', () => {
    const other = { ...view(['p1', 'p2'], 4), members: [member('p1'), member('p5', 2)] }
    expect(OnePeer.in(['p1', 'p5']).hear('p1', { kind: 'ring', view: other }).state).toBe('joining')
  })

  it('VI4 sent away, it asks that leader at once', () => {
    const peer = OnePeer.in(['p1', 'p5']).hear('p2', { kind: 'ring', view: view(['p2', 'p1'], 4) })
    expect(peer.saidOf('join')).toEqual(['p2: join'])
    expect(peer.core.facts.view).toBeNull()
  })

  it('VI5 whoever knows less is shown the ring, and whoever knows more is asked nothing back', () => {
    const peer = OnePeer.in(['p1', 'p5', 'p2'], 3, 2)
    const ping = (ring: ReturnType<typeof stamp> | null) => peer.hear('p2', { kind: 'ping', number: 1, ring }).said
    expect(ping(stamp('p1', 3, 1))).toEqual(['p2: pong 3/p1/2', 'p2: ring 3/p1/2 [p1 p5 p2]'])
    expect(ping(null)).toEqual(['p2: pong 3/p1/2', 'p2: ring 3/p1/2 [p1 p5 p2]'])
    expect(ping(stamp('p1', 3, 2))).toEqual(['p2: pong 3/p1/2'])
    expect(ping(stamp('p1', 3, 3))).toEqual(['p2: pong 3/p1/2'])
    expect(peer.hear('p2', { kind: 'pong', number: 99, ring: stamp('p1', 3, 3) }).said).toEqual([])
    expect(peer.hear('p9', { kind: 'ping', number: 1, ring: null }).said).toEqual(['p9: pong 3/p1/2'])
  })

  it('VI6 of two rings of one leader in one term its later life has the later', () => {
    const earlier = view(['p1', 'p5'], 3, 9)
    const later = { ...earlier, life: lifeOf('p1', 2), version: 1, members: [member('p1', 2), member('p5')] }
    const back = OnePeer.in(['p1', 'p5'], 3, 9).hear('p1', { kind: 'ring', view: later }, lifeOf('p1', 2))
    expect(back.core.facts.view).toEqual(later)
    expect(back.hear('p2', { kind: 'ring', view: earlier }).core.facts.view).toEqual(later)
    const without = { ...later, members: [member('p1', 2)] }
    const gone = OnePeer.in(['p1', 'p5'], 3, 9).hear('p1', { kind: 'ring', view: without }, lifeOf('p1', 2))
    expect(gone.saidOf('join')).toEqual(['p1: join'])
  })

  it('VI5 a beat of a later version has its bringer asked', () => {
    const peer = OnePeer.in(['p1', 'p5', 'p2'], 3, 2)
    expect(peer.hear('p1', { kind: 'beat', ring: stamp('p1', 3, 3), number: 1, uuid }).said).toEqual([
      'p1: ping 3/p1/2',
      'p2: beat 1 of 3/p1/3',
    ])
    expect(peer.hear('p1', { kind: 'beat', ring: stamp('p2', 2, 9), number: 1, uuid }).said).toEqual([
      'p1: ring 3/p1/2 [p1 p5 p2]',
    ])
  })
})

describe('ring: leaders that meet', () => {
  it('ME1 the lesser gives its ring, and the greater asks for the other', () => {
    const peer = leading('p1')
    expect(peer.step({ kind: 'shout', shout: beacon('p9') }).said).toEqual(['p9: merge 3/p5/1 [p5 p1]'])
    expect(peer.step({ kind: 'shout', shout: beacon('p2') }).said).toEqual(['p2: invite to 3/p5/1'])
    expect(peer.hear('p9', { kind: 'invite', ring: stamp('p9') }).said).toEqual(['p9: merge 3/p5/1 [p5 p1]'])
    expect(peer.hear('p2', { kind: 'invite', ring: stamp('p2') }).said).toEqual([])
  })

  it('ME1 nobody but leaders take part', () => {
    const peer = OnePeer.in(['p1', 'p5'])
    expect(peer.step({ kind: 'shout', shout: beacon('p9') }).said).toEqual([])
    expect(peer.hear('p9', { kind: 'invite', ring: stamp('p9') }).said).toEqual([])
    expect(peer.hear('p2', { kind: 'merge', view: view(['p2', 'p3']) }).said).toEqual([])
  })

  it('ME2 shown a later ring without it, a leader does not leave its own', () => {
    const peer = leading('p1').hear('p3', { kind: 'ring', view: view(['p2', 'p3'], 9) })
    expect(peer.said).toEqual(['p2: invite to 3/p5/1'])
    expect(peer.state).toBe('leader')
  })

  it('ME2 takes in the ring that its own earlier life led', () => {
    const earlier = {
      ...view(['p5', 'p1', 'p2'], 9),
      life: lifeOf('p5', 2),
      members: [member('p5', 2), member('p1'), member('p2')],
    }
    const peer = leading().hear('p1', { kind: 'ring', view: earlier })
    expect(peer.said).toContain('p2: ring 10/p5/1 [p5 p1 p2]')
    expect(peer.core.facts.view?.members[0]).toEqual(member('p5'))
  })

  it('ME3 makes one ring in a term above both, nobody twice', () => {
    const peer = leading('p1', 'p2').hear('p3', { kind: 'merge', view: view(['p3', 'p2', 'p4'], 6) })
    expect(peer.said).toContain('p4: ring 7/p5/1 [p5 p1 p2 p3 p4]')
    expect(peer.noted).toEqual(['merged with p3 into 7/p5/1 of 5'])
  })

  it('ME3 believes the life of the other leader that speaks', () => {
    const peer = leading('p1', 'p2')
    const other = { ...view(['p2'], 1), members: [member('p2', 2)] }
    peer.hear('p2', { kind: 'merge', view: other }, lifeOf('p2', 2))
    expect(peer.core.facts.view?.members).toEqual([member('p5'), member('p1'), member('p2', 2)])
  })

  it('ME4 who is in it already is shown the later ring, or is asked for its own', () => {
    const peer = leading('p1')
    expect(peer.step({ kind: 'shout', shout: beacon('p1', 2) }).said).toEqual(['p1: ring 3/p5/1 [p5 p1]'])
    expect(peer.step({ kind: 'shout', shout: beacon('p1', 4) }).said).toEqual(['p1: ping 3/p5/1'])
    expect(peer.hear('p1', { kind: 'merge', view: view(['p1', 'p4'], 2) }).said).toEqual(['p1: ring 3/p5/1 [p5 p1]'])
  })
})
