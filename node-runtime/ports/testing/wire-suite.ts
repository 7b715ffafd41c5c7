import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { LinkRules } from '#contract/worker/faults'
import type { DropWhy } from '#contract/worker/trace'
import type { PeerLinkView } from '#contract/worker/view'
import { type NodeId, nodeId } from '#kit/ids'
import { type Wire, wireLimits } from '#ports/wire'

/** Three nodes, all connected to each other, and what can be done to their links. */
export interface WireNet {
  wire(node: NodeId): Wire
  /** Replaces all link faults of one sender. */
  setFaults(node: NodeId, rules: readonly LinkRules[]): void
  /** What this node has dropped so far. */
  drops(node: NodeId): readonly { readonly peer: NodeId | null; readonly why: DropWhy }[]
  nowMs(): number
  /** Lets the world go on until the claim holds; fails when it does not come to hold. */
  until(claim: () => boolean): Promise<void>
  close(): void | Promise<void>
}

export const wireNodes = [nodeId('n1'), nodeId('n2'), nodeId('n3')] as const
const [n1, n2, n3] = wireNodes

/** What every home of the Wire port promises. */
export function wireSuite(name: string, openNet: () => Promise<WireNet>): void {
  describe(`${name} wire`, () => {
    let net: WireNet

    beforeEach(async () => {
      net = await openNet()
    })

    afterEach(() => net.close())

    /** Everything that a node hears from now on, as `from:text`. */
    function heardBy(node: NodeId): string[] {
      const heard: string[] = []
      net.wire(node).listen((from, bytes) => heard.push(`${from}:${new TextDecoder().decode(bytes)}`))
      return heard
    }

    function say(from: NodeId, to: NodeId, text: string): boolean {
      return net.wire(from).send(to, new TextEncoder().encode(text))
    }

    function link(of: NodeId, to: NodeId): PeerLinkView | undefined {
      return net
        .wire(of)
        .links()
        .find(({ peer }) => peer === to)
    }

    it('brings bytes as they are, from whom they are, in order, and to nobody else', async () => {
      const [at2, at3] = [heardBy(n2), heardBy(n3)]
      expect(say(n1, n2, 'a')).toBe(true)
      say(n3, n2, 'x')
      say(n1, n2, '')
      say(n1, n2, 'ç')
      say(n1, n3, 'last')
      await net.until(() => at2.length === 4 && at3.length === 1)
      expect(at2.filter((line) => line.startsWith('n1'))).toEqual(['n1:a', 'n1:', 'n1:ç'])
      expect(at2).toContain('n3:x')
      expect(at3).toEqual(['n1:last'])
    })

    it('brings what is said in answer', async () => {
      const at1 = heardBy(n1)
      net.wire(n2).listen((from) => void say(n2, from, 'and to you'))
      say(n1, n2, 'hello')
      await net.until(() => at1.length === 1)
      expect(at1).toEqual(['n2:and to you'])
    })

    it('brings thousands of messages of one turn, each once and in order', async () => {
      const at2 = heardBy(n2)
      const texts = Array.from({ length: 5_000 }, (_, index) => `message ${index}`)
      for (const text of texts) expect(say(n1, n2, text)).toBe(true)
      await net.until(() => at2.length >= texts.length)
      expect(at2).toEqual(texts.map((text) => `n1:${text}`))
    })

    it('brings the largest message, and refuses one byte more', async () => {
      const largest = new Uint8Array(wireLimits.messageBytesMax).fill(7)
      const sizes: number[] = []
      net.wire(n2).listen((_, bytes) => sizes.push(bytes.byteLength))
      expect(net.wire(n1).send(n2, new Uint8Array(wireLimits.messageBytesMax + 1))).toBe(false)
      expect(net.wire(n1).send(n2, largest)).toBe(true)
      await net.until(() => sizes.length > 0)
      expect(sizes).toEqual([wireLimits.messageBytesMax])
      expect(net.drops(n1)).toMatchObject([{ peer: n2, why: 'too-large' }])
    })

    it('drops what is for nobody it knows', () => {
      expect(say(n1, nodeId('n9'), 'anybody there?')).toBe(false)
      expect(net.drops(n1)).toMatchObject([{ peer: 'n9', why: 'not-connected' }])
    })

    it('is silent to a listener that has stopped, and stopping twice does nothing', async () => {
      const stopped: string[] = []
      const stop = net.wire(n2).listen((from) => stopped.push(from))
      await stop()
      await stop()
      const at2 = heardBy(n2)
      say(n1, n2, 'x')
      await net.until(() => at2.length === 1)
      expect(stopped).toEqual([])
    })

    it('counts what went each way', async () => {
      const at2 = heardBy(n2)
      say(n1, n2, 'four')
      say(n1, n2, 'five5')
      await net.until(() => at2.length === 2)
      expect(link(n1, n2)).toMatchObject({ isConnected: true, sentCount: 2, sentBytes: 9, receivedCount: 0 })
      expect(link(n2, n1)).toMatchObject({ isConnected: true, receivedCount: 2, receivedBytes: 9, sentCount: 0 })
      expect(link(n1, n3)).toMatchObject({ sentCount: 0, droppedCount: 0 })
      expect(link(n2, n1)?.heardMsAgo).toBeGreaterThanOrEqual(0)
    })

    describe('under faults', () => {
      it('cut: nothing goes that way, everything the other way and to others, until it is healed', async () => {
        const [at1, at2, at3] = [heardBy(n1), heardBy(n2), heardBy(n3)]
        net.setFaults(n1, [rules(n2, { isCut: true })])
        expect(say(n1, n2, 'lost')).toBe(false)
        say(n2, n1, 'back')
        say(n1, n3, 'aside')
        await net.until(() => at1.length === 1 && at3.length === 1)
        net.setFaults(n1, [])
        expect(say(n1, n2, 'healed')).toBe(true)
        await net.until(() => at2.length === 1)
        expect(at2).toEqual(['n1:healed'])
        expect(net.drops(n1)).toMatchObject([{ peer: n2, why: 'cut' }])
        expect(link(n1, n2)?.droppedCount).toBe(1)
      })

      it('delay: nothing is early, and the order is kept, also when the delay is lifted meanwhile', async () => {
        const delayMs = 80
        const arrivals: { text: string; ms: number }[] = []
        net.wire(n2).listen((_, bytes) => {
          arrivals.push({ text: new TextDecoder().decode(bytes), ms: net.nowMs() })
        })
        const startMs = net.nowMs()
        net.setFaults(n1, [rules(n2, { delayMs })])
        for (const text of ['1', '2', '3']) say(n1, n2, text)
        net.setFaults(n1, [])
        say(n1, n2, '4')
        await net.until(() => arrivals.length === 4)
        expect(arrivals.map(({ text }) => text)).toEqual(['1', '2', '3', '4'])
        expect(Math.min(...arrivals.map(({ ms }) => ms)) - startMs).toBeGreaterThanOrEqual(delayMs - 1)
      })

      it('delay with jitter: each message waits at least the delay, and none is lost or doubled', async () => {
        const at2 = heardBy(n2)
        const arrivedMs: number[] = []
        net.wire(n2).listen(() => arrivedMs.push(net.nowMs()))
        net.setFaults(n1, [rules(n2, { delayMs: 20, jitterMs: 60 })])
        const startMs = net.nowMs()
        const texts = Array.from({ length: 50 }, (_, index) => String(index))
        for (const text of texts) say(n1, n2, text)
        await net.until(() => at2.length >= texts.length)
        expect([...at2].sort()).toEqual(texts.map((text) => `n1:${text}`).sort())
        expect(Math.min(...arrivedMs) - startMs).toBeGreaterThanOrEqual(19)
        expect(at2, 'jitter turns the order of some').not.toEqual(texts.map((text) => `n1:${text}`))
      })

      it('loss: each message arrives or is reported as lost, some do and some are', async () => {
        const at2 = heardBy(n2)
        net.setFaults(n1, [rules(n2, { lossPercent: 50 })])
        let sent = 0
        for (let index = 0; index < 200; index += 1) if (say(n1, n2, String(index))) sent += 1
        await net.until(() => at2.length >= sent)
        expect(at2).toHaveLength(sent)
        expect(net.drops(n1).filter(({ why }) => why === 'loss')).toHaveLength(200 - sent)
        // Two hundred fair draws stay within these bounds but for one run in a million.
        expect(sent).toBeGreaterThan(60)
        expect(sent).toBeLessThan(140)
      })

      it('loss of everything is a loss of everything, and of nothing of nothing', () => {
        const sendMany = () => Array.from({ length: 100 }, (_, index) => say(n1, n2, String(index)))
        net.setFaults(n1, [rules(n2, { lossPercent: 100 })])
        expect(sendMany()).not.toContain(true)
        net.setFaults(n1, [rules(n2, { lossPercent: 0 })])
        expect(sendMany()).not.toContain(false)
      })

      it('duplicate: everything arrives twice', async () => {
        const at2 = heardBy(n2)
        net.setFaults(n1, [rules(n2, { duplicatePercent: 100 })])
        for (const text of ['a', 'b']) say(n1, n2, text)
        net.setFaults(n1, [])
        say(n1, n2, 'end')
        await net.until(() => at2.includes('n1:end'))
        expect(at2).toEqual(['n1:a', 'n1:a', 'n1:b', 'n1:b', 'n1:end'])
      })

      it('add up on one link', async () => {
        const at2 = heardBy(n2)
        net.setFaults(n1, [rules(n2, { delayMs: 30, duplicatePercent: 100 })])
        const startMs = net.nowMs()
        say(n1, n2, 'late and twice')
        await net.until(() => at2.length === 2)
        expect(net.nowMs() - startMs).toBeGreaterThanOrEqual(29)
      })
    })
  })
}

/** A link without faults, but for these. */
export function rules(to: NodeId, faults: Partial<LinkRules>): LinkRules {
  return { to, isCut: false, delayMs: 0, jitterMs: 0, lossPercent: 0, duplicatePercent: 0, ...faults }
}
