import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SocketAddress, SocketPlan, SocketTrust } from '#contract/worker/sockets'
import { type NodeId, nodeId } from '#kit/ids'
import type { Result } from '#kit/result'
import type { Stop } from '#kit/stop-stack'
import { type Sockets, socketLimits } from '#ports/sockets'

/** Nodes with every kind of socket, and a stranger whose keys are not of the lab. */
export interface SocketsNet {
  sockets(node: NodeId): Sockets
  setAsleep(node: NodeId, isAsleep: boolean): void
  /** Ends one node as a crash does, and comes back with another life of the same addresses. */
  crash(node: NodeId): void | Promise<void>
  restart(node: NodeId): void | Promise<void>
  /** A program of others that connects to the dealer and answers as it likes, until it is stopped. */
  serve(answer: (request: string) => string): Stop
  until(claim: () => boolean): Promise<void>
  close(): void | Promise<void>
}

export const socketNodes = ['middle', 'server', 'program', 'stranger'].map((name) => nodeId(name))
const [middle, server, program, stranger] = ['middle', 'server', 'program', 'stranger'].map((name) => nodeId(name)) as [
  NodeId,
  NodeId,
  NodeId,
  NodeId,
] // four names make four ids

/** Six addresses: two where programs ask and serve, and two of each forwarder. */
export function socketPlans(
  at: readonly SocketAddress[],
  middleKey: string,
): ReadonlyMap<NodeId, readonly SocketPlan[]> {
  const [clients, servers, openFrom, openTo, nativeFrom, nativeTo] = at
  if (!clients || !servers || !openFrom || !openTo || !nativeFrom || !nativeTo) throw new Error('six addresses')
  const open: SocketTrust = { kind: 'open' }
  const lab: SocketTrust = { kind: 'lab', serverKey: middleKey }
  const asking: readonly SocketPlan[] = [
    { kind: 'asker', name: 'ask', to: clients },
    { kind: 'publisher', name: 'open', to: openFrom, trust: open },
    { kind: 'publisher', name: 'native', to: nativeFrom, trust: lab },
    { kind: 'subscriber', name: 'hear-open', to: openTo, trust: open },
    { kind: 'subscriber', name: 'hear-native', to: nativeTo, trust: lab },
  ]
  return new Map([
    [
      middle,
      [
        { kind: 'router', name: 'clients', at: clients },
        { kind: 'dealer', name: 'servers', at: servers },
        { kind: 'forwarder', name: 'open', from: openFrom, to: openTo, trust: 'open' },
        { kind: 'forwarder', name: 'native', from: nativeFrom, to: nativeTo, trust: 'lab' },
      ],
    ],
    [server, asking],
    [program, asking],
    [stranger, asking],
  ])
}

const withinMs = 60_000

