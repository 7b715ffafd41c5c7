import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { LinkRules } from '#contract/worker/faults'
import { assert } from '#kit/assert'
import type { NodeId } from '#kit/ids'
import type { HostPort, RingLinks } from '#ports/ring-links'
import { rules, wireNodes } from './wire-suite.ts'

/** A program that is no own peer: it listens on a TCP port and speaks to the group. */
export interface RingStranger {
  readonly id: string
  /** Texts that were brought to its TCP port. */
  readonly texts: readonly string[]
  /** Texts said to the group, and to this program alone. */
  readonly calls: readonly { readonly from: HostPort; readonly text: string }[]
  bring(to: string, text: string): void
  callOut(text: string): void
  whisper(to: HostPort, text: string): void
}

/** Three own peers and a stranger, all on one machine. */
export interface RingNet {
  links(node: NodeId): RingLinks
  stranger(): Promise<RingStranger>
  setFaults(node: NodeId, rules: readonly LinkRules[]): void
  /** Ends one peer as a crash does, and comes back with another life of the same address. */
  crash(node: NodeId): void | Promise<void>
  restart(node: NodeId): void | Promise<void>
  nowMs(): number
  until(claim: () => boolean): Promise<void>
  close(): void | Promise<void>
}

const [n1, n2, n3] = wireNodes
/** Nobody listens there. */
const nowhere = '127.0.0.1:1'

