import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Dealer } from 'zeromq'
import type { KeyPair } from '#contract/worker/protocol'
import { nodeId } from '#kit/ids'
import { Random } from '#kit/random'
import { StopStack } from '#kit/stop-stack'
import { encodeBatch, encodeHello } from './frames.ts'
import { proverBetween } from './proof.ts'
import {
  host,
  isConnected,
  keyPair,
  type Member,
  members,
  type OpenMember,
  openMember,
  until,
} from './testing/wire-net.ts'

const [n1, n2, n3] = [nodeId('n1'), nodeId('n2'), nodeId('n3')]
const batch = encodeBatch({ life: 1, sentMs: 0, echo: null }, [Buffer.from('believe me')])

describe('only members get in, each as itself', () => {
  const stops = new StopStack()
  let all: readonly Member[]
  let one: OpenMember
  let heard: string[]

  beforeEach(async () => {
    all = await members([n1, n2, n3])
    one = await openMember(all[0]!, all)
    heard = []
    one.wire.listen((from, bytes) => heard.push(`${from}:${Buffer.from(bytes).toString()}`))
    stops.add(() => one.wire.close())
  })

  afterEach(() => stops.run())

  /** A socket such as anybody could make. */
  function caller(keys: KeyPair | null, connection: string): Dealer {
    const security =
      keys === null
        ? {}
        : {
            curvePublicKey: keys.publicKey,
            curveSecretKey: keys.secretKey,
            curveServerKey: all[0]!.keys.publicKey,
          }
    const socket = new Dealer({ ...security, linger: 0, routingId: connection })
    socket.connect(`tcp://${host}:${one.wire.port}`)
    stops.add(() => socket.close())
    return socket
  }

  /** Shows that the node is well: a true member still gets through. */
  async function expectWell(): Promise<void> {
    const two = await openMember(all[1]!, all)
    stops.add(() => two.wire.close())
    await until(() => isConnected(two.wire, n1))
    two.wire.send(n1, Buffer.from('well?'))
    await until(() => heard.includes('n2:well?'))
  }

  const strangers = () => one.drops.filter(({ why }) => why === 'stranger').length

  it('shuts out a key that is not of the lab at the handshake, and reports it', async () => {
    const stranger = caller(keyPair(), 'stranger')
    const outcomes: string[] = []
    stranger.events.on('handshake', () => outcomes.push('in'))
    stranger.events.on('handshake:error:auth', ({ error }) => outcomes.push(`refused ${error.status}`))
    await until(() => outcomes.length > 0 && strangers() > 0)
    expect(outcomes).toEqual(['refused 400'])
    await expectWell()
    expect(heard).toEqual(['n2:well?'])
    expect(one.drops[0]).toEqual({ peer: null, why: 'stranger', bytes: null })
  })

  it('hears nothing from a socket without keys, nor from bytes that are no ZeroMQ at all', async () => {
    void caller(null, 'plain').send(batch)
    const raw = connect(one.wire.port, host, () => raw.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(100)))
    raw.on('error', () => {})
    stops.add(() => void raw.destroy())
    await expectWell()
    expect(heard).toEqual(['n2:well?'])
  })

  it('does not believe a member that claims to be another one', async () => {
    const two = all[1]!.keys
    const liar = caller(two, 'liar')
    const prove = proverBetween(two.secretKey, all[0]!.keys.publicKey)
    await liar.send(encodeHello('n3', prove({ from: n3, to: n1, connection: Buffer.from('liar') })))
    await liar.send(batch)
    await until(() => strangers() === 2)
    await expectWell()
    expect(heard).toEqual(['n2:well?'])
  })

  it('does not believe a proof that was made for another connection', async () => {
    const two = all[1]!.keys
    const prove = proverBetween(two.secretKey, all[0]!.keys.publicKey)
    const claim = { from: n2, to: n1, connection: Buffer.from('first') }
    const second = caller(two, 'second')
    await second.send(encodeHello('n2', prove(claim)))
    await second.send(batch)
    await until(() => strangers() === 2)
    // The same words on the connection that they were made for are believed, so the refusal above is about that.
    const first = caller(two, 'first')
    await first.send(encodeHello('n2', prove(claim)))
    await first.send(batch)
    await until(() => heard.length === 1)
    expect(heard).toEqual(['n2:believe me'])
  })

  it('drops and counts what a member says out of form, and stays up', async () => {
    const two = all[1]!.keys
    const prove = proverBetween(two.secretKey, all[0]!.keys.publicKey)
    const socket = caller(two, 'clumsy')
    await socket.send(encodeHello('n2', prove({ from: n2, to: n1, connection: Buffer.from('clumsy') })))
    const random = new Random('out of form')
    for (let count = 0; count < 300; count += 1) await socket.send(garbled(random))
    await socket.send(Buffer.alloc(0))
    await socket.send(encodeBatch({ life: 1, sentMs: 0, echo: null }, [Buffer.from('the end')]))
    await until(() => heard.includes('n2:the end'))
    expect(one.drops.filter(({ peer, why }) => peer === n2 && why === 'malformed').length).toBeGreaterThan(100)
    await expectWell()
  })
})

/** A good batch, cut short or with some of its bytes changed. */
function garbled(random: Random): Buffer {
  const frame = Buffer.from(batch.subarray(0, 1 + random.below(batch.length)))
  const changes = random.below(4)
  for (let count = 0; count < changes; count += 1) frame[random.below(frame.length)] = random.below(256)
  return frame
}
