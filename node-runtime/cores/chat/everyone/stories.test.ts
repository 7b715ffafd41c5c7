import { describe, expect, it } from 'vitest'
import { Random } from '#kit/random'
import { everyoneLimits } from './limits.ts'
import { foreign, Room, s1, s2, s3, said, servers } from './testing/room.ts'

describe('servers', () => {
  it('EA5 tell each other at once what they write', () => {
    const room = new Room()
    room.pass(1)
    room.lines.length = 0
    room.say(s1, 'oi')
    expect(room.lines.join('\n')).toMatchInlineSnapshot(`
      "s1 -> s2 written s1:1
      s1 -> s3 written s1:1"
    `)
  })

  it('EA1 EA2 EA6 fill the gaps of a cut from whoever can be reached', () => {
    const room = new Room()
    room.pass(1)
    room.cut.add('s1>s2').add('s2>s1')
    room.say(s1, 'a')
    room.say(s2, 'b')
    room.lines.length = 0
    room.pass(4)
    expect(room.lines.filter((line) => !line.endsWith('lost')).join('\n')).toMatchInlineSnapshot(`
      "s1 -> s3 has s1:1, to-compare
      s3 -> s1 missing s2:1
      s2 -> s3 has s2:1, to-compare
      s3 -> s2 missing s1:1
      s3 -> s2 has s1:1 s2:1, to-compare"
    `)
    for (const id of servers) expect(room.texts(id)).toEqual(['a', 'b'])
  })

  it('EA3 drop what comes behind a gap, and ask for what is before it', () => {
    const room = new Room()
    room.pass(1)
    room.cut.add('s1>s2')
    room.say(s1, 'a')
    room.cut.clear()
    room.lines.length = 0
    room.say(s1, 'b')
    expect(room.lines.join('\n')).toMatchInlineSnapshot(`
      "s1 -> s2 written s1:2
      s2 -> s1 has nothing, to-give
      s1 -> s2 missing s1:1 s1:2
      s1 -> s3 written s1:2"
    `)
    expect(room.texts(s2)).toEqual(['a', 'b'])
  })

  it('EA1 EA4 give much in parts, and then nothing', () => {
    const room = new Room({ up: [s1], limits: { entriesPerMessageMax: 2 } })
    for (const text of 'abcde') room.say(s1, text)
    room.start(s2)
    room.lines.length = 0
    room.pass(1)
    expect(room.lines.filter((line) => line.startsWith('s1 -> s2')).join('\n')).toMatchInlineSnapshot(`
      "s1 -> s2 has s1:5, to-compare
      s1 -> s2 missing s1:1 s1:2 …
      s1 -> s2 missing s1:3 s1:4 …
      s1 -> s2 missing s1:5"
    `)
    room.lines.length = 0
    room.pass(20)
    expect(room.lines.filter((line) => line.includes('missing'))).toEqual([])
  })

  it('EO1 EO4 both answer while they are cut off, and number alike afterwards', () => {
    const room = new Room()
    room.isolate(s3)
    for (const text of ['a', 'b', 'c']) room.say(s1, text)
    for (const text of ['x', 'y']) room.say(s3, text)
    expect(room.texts(s3)).toEqual(['x', 'y'])
    room.cut.clear()
    room.pass(12)
    for (const id of servers) {
      const { content } = room.core(id)
      expect(content.said.map((one) => `${content.numberOf(one)} ${one.text} ${one.clock} ${one.origin}`)).toEqual([
        '1 a 1 s1',
        '2 x 1 s3',
        '3 b 2 s1',
        '4 y 2 s3',
        '5 c 3 s1',
      ])
    }
  })

  it('EW3 EO2 that were both asked under one id did it once', () => {
    const room = new Room()
    for (const id of servers) room.isolate(id)
    const deed = 'd'.repeat(32)
    for (const id of [s2, s1]) room.say(id, 'once', deed)
    room.cut.clear()
    room.pass(12)
    for (const id of servers) {
      expect(room.core(id).content.said.map(({ text, origin }) => `${text} by ${origin}`)).toEqual(['once by s1'])
    }
  })

  it('EN2 that make one name twice while they are cut off keep both', () => {
    const room = new Room()
    for (const id of servers) room.isolate(id)
    room.ask(s1, { kind: 'login', user: 'cursos' })
    room.ask(s2, { kind: 'channel', channel: 'cursos' })
    room.cut.clear()
    room.pass(12)
    for (const id of servers) {
      const { users, channels } = room.core(id).content
      expect([users, channels]).toEqual([['cursos'], ['cursos', 'dev', 'general', 'random']])
    }
  })

  it('EA5 say much in several messages', () => {
    const text = 'x'.repeat(9_000)
    const room = new Room({ up: [s1, s2] })
    const lots: number[] = []
    const inputs = Array.from({ length: 40 }, (_, at) => {
      const act = said('ana', 'general', `${at} ${text}`)
      return { kind: 'act', ref: at, id: at.toString(16).padStart(32, '0'), act, atMs: 1 } as const
    })
    for (const { message } of room.step(s1, ...inputs).messages) {
      if (message.kind !== 'entries') continue
      const chars = message.entries.reduce(
        (sum, { operation }) => sum + ('text' in operation ? operation.text.length : 0),
        0,
      )
      lots.push(chars)
    }
    expect(Math.max(...lots)).toBeLessThanOrEqual(everyoneLimits.charsPerMessageMax)
    expect(room.texts(s2)).toHaveLength(40)
  })
})

describe('after any trouble and then quiet', () => {
  it('EO3 all are the same, byte for byte', () => {
    for (let seed = 0; seed < 25; seed += 1) {
      const random = new Random(`alike ${seed}`)
      const room = new Room({ limits: { entriesPerMessageMax: 3 } })
      for (let step = 0; step < 150; step += 1) {
        const id = random.pick(servers)
        const isUp = room.isUp(id)
        if (!isUp && random.chance(1, 4)) room.start(id)
        else if (isUp && random.chance(1, 25)) room.kill(id)
        else if (isUp && random.chance(1, 10)) room.step(id, { kind: 'heard', operation: foreign(random.below(30)) })
        else if (isUp && random.chance(1, 2)) room.say(id, `${step}`)
        if (random.chance(1, 20)) room.isolate(random.pick(servers))
        if (random.chance(1, 20)) room.cut.clear()
        if (random.chance(1, 3)) room.pass(1)
      }
      room.cut.clear()
      for (const id of servers) if (!room.isUp(id)) room.start(id)
      room.pass(40)
      const [first, ...others] = servers.map((id) => room.content(id))
      for (const other of others) expect(other, `seed ${seed}`).toBe(first)
      expect(room.anomalies).toEqual([])
      const acknowledged = [...room.outcomes.values()].flatMap((one) => (one.kind === 'done' ? one.operation.id : []))
      for (const id of acknowledged) expect(room.core(s1).content.find(id), `seed ${seed}`).not.toBeNull()
    }
  })
})
