import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { openClock } from '#drivers/clock/index'
import { nodeId } from '#kit/ids'
import { host, until } from '../wire/testing/wire-net.ts'
import { helloNonceBytes, makeHello } from './hello.ts'
import { ringLinkLimits } from './limits.ts'
import { raw } from './testing/raw.ts'
import { openRingMember, ringOf } from './testing/ring-net.ts'

it('so many hellos of one host are answered at once, the rest is counted, and texts still come in', async () => {
  const ring = await ringOf([nodeId('n1')])
  // A clock that stands still fills no bucket again, however slow this machine is.
  const clock = { ...openClock(), now: () => 0 }
  const one = await openRingMember(ring.plans[0]!, ring, { clock })
  const texts: string[] = []
  one.links.onText((_, text) => texts.push(text))
  const hello = makeHello({ id: `${host}:9`, life: randomBytes(8) }, randomBytes(helloNonceBytes)).bytes
  const { atOnce } = ringLinkLimits.hellosPerHost
  for (let count = 0; count < atOnce + 5; count += 1) {
    const stranger = await raw(one.links.id)
    stranger.socket.write(Buffer.concat([hello, Buffer.alloc(8, 255)]))
    await until(() => stranger.isClosed())
  }
  expect(one.links.refused).toMatchObject({ 'wrong-key': atOnce, 'too-many': 5 })
  const speaker = await raw(one.links.id)
  speaker.socket.end('a|b|c')
  await until(() => texts.length === 1)
  await one.links.close()
}, 30_000)
