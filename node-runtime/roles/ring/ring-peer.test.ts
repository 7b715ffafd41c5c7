import { describe, expect, it } from 'vitest'
import { nodeId } from '#kit/ids'
import { VirtualRing } from './testing/virtual-ring.ts'

const [ana, bia, caio] = ['a', 'b', 'c'].map(nodeId) as [ReturnType<typeof nodeId>, ...ReturnType<typeof nodeId>[]]
const names = ['a', 'b', 'c']

/** Three peers in one ring. */
function ringOfThree(): VirtualRing {
  const ring = new VirtualRing(names)
  ring.untilLed()
  return ring
}

describe('a ring peer', () => {
  it('finds the others, and all show one ring', () => {
    const ring = ringOfThree()
    const { members } = ring.facts(ana)
    expect(members.map(({ node }) => node).sort()).toEqual([ana, bia, caio])
    expect(members.every(({ state, kind }) => state === 'well' && kind === 'own')).toBe(true)
  })

  it('says what a person says, and all have it once, in one order', () => {
    const ring = ringOfThree()
    for (const id of ring.ids)
      expect(ring.say(id, `from ${id}`)).toMatchObject({ ok: true, value: { isFitted: false } })
    ring.hosts.until(() => ring.ids.every((id) => ring.facts(id).underWay === 0 && ring.texts(id).length === 3))
    for (const id of ring.ids) expect(ring.page(id).rows.map(({ uuid }) => uuid)).toEqual(uuidsOf(ring, ana))
    expect(
      ring
        .page(bia!)
        .rows.map(({ author }) => author)
        .sort(),
    ).toEqual(['A', 'B', 'C'])
  })

  it('gives its history page by page, from the newest on', () => {
    const ring = ringOfThree()
    for (let count = 1; count <= 5; count += 1) ring.say(ana, `${count}`)
    const first = ring.page(ana, null, 2)
    const second = ring.page(ana, first.next, 2)
    const last = ring.page(ana, second.next, 2)
    expect([first, second, last].map(({ rows }) => rows.map(({ text }) => text))).toEqual([
      ['5', '4'],
      ['3', '2'],
      ['1'],
    ])
    expect([last.next, last.total]).toEqual([null, 5])
    const input = { nodeId: ana, before: 'nowhere', limit: 2 }
    expect(ring.ask(ana, { name: 'ring.history', input })).toMatchObject({ failure: { code: 'bad-request' } })
  })

  it('closes the ring over a dead leader, and chat goes on; who comes back has everything', () => {
    const ring = ringOfThree()
    const leader = ring.untilLed()
    const living = ring.ids.filter((id) => id !== leader)
    ring.say(leader, 'before')
    ring.hosts.until(() => ring.ids.every((id) => ring.texts(id).includes('before')))
    ring.kill(leader)
    const next = ring.untilLed(living)
    ring.say(next, 'after')
    ring.hosts.until(() => living.every((id) => ring.texts(id).includes('after')))
    const host = ring.hosts.host(next)
    expect(host.trace.noted.map(({ what }) => what.kind)).toContain('found-dead')
    ring.start(leader)
    ring.untilLed()
    ring.hosts.until(() => ring.texts(leader).length === 2)
    for (const id of ring.ids) expect(uuidsOf(ring, id)).toEqual(uuidsOf(ring, leader))
  })

  it('says half a character as every other peer has it', () => {
    const ring = ringOfThree()
    ring.say(ana, 'a\uD83Db\uDE00c 😀')
    ring.hosts.until(() => ring.texts(caio!).length === 1)
    for (const id of ring.ids) expect(ring.texts(id)).toEqual(['a\uFFFDb\uFFFDc 😀'])
  })

  it('leaves in order, says nothing while it is out, and comes back as somebody new', () => {
    const ring = ringOfThree()
    ring.say(caio!, 'bye')
    expect(ring.command(caio!, 'join')).toMatchObject({ failure: { code: 'does-not-apply' } })
    expect(ring.command(caio!, 'leave')).toEqual({ ok: true, value: null })
    expect(ring.say(caio!, 'one more')).toMatchObject({
      failure: { code: 'does-not-apply', message: 'this peer is leaving the ring' },
    })
    ring.hosts.until(() => ring.facts(caio!).state === 'left')
    ring.untilLed([ana, bia!])
    expect(ring.say(caio!, 'anybody?')).toMatchObject({ failure: { code: 'does-not-apply' } })
    ring.say(ana, 'while it was out')
    ring.hosts.run(3_000)
    expect(ring.texts(caio!)).toEqual(['bye'])
    expect(ring.command(caio!, 'join')).toEqual({ ok: true, value: null })
    ring.untilLed()
    ring.hosts.until(() => ring.texts(caio!).length === 2)
  })

  it('is asleep while it is paused, is missed, and is back afterwards', () => {
    const ring = ringOfThree()
    const paused = { links: [], isPaused: true, skewMs: 0, slowDiskMs: 0, isDiskFull: false, faultIds: [] }
    ring.role(bia!).setFaults(paused)
    expect(ring.say(bia!, 'hm')).toMatchObject({ failure: { code: 'not-ready' } })
    ring.untilLed([ana, caio!])
    ring.role(bia!).setFaults({ ...paused, isPaused: false })
    ring.untilLed()
  })
})

describe('the disk of a ring peer', () => {
  it('keeps what was said over a restart of all', () => {
    const ring = ringOfThree()
    ring.say(ana, 'kept')
    ring.hosts.run(3_000)
    for (const id of ring.ids) ring.kill(id)
    for (const id of ring.ids) ring.start(id)
    for (const id of ring.ids) expect(ring.texts(id)).toEqual(['kept'])
  })

  it('may be full: people talk on, and it is written when there is room again', () => {
    const ring = ringOfThree()
    ring.hosts.host(ana).disk.isFull = true
    ring.say(ana, 'no room')
    ring.hosts.run(3_000)
    expect(ring.role(ana).facts().canWrite).toBe(false)
    expect(ring.texts(bia!)).toEqual(['no room'])
    ring.hosts.host(ana).disk.isFull = false
    ring.hosts.run(3_000)
    expect(ring.role(ana).facts().canWrite).toBe(true)
    for (const id of ring.ids) ring.kill(id)
    ring.start(ana)
    expect(ring.texts(ana)).toEqual(['no room'])
  })
})

function uuidsOf(ring: VirtualRing, id: ReturnType<typeof nodeId>): readonly string[] {
  return ring.page(id).rows.map(({ uuid }) => uuid)
}
