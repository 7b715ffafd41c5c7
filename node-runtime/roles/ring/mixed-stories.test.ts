import { describe, expect, it } from 'vitest'
import type { TextContent } from '#cores/ring/messages'
import { idOf, timing } from '#cores/ring/testing/room'
import { MixedRoom } from './testing/mixed-room.ts'

const textsOf = (mixed: MixedRoom, name: string) => mixed.room.records(name).map(({ text }) => text)
const saidTo = (mixed: MixedRoom, name: string) =>
  mixed.reference(name).chats.map(({ content }) => (content.kind === 'chat' ? content.text : content.kind))

/** Own peers p1 … in one ring, and reference peers that joined it. */
function mixedRing(own: number, references: readonly string[]): MixedRoom {
  const mixed = new MixedRoom()
  for (let number = 1; number <= own; number += 1) {
    mixed.room.start(`p${number}`, true)
    mixed.passUntil(() => mixed.room.isOneRing)
  }
  for (const name of references) {
    mixed.startReference(name)
    mixed.passUntil(() => mixed.room.facts('p1').view?.members.some(({ id }) => id === idOf(name)) === true)
  }
  mixed.pass(20)
  return mixed
}

describe('a reference peer in a ring of ours', () => {
  it('TX4 joins behind the leader, and is told who is in it', () => {
    const mixed = mixedRing(3, ['r20'])
    const view = mixed.room.facts('p1').view
    const reference = mixed.reference('r20')
    expect(view?.members[1]?.id).toBe(reference.id)
    expect(reference.members).toEqual(view?.members.map(({ id }) => id))
    expect([reference.leader, reference.next]).toEqual([view?.leader, view?.members[2]?.id])
  })

  it('TX1 TX3 hears everybody once, and is heard by everybody once', () => {
    const mixed = mixedRing(3, ['r20', 'r21'])
    mixed.room.say('p2', 'de p2')
    mixed.pass(10)
    mixed.reference('r20').chat('de r20')
    mixed.pass(10)
    for (const name of ['p1', 'p2', 'p3']) expect(textsOf(mixed, name).sort()).toEqual(['de p2', 'de r20'])
    expect(saidTo(mixed, 'r20')).toEqual(['de p2'])
    expect(saidTo(mixed, 'r21')).toEqual(['de p2', 'de r20'])
  })

  it('TX2 may be called more than ours may, and is heard all the same, and so is what is said after it', () => {
    const mixed = mixedRing(3, [])
    for (const [index, user] of ['M'.repeat(100), '😀'.repeat(50)].entries()) {
      const uuid = `00000000-0000-4000-8000-00000000000${index}`
      mixed.room.step('p2', { kind: 'text', message: { uuid, user, content: { kind: 'chat', text: user } }, atMs: 0 })
    }
    mixed.room.say('p2', 'depois')
    mixed.pass(10)
    const histories = mixed.room.names.map((name) => mixed.room.records(name))
    for (const history of histories) expect(history).toEqual(histories[0])
    expect(histories[0]?.map(({ author }) => author).sort()).toEqual(['M'.repeat(40), 'p2', '😀'.repeat(20)])
  })

  it('TX2 gets what it can take, and whoever says more is told', () => {
    const mixed = mixedRing(2, ['r20'])
    const output = mixed.room.say('p1', `a|b ${'ç'.repeat(1_000)}`)
    expect(output.said[0]?.isFitted).toBe(true)
    mixed.pass(10)
    const [heard = ''] = saidTo(mixed, 'r20')
    expect(heard.startsWith('a¦b ç')).toBe(true)
    expect(heard.endsWith('…')).toBe(true)
    expect(textsOf(mixed, 'p2')[0]).toHaveLength(1_004)
  })

  it('TX1 keeps hearing its leader, and elects nobody', () => {
    const mixed = mixedRing(2, ['r20'])
    const before = mixed.lines.length
    mixed.pass(1_000)
    expect(mixed.lines.slice(before).filter((line) => line.includes('@LIDER'))).toEqual([])
    expect(mixed.reference('r20').leader).toBe(mixed.room.facts('p1').view?.leader)
  })

  it('TX6 leaves in order', () => {
    const mixed = mixedRing(3, ['r20', 'r21'])
    mixed.reference('r21').leave()
    mixed.killReference('r21')
    mixed.passUntil(() => mixed.room.facts('p1').view?.members.length === 4)
    mixed.pass(10)
    mixed.room.say('p3', 'depois')
    mixed.pass(10)
    expect(saidTo(mixed, 'r20')).toEqual(['depois'])
    expect(textsOf(mixed, 'p1')).toEqual(['depois'])
  })

  it('TX6 is taken out when nobody listens there any more', () => {
    const mixed = mixedRing(3, ['r20', 'r21'])
    mixed.killReference('r20')
    mixed.passUntil(() => mixed.room.facts('p1').view?.members.length === 4)
    mixed.pass(50)
    mixed.reference('r21').chat('ainda aqui')
    mixed.pass(10)
    for (const name of ['p1', 'p2', 'p3']) expect(textsOf(mixed, name)).toEqual(['ainda aqui'])
  })

  it('follows whom we elect when our leader is killed', () => {
    const mixed = mixedRing(3, ['r20'])
    const leader = mixed.room.names.find((name) => mixed.room.facts(name).state === 'leader') ?? ''
    const other = mixed.room.names.find((name) => name !== leader) ?? ''
    mixed.room.kill(leader)
    mixed.passUntil(() => mixed.room.names.some((name) => mixed.room.facts(name).state === 'leader'))
    mixed.pass(50)
    expect(mixed.reference('r20').leader).toBe(mixed.room.facts(other).view?.leader)
    mixed.room.say(other, 'de novo')
    mixed.pass(10)
    expect(saidTo(mixed, 'r20')).toEqual(['de novo'])
  })

  it('TX11 may lead it, and ours are its guests', () => {
    const mixed = mixedRing(3, ['r20'])
    mixed.reference('r20').elect()
    mixed.passUntil(() => mixed.room.names.every((name) => mixed.room.facts(name).state === 'guest'))
    mixed.pass(20)
    expect(mixed.reference('r20').leads).toBe(true)
    mixed.room.say('p1', 'como hóspede')
    mixed.pass(10)
    expect(saidTo(mixed, 'r20')).toEqual(['como hóspede'])
    for (const name of ['p1', 'p2', 'p3']) expect(textsOf(mixed, name)).toEqual(['como hóspede'])
  })

  it('TX12 that led and is killed is followed by one of ours', () => {
    const mixed = mixedRing(3, ['r20'])
    mixed.reference('r20').elect()
    mixed.passUntil(() => mixed.room.names.every((name) => mixed.room.facts(name).state === 'guest'))
    mixed.killReference('r20')
    mixed.passUntil(() => mixed.room.isOneRing)
    mixed.room.say('p2', 'sem ele')
    mixed.pass(10)
    for (const name of ['p1', 'p2', 'p3']) expect(textsOf(mixed, name)).toEqual(['sem ele'])
  })
})

