import { describe, expect, it } from 'vitest'
import { beacon, id, lifeOf, member, OnePeer, stamp, view } from './testing/one-peer.ts'
import { timing } from './testing/room.ts'

const { heartbeatTicks, suspicionTicks, probeTicks } = timing
const all = ['p1', 'p5', 'p6', 'p7', 'p8', 'p9'] as const
const uuid = '9b1c6769-0928-442d-9a43-88e98346b3d9'

/** In a ring whose others are all well but this one, which was just taken under watch. */
function without(silent: string): OnePeer {
  return OnePeer.in(all).tickAmong(others(silent), suspicionTicks, 'p1')
}

function others(silent: string): readonly string[] {
  return all.filter((name) => name !== silent && name !== 'p5')
}

function refuse(peer: OnePeer, name: string, why: 'refused' | 'closed' = 'refused'): OnePeer {
  return peer.step({ kind: 'disconnected', peer: id(name), why })
}

/** Whom it asked about the suspect, and by which number. */
function asked(peer: OnePeer): readonly { readonly to: string; readonly number: number }[] {
  return peer.last.messages.flatMap(({ to, message }) =>
    message.kind === 'probe' ? [{ to: `p${to.split(':')[0]?.split('.').at(-1)}`, number: message.number }] : [],
  )
}

