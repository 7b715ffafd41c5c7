import { afterEach, describe, expect, it } from 'vitest'
import { nodeId } from '#kit/ids'
import { StopStack } from '#kit/stop-stack'
import { rules } from '#ports/testing/wire-suite'
import { wireLimits } from '#ports/wire'
import { VirtualClock } from '#sim/virtual-clock'
import { encodeBatch } from '../wire/frames.ts'
import { freePort, host, until } from '../wire/testing/wire-net.ts'
import { ringLinkLimits } from './limits.ts'
import { passOn, raw, rawPeer } from './testing/raw.ts'
import { type OpenRingMember, openRingMember, ringKey, ringOf } from './testing/ring-net.ts'

const [n1, n2] = [nodeId('n1'), nodeId('n2')]

describe('a connection between own peers', () => {
  const stops = new StopStack()
  afterEach(() => stops.run())

  async function open(...args: Parameters<typeof openRingMember>): Promise<OpenRingMember> {
    const member = await openRingMember(...args)
    stops.add(() => member.links.close())
    return member
  }

  async function pairInVirtualTime() {
    const ring = await ringOf([n1, n2])
    const clocks = [new VirtualClock(), new VirtualClock()]
    const one = await open(ring.plans[0]!, ring, { clock: clocks[0]! })
    const two = await open(ring.plans[1]!, ring, { clock: clocks[1]! })
    return { one, two, clocks }
  }

  function heardBy(member: OpenRingMember): string[] {
    const heard: string[] = []
    member.links.listen((_, bytes) => heard.push(Buffer.from(bytes).toString()))
    return heard
  }

  it('is not made with somebody else than was dialed', async () => {
    const ring = await ringOf([n1, n2])
    const elsewhere = `${host}:${await freePort()}`
    const one = await open(ring.plans[0]!, ring)
    await open({ ...ring.plans[1]!, id: elsewhere }, ring)
    const passing = await passOn(ring.plans[1]!.id, elsewhere)
    stops.add(() => passing.close())
    one.links.send(n2, Buffer.from('secret'))
    await until(() => one.links.refused.garbage === 1)
    expect(one.drops).toMatchObject([{ peer: n2, why: 'not-connected' }])
  })

  it('is not made with oneself', async () => {
    const ring = await ringOf([n1, n2])
    const one = await open(ring.plans[0]!, ring)
    const passing = await passOn(ring.plans[1]!.id, one.links.id)
    stops.add(() => passing.close())
    one.links.send(n2, Buffer.from('secret'))
    await until(() => one.drops.length === 1)
    expect(one.links.refused.garbage).toBe(1)
  })

  describe('and what is said on it', () => {
    async function peerAndRaw() {
      const ring = await ringOf([n1, n2])
      const one = await open(ring.plans[0]!, ring)
      const heard = heardBy(one)
      const peer = await rawPeer(one.links.id, { id: ring.plans[1]!.id, key: ringKey() })
      const frame = (text: string) =>
        peer.sealer.seal(encodeBatch({ life: 1, sentMs: 0, echo: null }, [Buffer.from(text)]))
      peer.write(frame('first'))
      await until(() => heard.length === 1)
      return { one, heard, peer, frame }
    }

    it('is not believed a second time', async () => {
      const { one, heard, peer } = await peerAndRaw()
      peer.write(peer.written.at(-1)!)
      await until(() => peer.isClosed())
      expect([heard, one.links.refused.replayed]).toEqual([['first'], 1])
    })

    it('is not believed when one is missing, nor when a byte of it was changed', async () => {
      for (const harm of ['missing', 'changed']) {
        const { one, heard, peer, frame } = await peerAndRaw()
        const next = frame('second')
        if (harm === 'changed') next[20] = (next[20] ?? 0) ^ 1
        peer.write(harm === 'missing' ? frame('third') : next)
        await until(() => peer.isClosed())
        expect([heard, one.links.refused.garbage], harm).toEqual([['first'], 1])
      }
    })

    it('is not believed on another connection', async () => {
      const { one, heard, peer } = await peerAndRaw()
      const again = await raw(one.links.id)
      again.socket.write(Buffer.concat(peer.written))
      await until(() => again.isClosed())
      expect([heard, one.links.refused['wrong-key']]).toEqual([['first'], 1])
    })

    it('ends the connection when it claims to be longer than anything, and the peer stays up', async () => {
      const { one, heard, peer } = await peerAndRaw()
      const long = Buffer.alloc(8)
      long.writeUInt32BE(2 ** 31, 0)
      peer.write(long)
      await until(() => peer.isClosed())
      expect([heard, one.links.refused['too-large']]).toEqual([['first'], 1])
    })

    it('is dropped when it is out of form, and the connection stays', async () => {
      const { one, heard, peer, frame } = await peerAndRaw()
      peer.write(peer.sealer.seal(Buffer.from('no batch')))
      peer.write(frame('second'))
      await until(() => heard.length === 2)
      expect([heard, one.links.refused.garbage]).toEqual([['first', 'second'], 1])
    })
  })

  it('is one where both dialed at once: what each says goes on in order', async () => {
    const ring = await ringOf([n1, n2])
    for (let round = 0; round < 10; round += 1) {
      const [one, two] = [await openRingMember(ring.plans[0]!, ring), await openRingMember(ring.plans[1]!, ring)]
      const [at1, at2] = [heardBy(one), heardBy(two)]
      const texts = Array.from({ length: 50 }, (_, index) => String(index))
      for (const text of texts) {
        one.links.send(n2, Buffer.from(text))
        two.links.send(n1, Buffer.from(text))
        if (Number(text) % 10 === 0) await new Promise((resolve) => setImmediate(resolve))
      }
      await until(() => at1.length === 50 && at2.length === 50)
      expect([at1, at2]).toEqual([texts, texts])
      await one.links.close()
      await two.links.close()
    }
  })

  it('waits for its peer up to a limit, and drops the newest past that', async () => {
    const ring = await ringOf([n1, n2])
    const one = await open(ring.plans[0]!, ring)
    const two = await open(ring.plans[1]!, ring)
    const at2 = heardBy(two)
    for (let count = 0; count < wireLimits.queuedPerPeerMax; count += 1) {
      expect(one.links.send(n2, Buffer.from('x'))).toBe(true)
    }
    expect(one.links.send(n2, Buffer.from('x'))).toBe(false)
    expect(one.drops).toMatchObject([{ peer: n2, why: 'queue-full' }])
    await until(() => at2.length === wireLimits.queuedPerPeerMax)
  })

  it('is given back in order when nobody uses it, and made again when somebody does', async () => {
    const { one, two, clocks } = await pairInVirtualTime()
    const lost: string[] = []
    for (const { links } of [one, two]) links.onLost((peer, why) => lost.push(`${peer} ${why}`))
    const at2 = heardBy(two)
    one.links.send(n2, Buffer.from('a'))
    await until(() => at2.length === 1)
    const [link1, link2] = [() => one.links.links()[0]!, () => two.links.links()[0]!]
    for (let beat = 1; beat < ringLinkLimits.idleBeatsMax; beat += 1) {
      for (const clock of clocks) clock.advanceTo(beat * ringLinkLimits.beatMs)
      await until(() => link1().heardMsAgo === 0 && link2().heardMsAgo === 0)
    }
    expect([link1().isConnected, link2().isConnected]).toEqual([true, true])
    clocks[0]!.advanceTo((ringLinkLimits.idleBeatsMax + 1) * ringLinkLimits.beatMs)
    await until(() => !link1().isConnected && !link2().isConnected)
    one.links.send(n2, Buffer.from('b'))
    await until(() => at2.length === 2)
    expect(lost).toEqual([])
  })

  it('is gone when its peer is silent for too long, and a beat that was slept through counts once', async () => {
    const { one, two, clocks } = await pairInVirtualTime()
    const lost: string[] = []
    one.links.onLost((_, why) => lost.push(why))
    const at2 = heardBy(two)
    one.links.send(n2, Buffer.from('a'))
    await until(() => at2.length === 1)
    clocks[0]!.wakeAt(3_600_000)
    expect(lost).toEqual([])
    clocks[0]!.advanceTo(3_600_000 + (ringLinkLimits.silentBeatsMax + 1) * ringLinkLimits.beatMs)
    expect(lost).toEqual(['closed'])
  })

  it('lives on while a cut takes all its messages', async () => {
    const { one, two, clocks } = await pairInVirtualTime()
    const lost: string[] = []
    two.links.onLost((_, why) => lost.push(why))
    const at2 = heardBy(two)
    one.links.send(n2, Buffer.from('a'))
    await until(() => at2.length === 1)
    one.links.setFaults([rules(n2, { isCut: true })])
    for (let beat = 1; beat <= ringLinkLimits.silentBeatsMax * 3; beat += 1) {
      clocks[0]!.advanceTo(beat * ringLinkLimits.beatMs)
      // What was written here is there already; it is read within two turns of the loop.
      for (let turn = 0; turn < 2; turn += 1) await new Promise((resolve) => setImmediate(resolve))
      clocks[1]!.advanceTo(beat * ringLinkLimits.beatMs)
    }
    expect(lost).toEqual([])
    expect(two.links.links()[0]!.isConnected).toBe(true)
  })
})