describe('strangers of the text form', () => {
  it('TX10 that invite whom nobody asked for are not followed', () => {
    const mixed = mixedRing(3, [])
    const leader = mixed.room.names.find((name) => mixed.room.facts(name).state === 'leader') ?? ''
    mixed.pass(timing.textHeartbeatTicks)
    const invited = { kind: 'invited', next: idOf('r30'), leader: idOf('r30') } as const
    expect(mixed.room.step(leader, invited).anomaly).toBe('invited by 10.0.0.30:9001, whom nobody had asked')
    expect(mixed.room.isOneRing).toBe(true)
  })

  it('TX6 that say who is in the ring, who leaves it, or who is next, change nothing of a ring of ours', () => {
    const mixed = mixedRing(3, ['r20'])
    const before = mixed.room.facts('p1').view
    const [own, stranger] = [idOf('p2'), idOf('r30')]
    const forged: readonly TextContent[] = [
      { kind: 'list-update', ids: [stranger] },
      { kind: 'list-update', ids: [idOf('p1'), stranger] },
      { kind: 'exit', leaving: own, predecessor: stranger, successor: stranger },
      { kind: 'leader-exit', leader: before?.leader ?? own, predecessor: own, successor: stranger },
      { kind: 'reconnect', target: own, next: stranger },
      { kind: 'elected', leader: stranger },
      { kind: 'heartbeat', leader: stranger },
      { kind: 'token', initiator: stranger },
      { kind: 'list-build', initiator: stranger, ids: [stranger] },
    ]
    forged.forEach((content, index) => {
      const message = { uuid: `00000000-0000-4000-8000-00000000000${index}`, user: 'x', content }
      for (const name of mixed.room.names) mixed.room.step(name, { kind: 'text', message, atMs: 0 })
    })
    mixed.pass(20)
    for (const name of mixed.room.names) expect(mixed.room.facts(name).view).toEqual(before)
  })
})

describe('ours in a ring of reference peers', () => {
  it('TX10 TX13 find it, talk there, and leave', () => {
    const mixed = new MixedRoom()
    mixed.startReference('r20')
    mixed.passUntil(() => mixed.reference('r20').leads)
    mixed.startReference('r21')
    mixed.pass(20)
    mixed.room.start('p1', true)
    mixed.passUntil(() => mixed.room.facts('p1').state === 'guest')
    mixed.pass(10)
    expect(mixed.reference('r20').members).toEqual([idOf('r20'), idOf('p1'), idOf('r21')])
    mixed.room.say('p1', 'olá')
    mixed.reference('r21').chat('oi')
    mixed.pass(10)
    expect(saidTo(mixed, 'r20').sort()).toEqual(['oi', 'olá'])
    expect(textsOf(mixed, 'p1').sort()).toEqual(['oi', 'olá'])
    mixed.room.step('p1', { kind: 'leave' })
    mixed.passUntil(() => mixed.reference('r20').members.length === 2)
  })

  it('TX12 lead at once when it was their only company and is gone', () => {
    const mixed = new MixedRoom()
    mixed.startReference('r20')
    mixed.passUntil(() => mixed.reference('r20').leads)
    mixed.room.start('p1', true)
    mixed.passUntil(() => mixed.room.facts('p1').state === 'guest')
    mixed.pass(10)
    mixed.killReference('r20')
    mixed.room.say('p1', 'alguém?')
    mixed.pass(2)
    expect(mixed.room.facts('p1').state).toBe('leader')
  })

  it('TX12 mend it when a leader leaves or dies', () => {
    const mixed = new MixedRoom()
    mixed.startReference('r20')
    mixed.passUntil(() => mixed.reference('r20').leads)
    for (const name of ['p1', 'p2']) {
      mixed.room.start(name, true)
      mixed.passUntil(() => mixed.room.facts(name).state === 'guest')
      mixed.pass(20)
    }
    mixed.killReference('r20')
    mixed.passUntil(() => mixed.room.isOneRing)
    mixed.room.say('p1', 'só nós')
    mixed.pass(10)
    expect(textsOf(mixed, 'p2')).toEqual(['só nós'])
  })
})