describe('ring: watching', () => {
  it('WA1 pings its next three each heartbeat', () => {
    const peer = OnePeer.in(all)
    expect(peer.tick(heartbeatTicks).saidOf('ping')).toEqual(['p6', 'p7', 'p8'].map((name) => `${name}: ping 3/p1/1`))
    expect(peer.tick(heartbeatTicks).saidOf('ping')).toHaveLength(3)
  })

  it('WA1 any word counts as life, in the life that is a member', () => {
    const peer = OnePeer.in(['p1', 'p5', 'p6'])
    const live = (life: ReturnType<typeof lifeOf>) => {
      for (let ticks = 0; ticks < suspicionTicks; ticks += 1) {
        peer.tick().hear('p6', { kind: 'leave' }, life)
        peer.hear('p1', { kind: 'pong', number: 0, ring: peer.stamp })
      }
      return peer.core.facts.suspects
    }
    expect(live(lifeOf('p6'))).toEqual([])
    expect(live(lifeOf('p6', 2))).toEqual([id('p6')])
  })

  it('WA2 suspects who is silent for its patience, pings it, and asks two others', () => {
    const peer = OnePeer.in(all).tickAmong(others('p6'), suspicionTicks - 1, 'p1')
    expect(peer.core.facts.suspects).toEqual([])
    peer.tick()
    expect(peer.noted).toEqual(['suspects p6'])
    expect(peer.saidOf('ping')).toContain('p6: ping 3/p1/1')
    expect(peer.saidOf('probe')).toHaveLength(2)
    expect(peer.saidOf('probe').join()).not.toContain('p6: ')
  })

  it('WA2 one that says it lives is enough, if it was asked, about this', () => {
    const peer = OnePeer.in(all)
      .tickAmong(others('p6'), suspicionTicks - 1, 'p1')
      .tick()
    const [first] = asked(peer)
    if (first === undefined) throw new Error('nobody was asked')
    const stranger = others('p6').find((name) => !asked(peer).some(({ to }) => to === name)) ?? ''
    const word = { kind: 'probed', target: id('p6'), number: first.number, isAlive: true } as const
    peer.hear(stranger, word)
    peer.hear(first.to, { ...word, number: first.number - 1 })
    expect(peer.core.facts.suspects).toEqual([id('p6')])
    expect(peer.hear(first.to, word).noted).toEqual(['cleared p6'])
    expect(peer.core.facts.localHealth).toBe(1)
  })

  it('WA2 its own word clears it', () => {
    const peer = without('p6')
    expect(peer.hear('p6', { kind: 'leave' }).noted).toEqual(['cleared p6'])
  })

  it('WA3 nobody says that it lives: found dead, gone over, and the leader is told', () => {
    const peer = OnePeer.in(all)
      .tickAmong(others('p6'), suspicionTicks - 1, 'p1')
      .tick()
    for (const { to, number } of asked(peer))
      peer.hear(to, { kind: 'probed', target: id('p6'), number, isAlive: false })
    peer.tickAmong(others('p6'), probeTicks - 1, 'p1')
    expect(peer.next).toBe('p6')
    peer.tick()
    expect(peer.noted).toEqual(['finds p6 dead: silent', 'goes over p6 to p7'])
    expect(peer.saidOf('lost')).toEqual(['p1: lost p6'])
    expect(peer.next).toBe('p7')
  })

  it('WA3 if not even those have answered, others are asked once more', () => {
    const peer = without('p6')
      .tickAmong(others('p6'), probeTicks - 1, 'p1')
      .tick()
    expect(peer.noted).toEqual([])
    expect(peer.saidOf('probe')).toHaveLength(2)
    expect(peer.core.facts.localHealth).toBe(1)
    peer.tickAmong(others('p6'), probeTicks, 'p1')
    expect(peer.noted).toContain('finds p6 dead: silent')
  })

  it('WA4 asked about another, it pings that one and says so when it hears of it', () => {
    const peer = OnePeer.in(all)
    const probe = { kind: 'probe', target: id('p7'), life: lifeOf('p7'), number: 8 } as const
    expect(peer.hear('p1', probe).said).toEqual(['p7: ping 3/p1/1'])
    expect(peer.pong('p7').saidOf('probed')).toEqual(['p1: probed p7 alive'])
    expect(peer.pong('p7').saidOf('probed')).toEqual([])
  })

  it('WA4 or that it did not, before the patience of the asker ends', () => {
    const peer = OnePeer.in(all)
    peer.hear('p1', { kind: 'probe', target: id('p7'), life: lifeOf('p7'), number: 8 })
    expect(peer.tick(probeTicks - 1).saidOf('probed')).toEqual(['p1: probed p7 silent'])
    expect(peer.tick(probeTicks).saidOf('probed')).toEqual([])
  })

  it('WA4 of another life than it knows it says at once that it did not', () => {
    const peer = OnePeer.in(all)
    const probe = { kind: 'probe', target: id('p7'), life: lifeOf('p7', 2), number: 8 } as const
    expect(peer.hear('p1', probe).said).toEqual(['p1: probed p7 silent'])
  })

  it('WA5 a connection that was refused or ended is tried again, and refused twice it is dead', () => {
    for (const why of ['refused', 'closed'] as const) {
      const peer = refuse(OnePeer.in(all), 'p6', why)
      expect(peer.noted).toEqual([])
      expect(peer.tick().saidOf('ping')).toEqual(['p6: ping 3/p1/1'])
      if (why === 'closed') refuse(peer, 'p6').tick()
      expect(refuse(peer, 'p6').noted).toEqual(['finds p6 dead: refused', 'goes over p6 to p7'])
    }
  })

  it('WA5 a word between two refusals, and it lives', () => {
    const peer = refuse(OnePeer.in(all), 'p6').pong('p6')
    expect(refuse(peer, 'p6').noted).toEqual([])
  })

  it('WA6 answers in another life to the latest ping: that life is dead', () => {
    const peer = OnePeer.in(all).tick(heartbeatTicks)
    expect(peer.hear('p6', { kind: 'pong', number: 0, ring: null }, lifeOf('p6', 2)).noted).toEqual([])
    expect(peer.pong('p6', null, lifeOf('p6', 2)).noted).toEqual(['finds p6 dead: refused', 'goes over p6 to p7'])
  })

  it('WA6 shouts in another life, and is pinged', () => {
    const peer = OnePeer.in(all).step({ kind: 'shout', shout: { kind: 'seek', id: id('p6'), life: lifeOf('p6', 2) } })
    expect(peer.tick().saidOf('ping')).toEqual(['p6: ping 3/p1/1'])
  })

  it('WA7 tells the leader again at each heartbeat, and goes to it again when it speaks', () => {
    const peer = refuse(refuse(OnePeer.in(all), 'p6'), 'p6')
    expect(peer.tick(heartbeatTicks).saidOf('lost')).toEqual(['p1: lost p6'])
    expect(peer.tick(heartbeatTicks).saidOf('ping')).toContain('p6: ping 3/p1/1')
    expect(peer.pong('p6').noted).toEqual(['cleared p6'])
    expect(peer.next).toBe('p6')
    expect(peer.tick(heartbeatTicks).saidOf('lost')).toEqual([])
  })

  it('WA7 stays gone over in a later view that still has it, but not in another life', () => {
    const peer = refuse(refuse(OnePeer.in(all), 'p6'), 'p6')
    peer.hear('p1', { kind: 'ring', view: view(all, 3, 2) })
    expect(peer.next).toBe('p7')
    const again = {
      ...view(all, 3, 3),
      members: view(all).members.map((one) => (one.id === id('p6') ? member('p6', 2) : one)),
    }
    expect(peer.hear('p1', { kind: 'ring', view: again }).next).toBe('p6')
  })

  it('WA8 a leader asks the accused, and takes it out only if it is silent', () => {
    const lost = { kind: 'lost', peer: id('p7'), life: lifeOf('p7') } as const
    const peer = OnePeer.in(['p5', 'p6', 'p7', 'p8']).hear('p6', lost)
    expect(peer.said).toEqual(['p7: ping 3/p5/1'])
    peer.pong('p7').tickAmong(['p6', 'p7', 'p8'], probeTicks)
    expect(peer.core.facts.view?.members).toHaveLength(4)
    peer.hear('p6', lost).tickAmong(['p6', 'p8'], probeTicks)
    expect(peer.core.facts.view?.members).toHaveLength(3)
    expect(peer.hear('p6', lost).said).toEqual(['p6: ring 3/p5/2 [p5 p6 p8]'])
  })

  it('WA8 a leader takes out at once whom it found dead itself', () => {
    const peer = refuse(refuse(OnePeer.in(['p5', 'p6', 'p7']), 'p6'), 'p6')
    expect(peer.said).toEqual(['p7: ring 3/p5/2 [p5 p7]', 'p6: ring 3/p5/2 [p5 p7]'])
    expect(peer.core.facts.skipped).toEqual([])
  })

  it('WA9 local health stretches its patience, up to nine times', () => {
    const peer = OnePeer.in(all)
    for (let times = 0; times < 20; times += 1) peer.step({ kind: 'was-late', ticks: 1 })
    expect(peer.core.facts.localHealth).toBe(8)
    peer.tick(9 * suspicionTicks - 1)
    expect(peer.core.facts.suspects).toEqual([])
    peer.tick()
    expect(peer.core.facts.suspects).not.toEqual([])
  })

  it('WA9 answers to its latest pings make it well again, and late ones do not', () => {
    const peer = OnePeer.in(all).step({ kind: 'was-late', ticks: 1 }, { kind: 'was-late', ticks: 1 })
    peer.tick(heartbeatTicks).hear('p6', { kind: 'pong', number: 0, ring: null })
    expect(peer.core.facts.localHealth).toBe(2)
    expect(peer.pong('p6').pong('p7').pong('p8').core.facts.localHealth).toBe(0)
  })

  it('WA9 what was late is taken from the silence of others', () => {
    const peer = OnePeer.in(all)
      .tick(suspicionTicks - 1)
      .step({ kind: 'was-late', ticks: suspicionTicks })
    // One more of local health counts beside it: well again, it would suspect nobody either.
    peer.pong('p6').tick(suspicionTicks - 1)
    expect(peer.core.facts.localHealth).toBe(0)
    expect(peer.core.facts.suspects).toEqual([])
  })
})

