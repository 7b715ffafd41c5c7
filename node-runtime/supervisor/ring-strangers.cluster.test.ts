import { createSocket } from 'node:dgram'
import { connect } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { Random } from '#kit/random'
import { openRingLab, type RingLab } from './testing/ring-lab.ts'

let ring: RingLab
afterEach(() => ring.close())

const uuid = '00000000-0000-4000-8000-000000000000'
const stranger = '127.0.0.1:9'
const random = new Random('strangers')
const noise = (bytes: number): Buffer => Buffer.from(Array.from({ length: bytes }, () => random.below(256)))

/** As much as it takes, and no answer awaited; whoever breaks it off has read enough. */
async function bring(to: string, bytes: Buffer | string): Promise<void> {
  const socket = connect(Number(to.slice(to.indexOf(':') + 1)), '127.0.0.1')
  socket.on('error', () => {})
  socket.end(bytes)
  await new Promise((resolve) => socket.once('close', resolve))
}

it('garbage, half messages, forged words and floods on TCP and UDP are dropped, counted and shown; the ring goes on', async () => {
  ring = await openRingLab(3)
  const leader = await ring.ledBy(ring.ids)
  const before = ring.facts(leader.id)
  const ids = ring.ids.map((id) => ring.facts(id)?.id ?? '')
  const [first = '', second = ''] = ids
  const udp = createSocket('udp4')
  await new Promise<void>((resolve) => void udp.bind(0, '127.0.0.1', resolve))
  udp.setMulticastInterface('127.0.0.1')
  udp.setMulticastTTL(0)
  const forged = [
    `@LIST_UPDATE>>${first},${first}`,
    `@LIST_UPDATE>>${stranger},${first}`,
    `@EXIT>>${second}>>${stranger}>>${stranger}`,
    `@LEADER_EXIT>>${before?.leader}>>${first}>>${stranger}`,
    `@RECONNECT>>${first}>>${stranger}`,
    `@LIDER>>${stranger}>>ELECTED`,
    `@LIDER>>${stranger}`,
    '@EXIT>>nobody',
  ]
  for (const id of ids) {
    const pieces = [noise(1), noise(700), noise(5_000), Buffer.from('CLMR'), Buffer.from(`CLMR\x01${noise(60)}`), '']
    for (const piece of pieces) await bring(id, piece)
    await bring(id, `${uuid}|x|${'y'.repeat(2_000)}`)
    for (const [index, words] of forged.entries()) await bring(id, `${uuid.slice(0, -1)}${index}|x|${words}`)
  }
  for (let count = 0; count < 1_500; count += 1) {
    const text = [
      noise(40),
      `JOIN|${stranger}|${stranger}`,
      'DISCOVER:nobody',
      `COLMEIA1|${noise(30).toString('base64')}`,
    ][count % 4]
    udp.send(text ?? '', ring.group.port, ring.group.host)
  }
  await ring.lab.until(() => {
    const refused = ring.facts(leader.id)?.refused
    return refused !== undefined && ['garbage', 'too-large', 'wrong-key'].every((why) => (refused[why] ?? 0) > 0)
  })
  await ring.lab.until(() => ring.ids.every((id) => (ring.lab.node(id).view?.anomalies ?? 0) > 0))
  udp.close()

  const next = await ring.ledBy(ring.ids)
  expect([next.id, ring.facts(next.id)?.term]).toEqual([leader.id, before?.term])
  const said = await ring.say(leader.id, 'still here')
  expect(await ring.equal(ring.ids)).toEqual([said])
}, 60_000)