/** What every home of the Sockets port promises. */
export function describeSockets(name: string, openNet: () => Promise<SocketsNet>): void {
  describe(`${name} sockets`, () => {
    let net: SocketsNet

    beforeEach(async () => {
      net = await openNet()
    })

    afterEach(() => net.close())

    const router = () => net.sockets(middle).router('clients')
    const dealer = () => net.sockets(middle).dealer('servers')

    /** From now on: every request is answered with its own text in capitals. */
    function answerAll(): string[] {
      const heard: string[] = []
      router().listen((from, [payload]) => {
        heard.push(textOf(payload))
        router().answer(from, [bytesOf(textOf(payload).toUpperCase())])
      })
      return heard
    }

    function ask(node: NodeId, text: string, ms = withinMs): { result: Result<string> | null } {
      const asked: { result: Result<string> | null } = { result: null }
      net
        .sockets(node)
        .asker('ask')
        .ask(bytesOf(text), ms, (result) => {
          asked.result = result.ok ? { ok: true, value: textOf(result.value) } : result
        })
      return asked
    }

    async function answered(node: NodeId, text: string, ms = withinMs): Promise<Result<string> | null> {
      const asked = ask(node, text, ms)
      await net.until(() => asked.result !== null)
      return asked.result
    }

    function heardOn(node: NodeId, socket: string, ...topics: string[]): string[] {
      const heard: string[] = []
      const subscriber = net.sockets(node).subscriber(socket)
      for (const topic of topics) subscriber.follow(topic)
      subscriber.listen((topic, payload) => heard.push(`${topic}:${textOf(payload)}`))
      return heard
    }

    const publish = (socket: string, topic: string, text: string): boolean =>
      net.sockets(server).publisher(socket).publish(topic, bytesOf(text))

    async function untilWanted(socket = 'open'): Promise<void> {
      await net.until(() => net.sockets(server).publisher(socket).isWanted)
      await net.until(() => net.sockets(program).subscriber(`hear-${socket}`).isConnected)
    }

    /** Repeats a word that nobody counts until it comes through, so that what is said next will. */
    async function untilHeard(heard: readonly string[], socket: string, topic: string): Promise<void> {
      const before = heard.length
      await net.until(() => {
        if (heard.length === before) publish(socket, topic, 'well?')
        return heard.length > before
      })
    }

    const lately = (heard: readonly string[]): string[] => heard.filter((word) => !word.endsWith(':well?'))

    describe('where programs ask', () => {
      it('gives each its own answer', async () => {
        answerAll()
        const [one, two] = [ask(program, 'one'), ask(stranger, 'two')]
        await net.until(() => one.result !== null && two.result !== null)
        expect([one.result, two.result]).toEqual([
          { ok: true, value: 'ONE' },
          { ok: true, value: 'TWO' },
        ])
      })

      it('tells connections apart, and knows one again', async () => {
        const from: string[] = []
        router().listen((asker) => {
          from.push(asker)
          router().answer(asker, [bytesOf('yes')])
        })
        await answered(program, 'first')
        await answered(stranger, 'other')
        await answered(program, 'second')
        expect(from[0]).toBe(from[2])
        expect(from[1]).not.toBe(from[0])
      })

      it('brings bytes as they are, none included', async () => {
        let result: Result<Uint8Array> | null = null
        router().listen((from, frames) => router().answer(from, frames))
        for (const payload of [new Uint8Array([0, 255, 10, 0]), new Uint8Array(0), new Uint8Array(100_000).fill(7)]) {
          result = null
          net
            .sockets(program)
            .asker('ask')
            .ask(payload, withinMs, (given) => {
              result = given
            })
          await net.until(() => result !== null)
          expect(Buffer.compare(payload, (result as unknown as { value: Uint8Array }).value)).toBe(0)
        }
      })

      it('keeps what comes before anybody listens', async () => {
        const asked = ask(program, 'early')
        answerAll()
        await net.until(() => asked.result !== null)
        expect(asked.result).toEqual({ ok: true, value: 'EARLY' })
      })

      it('lets one question be under way at each', async () => {
        ask(program, 'first')
        expect(ask(program, 'second').result).toMatchObject({ failure: { code: 'busy' } })
      })

      it('times out, and gives a late answer to nobody', async () => {
        const from: string[] = []
        const stop = router().listen((asker) => from.push(asker))
        // A connection that takes longer than that brings no question.
        while (from.length === 0) {
          expect(await answered(program, 'slow', 50)).toMatchObject({ failure: { code: 'timed-out' } })
        }
        for (const asker of from) router().answer(asker, [bytesOf('late')])
        void stop()
        answerAll()
        expect(await answered(program, 'next')).toEqual({ ok: true, value: 'NEXT' })
      })

      it('counts an answer that nobody is there to take', async () => {
        router().answer('bm9ib2R5.', [bytesOf('hello?')])
        await net.until(() => router().dropped === 1)
      })

      it('is asked again when it comes back', async () => {
        answerAll()
        expect(await answered(program, 'one')).toMatchObject({ ok: true })
        await net.crash(middle)
        expect(await answered(program, 'two', 50)).toMatchObject({ failure: { code: 'timed-out' } })
        await net.restart(middle)
        answerAll()
        expect(await answered(program, 'three')).toEqual({ ok: true, value: 'THREE' })
      })

      it('hears nothing asleep, and what has come meanwhile when it wakes', async () => {
        const heard = answerAll()
        await answered(program, 'before')
        net.setAsleep(middle, true)
        const meanwhile = ask(program, 'meanwhile')
        expect(await answered(stranger, 'in vain', 50)).toMatchObject({ failure: { code: 'timed-out' } })
        expect(heard).toEqual(['before'])
        net.setAsleep(middle, false)
        await net.until(() => meanwhile.result !== null)
        expect(heard).toContain('meanwhile')
      })

      it('refuses to answer more than a message can hold', () => {
        expect(router().answer('AA.', [new Uint8Array(socketLimits.answerBytesMax + 1)])).toBe(false)
        expect(router().answer('AA.', [])).toBe(false)
        expect(router().answer('AA.', Array(socketLimits.framesMax + 1).fill(new Uint8Array(1)))).toBe(false)
        expect(router().dropped).toBe(3)
      })
    })

    describe('where programs serve', () => {
      it('counts them, and gives them requests in turn', async () => {
        const counts: number[] = []
        const heard: string[] = []
        dealer().onConnections((connections) => counts.push(connections))
        dealer().listen((request, [payload]) => heard.push(`${textOf(payload)} to ${request}`))
        expect(dealer().send('0', [bytesOf('nobody')])).toBe(false)
        expect(dealer().dropped).toBe(1)
        const first = net.serve((request) => `first ${request}`)
        await net.until(() => dealer().connections === 1)
        const second = net.serve((request) => `second ${request}`)
        await net.until(() => dealer().connections === 2)
        for (const request of ['a', 'b', 'c', 'd'])
          expect(dealer().send(`no. ${request}`, [bytesOf(request)])).toBe(true)
        await net.until(() => heard.length === 4)
        expect(heard.filter((word) => word.startsWith('first'))).toHaveLength(2)
        expect(heard.every((word) => / ([a-d]) to no\. \1$/.test(word))).toBe(true)
        void first()
        await net.until(() => dealer().connections === 1)
        void second()
        await net.until(() => dealer().connections === 0)
        expect(counts).toEqual([1, 2, 1, 0])
      })
    })

    describe('what is forwarded', () => {
      it('comes to those who follow its beginning, in order, and to nobody else', async () => {
        const [ana, all] = [heardOn(program, 'hear-open', 'ana'), heardOn(stranger, 'hear-open', '')]
        await untilWanted()
        await untilHeard(ana, 'open', 'ana')
        await untilHeard(all, 'open', 'ana')
        for (const topic of ['ana', 'bia', 'ana2']) expect(publish('open', topic, topic)).toBe(true)
        publish('open', 'ana', 'last')
        await net.until(() => ana.includes('ana:last') && all.includes('ana:last'))
        expect(lately(ana)).toEqual(['ana:ana', 'ana2:ana2', 'ana:last'])
        expect(lately(all)).toEqual(['ana:ana', 'bia:bia', 'ana2:ana2', 'ana:last'])
      })

      it('stops coming when it is followed no longer', async () => {
        const heard = heardOn(program, 'hear-open', 'a', 'b')
        await untilWanted()
        await untilHeard(heard, 'open', 'a')
        net.sockets(program).subscriber('hear-open').unfollow('a')
        net.sockets(program).subscriber('hear-open').follow('c')
        // Wishes travel in order: who hears of c has asked for no more of a.
        await net.until(() => {
          publish('open', 'c', 'well?')
          return heard.includes('c:well?')
        })
        publish('open', 'a', 'unwanted')
        publish('open', 'b', 'wanted')
        await net.until(() => heard.includes('b:wanted'))
        expect(heard).not.toContain('a:unwanted')
      })

      it('is refused and counted while nobody forwards, and both ends know', async () => {
        const heard = heardOn(program, 'hear-open', '')
        const [forwarded, connected]: [boolean[], boolean[]] = [[], []]
        await untilWanted()
        net
          .sockets(server)
          .publisher('open')
          .onWanted((is) => forwarded.push(is))
        net
          .sockets(program)
          .subscriber('hear-open')
          .onConnected((is) => connected.push(is))
        await net.crash(middle)
        await net.until(() => forwarded.length === 1 && connected.length === 1)
        expect(publish('open', 'a', 'to nobody')).toBe(false)
        expect(net.sockets(server).publisher('open').dropped).toBe(1)
        await net.restart(middle)
        await net.until(() => forwarded.length === 2 && connected.length === 2)
        expect([forwarded, connected]).toEqual([
          [false, true],
          [false, true],
        ])
        await untilHeard(heard, 'open', 'a')
        expect(heard).not.toContain('a:to nobody')
      })

      it('is lost while the forwarder sleeps', async () => {
        const heard = heardOn(program, 'hear-open', '')
        await untilWanted()
        await untilHeard(heard, 'open', 'a')
        const forwarder = net.sockets(middle).forwarder('open')
        expect(forwarder.isForwarding).toBe(true)
        net.setAsleep(middle, true)
        await net.until(() => !forwarder.isForwarding && !net.sockets(server).publisher('open').isWanted)
        publish('open', 'a', 'asleep')
        net.setAsleep(middle, false)
        await net.until(() => forwarder.isForwarding)
        await untilWanted()
        await untilHeard(heard, 'open', 'a')
        expect(lately(heard)).toEqual([])
      })

      it('is wanted while the forwarder is there, whether anybody follows it or not', async () => {
        const subscriber = net.sockets(program).subscriber('hear-open')
        await net.until(() => net.sockets(server).publisher('open').isWanted)
        expect(publish('open', 'a', 'to nobody')).toBe(true)
        const wanted: boolean[] = []
        net
          .sockets(server)
          .publisher('open')
          .onWanted((is) => wanted.push(is))
        const heard = heardOn(program, 'hear-open', 'a')
        await untilHeard(heard, 'open', 'a')
        subscriber.unfollow('a')
        await net.until(() => net.sockets(server).publisher('native').isWanted)
        expect(wanted).toEqual([])
      })

      it('comes from publishers that are counted, and so are subscribers', async () => {
        const forwarder = net.sockets(middle).forwarder('open')
        const counts: [publishers: number[], subscribers: number[]] = [[], []]
        const all = (count: number) => forwarder.publishers === count && forwarder.subscribers === count
        await net.until(() => all(3))
        forwarder.onPublishers((publishers) => counts[0].push(publishers))
        forwarder.onSubscribers((subscribers) => counts[1].push(subscribers))
        await net.crash(program)
        await net.until(() => all(2))
        await net.restart(program)
        await net.until(() => all(3))
        for (const one of counts) expect(one).toEqual([2, 3])
        // Who may not publish there is none of them.
        await net.until(() => net.sockets(middle).forwarder('native').publishers === 2)
      })

      it('is refused when it is too much', async () => {
        await untilWanted()
        expect(publish('open', 'x'.repeat(socketLimits.topicBytesMax + 1), '')).toBe(false)
        const large = new Uint8Array(socketLimits.openlyPublishedBytesMax + 1)
        expect(net.sockets(server).publisher('open').publish('a', large)).toBe(false)
        expect(net.sockets(server).publisher('open').dropped).toBe(2)
        await untilWanted('native')
        expect(net.sockets(server).publisher('native').publish('a', large)).toBe(true)
      })
    })

    it('lets nobody into what is of the lab but its nodes', async () => {
      const [own, strange] = [heardOn(program, 'hear-native', ''), heardOn(stranger, 'hear-native', '')]
      await untilWanted('native')
      await untilHeard(own, 'native', 'a')
      await net.until(() => net.sockets(middle).forwarder('native').strangers > 1)
      publish('native', 'a', 'secret')
      await net.until(() => own.includes('a:secret'))
      expect(strange).toEqual([])
      expect(net.sockets(stranger).subscriber('hear-native').isConnected).toBe(false)
      expect(net.sockets(stranger).publisher('native').publish('a', bytesOf('lie'))).toBe(false)
      expect(net.sockets(middle).forwarder('open').strangers).toBe(0)
    })

    it('knows only what the plan names', () => {
      expect(() => net.sockets(middle).router('servers')).toThrow('the plan names no router servers')
      expect(() => net.sockets(program).asker('nobody')).toThrow('the plan names no asker nobody')
    })
  })
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

function textOf(bytes: Uint8Array | undefined): string {
  return new TextDecoder().decode(bytes)
}