describe('ring: beats', () => {
  const beat = (number: number, version = 1) => ({ kind: 'beat', ring: stamp('p1', 3, version), number, uuid }) as const

  it('BE1 a leader sends one to its next each heartbeat', () => {
    const peer = OnePeer.in(['p5', 'p6']).tickAmong(['p6'], heartbeatTicks)
    expect(peer.saidOf('beat')).toEqual(['p6: beat 1 of 3/p5/1'])
    expect(peer.tickAmong(['p6'], heartbeatTicks).saidOf('beat')).toEqual(['p6: beat 2 of 3/p5/1'])
  })

  it('BE1 each goes on once, of any version, in the reign that is gone by', () => {
    const peer = OnePeer.in(all)
    expect(peer.hear('p9', beat(4)).saidOf('beat')).toEqual(['p6: beat 4 of 3/p1/1'])
    expect(peer.hear('p9', beat(4)).saidOf('beat')).toEqual([])
    expect(peer.hear('p9', beat(3)).saidOf('beat')).toEqual([])
    expect(peer.hear('p9', beat(5, 2)).saidOf('beat')).toEqual(['p6: beat 5 of 3/p1/2'])
    expect(peer.hear('p9', { ...beat(6), ring: stamp('p1', 2) }).saidOf('beat')).toEqual([])
  })

  it('BE1 one that comes home ends', () => {
    const peer = OnePeer.in(['p5', 'p6']).tick(heartbeatTicks)
    expect(peer.hear('p6', { ...beat(1), ring: stamp('p5') }).said).toEqual([])
  })

  it('BE2 without a beat it asks the leader, and found silent it is dead', () => {
    const peer = OnePeer.in(all).tickAmong(others('p1'), suspicionTicks - 1)
    peer.tick()
    expect(peer.saidOf('ping')).toContain('p1: ping 3/p1/1')
    peer.tickAmong(others('p1'), probeTicks - 1)
    expect(peer.state).toBe('member')
    expect(peer.tick().noted.slice(0, 2)).toEqual(['finds p1 dead: silent', 'begins token 4: leader-silent'])
  })

  it('BE2 a beat, or its word, and it is not asked or not dead', () => {
    const peer = OnePeer.in(all)
    for (let number = 1; number < 10; number += 1) {
      peer.tickAmong(others('p1'), suspicionTicks - 1).hear('p9', beat(number))
      expect(peer.state).toBe('member')
    }
    peer
      .tickAmong(others('p1'), suspicionTicks + 1)
      .pong('p1', stamp('p1'))
      .tickAmong(others('p1'), probeTicks)
    expect(peer.state).toBe('member')
  })

  it.each([
    ['none', null],
    ['that of another', stamp('p6', 2)],
  ])('BE3 a leader that goes by another ring does not lead this one: %s', (_, ring) => {
    const peer = OnePeer.in(all)
    for (let ticks = 0; ticks <= suspicionTicks + probeTicks; ticks += 1)
      peer.tickAmong(others('p1'), 1).hear('p1', { kind: 'pong', number: 0, ring })
    expect(peer.state).toBe('electing')
  })

  it('a beacon of another ring is not for members', () => {
    expect(OnePeer.in(all).step({ kind: 'shout', shout: beacon('p4', 9) }).said).toEqual([])
  })
})
