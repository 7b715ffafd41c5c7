import { Proxy as Forwarding, XPublisher, XSubscriber } from 'zeromq'
import type { KeyPair, PeerAddress } from '#contract/worker/protocol'
import type { SocketAddress } from '#contract/worker/sockets'
import { openClock } from '#drivers/clock/index'
import { openSockets } from '#drivers/sockets/index'

/** What stands between publishers and subscribers: ours as a node has it, or ZeroMQ's own and nothing else. */
export interface ForwarderOrder {
  readonly whose: 'ours' | 'bare'
  /** `lab`: with CURVE; a bare one lets in whoever has a key. */
  readonly trust: 'open' | 'lab'
  readonly from: SocketAddress
  readonly to: SocketAddress
  readonly keys: KeyPair
  readonly members: readonly PeerAddress[]
}

process.once('message', (order: ForwarderOrder) => void forward(order))
process.once('disconnect', () => process.exit())

async function forward(order: ForwarderOrder): Promise<void> {
  const { whose, trust, from, to, keys, members } = order
  if (whose === 'bare') await bare(order)
  else {
    const plan = { kind: 'forwarder', name: 'fan-out', from, to, trust } as const
    const opened = await openSockets({ plans: [plan], keys, members, clock: openClock() })
    if (!opened.ok) throw new Error(opened.failure.message)
  }
  process.send?.('forwarding')
}

async function bare({ from, to, trust, keys }: ForwarderOrder): Promise<void> {
  const security = trust === 'open' ? {} : { curveServer: true, curveSecretKey: keys.secretKey }
  const options = { ...security, linger: 0, sendHighWaterMark: 10_000, receiveHighWaterMark: 10_000 }
  const [front, back] = [new XSubscriber(options), new XPublisher({ ...options })]
  await front.bind(`tcp://${from.host}:${from.port}`)
  await back.bind(`tcp://${to.host}:${to.port}`)
  void new Forwarding(front, back).run()
}
