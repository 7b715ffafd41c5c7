import { fork } from 'node:child_process'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Dealer, Publisher, Subscriber, XPublisher } from 'zeromq'
import { nodeId } from '#kit/ids'
import { StopStack } from '#kit/stop-stack'
import { socketLimits } from '#ports/sockets'
import { until } from '../wire/testing/wire-net.ts'
import { zeromqLimits } from './options.ts'
import { openSocketNet, quietPort, type SocketNet } from './testing/socket-net.ts'

const [middle, program] = [nodeId('middle'), nodeId('program')]

describe('sockets that anybody can reach', () => {
  const stops = new StopStack()
  let all: SocketNet

  beforeEach(async () => {
    all = await openSocketNet()
    stops.add(() => all.net.close())
  })

  afterEach(() => stops.run())

  const address = (index: number): string => `tcp://${all.at[index]?.host}:${all.at[index]?.port}`
  const router = () => all.net.sockets(middle).router('clients')

  function dealer(): Dealer {
    const socket = new Dealer({ linger: 0 })
    socket.connect(address(0))
    stops.add(() => socket.close())
    return socket
  }

  /** Shows that the node is well: somebody else is still answered. */
  async function expectWell(): Promise<void> {
    let isAnswered = false
    all.net
      .sockets(program)
      .asker('ask')
      .ask(Buffer.from('well?'), 60_000, ({ ok }) => {
        isAnswered = ok
      })
    await until(() => isAnswered)
  }

  function echo(): string[] {
    const heard: string[] = []
    router().listen((from, frames) => {
      heard.push(Buffer.concat(frames).toString().slice(0, 20))
      router().answer(from, frames)
    })
    return heard
  }

  it('answer a program that sends no empty frame, and one behind another broker, in the frames of each', async () => {
    echo()
    const bare = dealer()
    await bare.send('bare')
    expect((await bare.receive()).map(String)).toEqual(['bare'])
    const behind = dealer()
    await behind.send(['client-7', '', 'one', 'two'])
    expect((await behind.receive()).map(String)).toEqual(['client-7', '', 'one', 'two'])
  })

  it('drop and count what has no words, too many frames, or too long a way back', async () => {
    const heard = echo()
    const clumsy = dealer()
    await clumsy.send(['', ''.padEnd(0)])
    await clumsy.send(['way'.repeat(socketLimits.fromBytesMax), '', 'far'])
    await clumsy.send(['', ...Array(socketLimits.framesMax + 1).fill('many')])
    await clumsy.send('')
    await clumsy.send(['', 'at last'])
    await until(() => heard.includes('at last'))
    expect(router().dropped).toBe(3)
    await expectWell()
  })

  it('end the connection of a frame that is too long, and nobody else notices', async () => {
    const heard = echo()
    const flood = dealer()
    const isGone = new Promise((resolve) => flood.events.on('disconnect', resolve))
    await flood.send(['', Buffer.alloc(socketLimits.heardBytesMax + 1)])
    await isGone
    await expectWell()
    expect(heard).toEqual(['well?'])
  })

  it('hear a question of 10 MB, so that it can be answered', async () => {
    router().listen((from, [payload]) => router().answer(from, [Buffer.from(`${payload?.byteLength} bytes`)]))
    const long = dealer()
    await long.send(['', Buffer.alloc(10 * 1024 * 1024)])
    expect((await long.receive()).map(String)).toEqual(['', '10485760 bytes'])
  })

  it('are asked at a pace: who asks as fast as it can waits, and others come in between', async () => {
    const { everyMs, count } = zeromqLimits.askedPace
    const stretches = 20
    const heard = echo()
    const flood = dealer()
    const heardMs: number[] = []
    stops.add(router().listen(() => void heardMs.push(performance.now())))
    for (let asked = 0; asked < stretches * count; asked += 1) await flood.send(['', `flood ${asked}`])
    await expectWell()
    expect(heard.indexOf('well?')).toBeLessThan((stretches / 2) * count)
    await until(() => heard.length > stretches * count)
    // A whole stretch lies between the first of one and the first of the next but one, less what a timer may be early.
    const apartMs = heardMs.slice(2 * count).map((atMs, index) => atMs - (heardMs[index] ?? 0))
    expect(Math.min(...apartMs)).toBeGreaterThan(everyMs - 2)
    expect(router().dropped).toBe(0)
  })

  it('stay well with a thousand connections that say nothing, or nothing that is ZeroMQ', async () => {
    echo()
    const idle: Socket[] = []
    stops.add(() => {
      for (const one of idle) one.destroy()
    })
    const port = all.at[0]?.port ?? 0
    for (let count = 0; count < 1_000; count += 1) {
      const one = connect(port, '127.0.0.1')
      one.on('error', () => {})
      if (count % 2 === 0) one.write('GET / HTTP/1.1\r\n\r\n')
      idle.push(one)
    }
    await Promise.all(idle.map((one) => (one.connecting ? once(one, 'connect') : null)))
    await expectWell()
  })

  it('forward what a foreign program publishes, and end the connection of one that says too much', async () => {
    const heard: string[] = []
    const subscriber = new Subscriber({ linger: 0 })
    subscriber.subscribe('')
    subscriber.connect(address(3))
    stops.add(() => subscriber.close())
    void (async () => {
      for await (const [topic] of subscriber) heard.push(String(topic))
    })().catch(() => {}) // closed at the end
    const publisher = new Publisher({ linger: 0 })
    publisher.connect(address(2))
    stops.add(() => publisher.close())
    await untilSaid(publisher, heard, 'foreign')
    const isGone = new Promise((resolve) => publisher.events.on('disconnect', resolve))
    await publisher.send(['flood', Buffer.alloc(socketLimits.openlyPublishedBytesMax + 1)])
    await isGone
    await untilSaid(publisher, heard, 'again')
    expect(heard).not.toContain('flood')
  })

  it('carry the longest wish of a subscriber, and end the connection of a longer one only', async () => {
    const wisher = new Subscriber({ linger: 0 })
    stops.add(() => wisher.close())
    wisher.subscribe('w'.repeat(socketLimits.topicBytesMax))
    const heard: string[] = []
    void (async () => {
      for await (const [topic] of wisher) heard.push(String(topic).slice(0, 1))
    })().catch(() => {}) // closed at the end
    wisher.connect(address(3))
    const own = all.net.sockets(program).publisher('open')
    all.net.sockets(program).subscriber('hear-open').follow('a')
    const lost: boolean[] = []
    await until(() => own.isWanted)
    own.onWanted((is) => lost.push(is))
    await until(() => own.publish('w'.repeat(socketLimits.topicBytesMax), Buffer.from('')) && heard.length > 0)
    const isGone = new Promise((resolve) => wisher.events.on('disconnect', resolve))
    wisher.subscribe('w'.repeat(2 * socketLimits.topicBytesMax))
    await isGone
    expect(own.publish('a', Buffer.from(''))).toBe(true)
    expect(lost).toEqual([])
  })

  it('keep wishes of subscribers where programs meet: no publisher hears of them', async () => {
    const wishes: string[] = []
    const publisher = new XPublisher({ linger: 0 })
    publisher.connect(address(2))
    stops.add(() => publisher.close())
    void (async () => {
      for await (const [wish] of publisher) wishes.push(String(wish))
    })().catch(() => {}) // closed at the end
    await until(() => wishes.length > 0)
    const heard: string[] = []
    const wisher = new Subscriber({ linger: 0 })
    stops.add(() => wisher.close())
    for (let count = 0; count < 500; count += 1) wisher.subscribe(`wish ${count}`)
    wisher.connect(address(3))
    void (async () => {
      for await (const [topic] of wisher) heard.push(String(topic))
    })().catch(() => {}) // closed at the end
    for (const topic of ['wish 0', 'wish 499', 'wish 250']) await untilSaid(publisher, heard, topic)
    expect(wishes).toEqual(['\u0001'])
  })

  it('keep so many publications for a subscriber that does not read, and all for one that does', async () => {
    const deaf = new Subscriber({ linger: 0, receiveHighWaterMark: 1 })
    const heard: string[] = []
    const listening = new Subscriber({ linger: 0 })
    const publisher = new Publisher({ linger: 0 })
    for (const socket of [deaf, listening, publisher]) stops.add(() => socket.close())
    for (const socket of [deaf, listening]) {
      socket.subscribe('')
      socket.connect(address(3))
    }
    publisher.connect(address(2))
    void (async () => {
      for await (const [topic] of listening) heard.push(String(topic))
    })().catch(() => {}) // closed at the end
    await untilSaid(publisher, heard, 'begun')
    // Until it is heard by the deaf one too.
    await Promise.all([deaf.receive(), untilSaid(publisher, heard, 'both')])
    const [large, all] = [Buffer.alloc(16 * 1024), 2 * socketLimits.queuedOpenlyMax]
    const before = heard.length
    for (let said = 0; said < all; said += 1) {
      await publisher.send(['large', large])
      await until(() => heard.length > before + said - 100)
    }
    await until(() => heard.filter((topic) => topic === 'large').length === all)
    const late: string[] = []
    void (async () => {
      for await (const [topic] of deaf) late.push(String(topic))
    })().catch(() => {}) // closed at the end
    await untilSaid(publisher, late, 'late')
    const kept = late.filter((topic) => topic === 'large').length
    // Beside what the system keeps on the way, which is some megabytes.
    expect(kept).toBeLessThan(1.5 * socketLimits.queuedOpenlyMax)
  })

  it('drop at a subscriber what is no publication of ours', async () => {
    const heard: string[] = []
    const misshapen: string[][] = []
    const subscriber = all.net.sockets(program).subscriber('hear-open')
    subscriber.follow('')
    subscriber.listen((topic) => heard.push(topic))
    subscriber.onMisshapen((frames) => misshapen.push(frames.map((frame) => String(frame).slice(0, 5))))
    const publisher = new Publisher({ linger: 0 })
    publisher.connect(address(2))
    stops.add(() => publisher.close())
    await untilSaid(publisher, heard, 'well')
    await publisher.send(['alone'])
    await publisher.send(['one', 'two', 'three'])
    await publisher.send(['t'.repeat(socketLimits.topicBytesMax + 1), 'long'])
    await untilSaid(publisher, heard, 'after')
    expect(subscriber.dropped).toBe(3)
    expect(misshapen).toEqual([['alone'], ['one', 'two', 'three'], ['ttttt', 'long']])
    expect(new Set(heard)).toEqual(new Set(['well', 'after']))
  })

  async function untilSaid(publisher: Publisher | XPublisher, heard: readonly string[], topic: string): Promise<void> {
    while (!heard.includes(topic)) {
      await publisher.send([topic, 'payload'])
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
  }
})

describe('a process with forwarders', () => {
  it('ends when it exits, though they run', async () => {
    const ports = [await quietPort(), await quietPort(), await quietPort(), await quietPort()].map(String)
    const child = fork(fileURLToPath(new URL('testing/exiting.ts', import.meta.url)), ports)
    expect(await once(child, 'exit')).toEqual([7, null])
  })
})