/** What every home of the RingLinks port promises beyond what it promises as a Wire. */
export function describeRingLinks(name: string, openNet: () => Promise<RingNet>): void {
  describe(`${name} ring links`, () => {
    let net: RingNet

    beforeEach(async () => {
      net = await openNet()
    })

    afterEach(() => net.close())

    function heardBy(node: NodeId): string[] {
      const heard: string[] = []
      net.links(node).listen((from, bytes) => heard.push(`${from}:${textOf(bytes)}`))
      return heard
    }

    function shoutsHeardBy(node: NodeId): string[] {
      const heard: string[] = []
      net.links(node).onShout((bytes) => heard.push(textOf(bytes)))
      return heard
    }

    function lostBy(node: NodeId): string[] {
      const lost: string[] = []
      net.links(node).onLost((peer, why) => lost.push(`${net.links(node).nodeOf(peer)} ${why}`))
      return lost
    }

    const say = (from: NodeId, to: NodeId, text: string) => net.links(from).send(to, bytesOf(text))
    const shout = (from: NodeId, text: string) => net.links(from).shout(bytesOf(text))

    it('names peers both ways, those of the lab by their nodes', () => {
      const links = net.links(n1)
      const two = net.links(n2).id
      expect(links.nodeOf(two)).toBe(n2)
      expect(links.peerOf(n2)).toBe(two)
      expect(links.peerOf(links.nodeOf('192.0.2.7:9001'))).toBe('192.0.2.7:9001')
      expect(links.nodeOf('192.0.2.7:9001')).not.toBe(links.nodeOf('192.0.2.7:9002'))
    })

    it('brings what both say first at the same moment', async () => {
      const [at1, at2] = [heardBy(n1), heardBy(n2)]
      for (let count = 0; count < 20; count += 1) {
        say(n1, n2, `there ${count}`)
        say(n2, n1, `back ${count}`)
      }
      await net.until(() => at1.length === 20 && at2.length === 20)
      expect(at2).toEqual(Array.from({ length: 20 }, (_, count) => `n1:there ${count}`))
    })

    it('says who has gone, that nobody is there, and finds its next life at once', async () => {
      const [lost, at1] = [lostBy(n1), heardBy(n1)]
      const at2 = heardBy(n2)
      say(n1, n2, 'hello')
      await net.until(() => at2.length === 1)
      await net.crash(n2)
      await net.until(() => lost.length === 1)
      say(n1, n2, 'anybody?')
      await net.until(() => lost.length === 2)
      expect(lost).toEqual(['n2 closed', 'n2 refused'])
      await net.restart(n2)
      const again = heardBy(n2)
      say(n1, n2, 'welcome back')
      await net.until(() => again.length === 1)
      say(n2, n1, 'thanks')
      await net.until(() => at1.includes('n2:thanks'))
      expect(again).toEqual(['n1:welcome back'])
    })

    it('shouts to all but itself', async () => {
      const [at1, at2, at3] = [shoutsHeardBy(n1), shoutsHeardBy(n2), shoutsHeardBy(n3)]
      shout(n1, 'anybody?')
      shout(n2, 'me')
      await net.until(() => at1.length === 1 && at2.length === 1 && at3.length === 2)
      expect([at1, at2, at3.sort()]).toEqual([['me'], ['anybody?'], ['anybody?', 'me']])
    })

    describe('with a stranger', () => {
      it('takes its texts beside what own peers say, and brings it texts in order', async () => {
        const stranger = await net.stranger()
        const texts: string[] = []
        const at1 = heardBy(n1)
        net.links(n1).onText((from, text) => texts.push(`${from} ${text}`))
        stranger.bring(net.links(n1).id, 'a|Ana|olá')
        say(n2, n1, 'beside it')
        await net.until(() => texts.length === 1 && at1.length === 1)
        expect(texts).toEqual(['127.0.0.1 a|Ana|olá'])
        for (const text of ['one', 'two', 'three']) net.links(n1).sendText(stranger.id, text, () => {})
        await net.until(() => stranger.texts.length === 3)
        expect(stranger.texts).toEqual(['one', 'two', 'three'])
      })

      it('says what it could not bring', async () => {
        let undelivered = 0
        net.links(n1).sendText(nowhere, 'anybody?', () => {
          undelivered += 1
        })
        expect(undelivered, 'never inside the call').toBe(0)
        await net.until(() => undelivered === 1)
      })

      it('calls out so that the answer comes back, and answers those who call', async () => {
        const stranger = await net.stranger()
        const calls: { from: HostPort; text: string; isAnswer: boolean }[] = []
        net.links(n1).onCall((from, text, isAnswer) => calls.push({ from, text, isAnswer }))
        net.links(n1).callOut('DISCOVER:x')
        await net.until(() => stranger.calls.length === 1)
        stranger.whisper(first(stranger.calls).from, 'JOIN|a|b')
        await net.until(() => calls.length === 1)
        stranger.callOut('DISCOVER:y')
        await net.until(() => calls.length === 2)
        expect(calls.map(({ text, isAnswer }) => [text, isAnswer])).toEqual([
          ['JOIN|a|b', true],
          ['DISCOVER:y', false],
        ])
        net.links(n1).whisper(first(calls.slice(1)).from, 'JOIN|c|d')
        await net.until(() => stranger.calls.some(({ text }) => text === 'JOIN|c|d'))
      })

      it('calls out to strangers only', async () => {
        const stranger = await net.stranger()
        const at2: string[] = []
        net.links(n2).onCall((_, text) => at2.push(text))
        net.links(n1).callOut('DISCOVER:x')
        await net.until(() => stranger.calls.length === 1)
        stranger.callOut('DISCOVER:y')
        await net.until(() => at2.length > 0)
        expect(at2).toEqual(['DISCOVER:y'])
      })

      it('refuses what is no text, and counts it', async () => {
        const stranger = await net.stranger()
        const told: string[] = []
        net.links(n1).onRefused((why) => told.push(why))
        stranger.bring(net.links(n1).id, '\0\0')
        await net.until(() => net.links(n1).refused.garbage === 1)
        stranger.bring(net.links(n1).id, 'x'.repeat(1_025))
        await net.until(() => net.links(n1).refused['too-large'] === 1)
        expect(told).toEqual(['garbage', 'too-large'])
      })
    })

    describe('under faults', () => {
      it('cut: no shout is heard on that way, and others hear it', async () => {
        const [at2, at3] = [shoutsHeardBy(n2), shoutsHeardBy(n3)]
        net.setFaults(n1, [rules(n2, { isCut: true })])
        shout(n1, 'cut')
        await net.until(() => at3.length === 1)
        net.setFaults(n1, [])
        shout(n1, 'healed')
        await net.until(() => at2.length === 1 && at3.length === 2)
        expect([at2, at3]).toEqual([['healed'], ['cut', 'healed']])
      })

      it('cut: the end of a connection tells nothing either', async () => {
        const [lost, at2, at3] = [lostBy(n1), heardBy(n2), heardBy(n3)]
        say(n1, n2, 'hello')
        say(n1, n3, 'hello')
        await net.until(() => at2.length === 1 && at3.length === 1)
        net.setFaults(n1, [rules(n2, { isCut: true })])
        await net.crash(n2)
        await net.crash(n3)
        await net.until(() => lost.includes('n3 closed'))
        expect(lost).toEqual(['n3 closed'])
      })

      it('loss of all: no shout is heard on that way', async () => {
        const [at2, at3] = [shoutsHeardBy(n2), shoutsHeardBy(n3)]
        net.setFaults(n1, [rules(n2, { lossPercent: 100 })])
        for (let count = 0; count < 20; count += 1) shout(n1, String(count))
        await net.until(() => at3.length === 20)
        net.setFaults(n1, [])
        shout(n1, 'end')
        await net.until(() => at2.includes('end'))
        expect(at2).toEqual(['end'])
      })

      it('duplicate: a shout is heard twice on that way', async () => {
        const [at2, at3] = [shoutsHeardBy(n2), shoutsHeardBy(n3)]
        net.setFaults(n1, [rules(n2, { duplicatePercent: 100 })])
        shout(n1, 'a')
        await net.until(() => at2.length === 2 && at3.length === 1)
        expect([at2, at3]).toEqual([['a', 'a'], ['a']])
      })

      it('delay: a shout is not early on that way', async () => {
        const at2 = shoutsHeardBy(n2)
        net.setFaults(n1, [rules(n2, { delayMs: 60 })])
        const startMs = net.nowMs()
        shout(n1, 'a')
        await net.until(() => at2.length === 1)
        expect(net.nowMs() - startMs).toBeGreaterThanOrEqual(59)
      })
    })
  })
}

function first<T>(items: readonly T[]): T {
  const [item] = items
  assert(item !== undefined, 'there is one')
  return item
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}
