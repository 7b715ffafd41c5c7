import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'
import { Reply } from 'zeromq'
import type { KeyPair } from '#contract/worker/protocol'
import type { SocketAddress } from '#contract/worker/sockets'
import { openClock } from '#drivers/clock/index'
import { type NodeId, nodeId } from '#kit/ids'
import { StopStack } from '#kit/stop-stack'
import { type SocketsNet, socketNodes, socketPlans } from '#ports/testing/sockets-suite'
import { untilClosed } from '../../wire/gate.ts'
import { tcpAddress } from '../../wire/tcp-address.ts'
import { host, keyPair, until } from '../../wire/testing/wire-net.ts'
import { type OpenSockets, openSockets } from '../index.ts'

export interface SocketNet {
  readonly net: SocketsNet
  readonly at: readonly SocketAddress[]
}

/** All sockets of the suite, on ports of this machine. */
export async function openSocketNet(): Promise<SocketNet> {
  const at: SocketAddress[] = []
  while (at.length < 6) at.push({ host, port: await quietPort() })
  const keys = new Map(socketNodes.map((node) => [node, keyPair()]))
  const keysOf = (node: NodeId): KeyPair => found(keys.get(node))
  const plans = socketPlans(at, keysOf(nodeId('middle')).publicKey)
  const open = new Map<NodeId, OpenSockets>()
  const socketsOf = (node: NodeId): OpenSockets => found(open.get(node))
  const stops = new StopStack()
  const members = socketNodes
    .filter((node) => node !== nodeId('stranger'))
    .map((node) => ({ nodeId: node, host, port: 0, publicKey: keysOf(node).publicKey }))
  const start = async (node: NodeId): Promise<void> => {
    const options = { plans: found(plans.get(node)), keys: keysOf(node), members, clock: openClock() }
    const opened = await openSockets(options)
    if (!opened.ok) throw new Error(opened.failure.message)
    open.set(node, opened.value)
  }
  for (const node of socketNodes) await start(node)
  const net: SocketsNet = {
    sockets: socketsOf,
    setAsleep: (node, isAsleep) => socketsOf(node).setAsleep(isAsleep),
    crash: (node) => socketsOf(node).close(),
    restart: start,
    serve: (answer) => {
      const socket = new Reply({ linger: 0 })
      socket.connect(tcpAddress(found(at[1])))
      const serve = async (): Promise<void> => {
        for await (const [request] of socket) await socket.send(answer(String(request)))
      }
      void untilClosed(serve(), () => socket.closed)
      const stop = (): void => socket.close()
      stops.add(stop)
      return stop
    },
    until,
    close: async () => {
      await stops.run()
      for (const sockets of open.values()) await sockets.close()
    },
  }
  return { net, at }
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the net has no such part')
  return value
}

const given = new Set<number>()

/**
 * A free one where the system gives none to connections and no lab of a test looks: nobody takes it in between. None
 * is given twice, because one that was asked for and is not bound yet looks free.
 */
export async function quietPort(): Promise<number> {
  for (;;) {
    const port = randomInt(14_200, 15_000)
    if (given.has(port)) continue
    given.add(port)
    const server = createServer()
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false))
      server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(true)))
    })
    if (isFree) return port
  }
}
