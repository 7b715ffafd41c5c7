import { Context } from 'zeromq'
import type { KeyPair, PeerAddress } from '#contract/worker/protocol'
import type { SocketPlan } from '#contract/worker/sockets'
import { assert, unreachable } from '#kit/assert'
import { ok, type Result } from '#kit/result'
import { StopStack } from '#kit/stop-stack'
import type { Clock } from '#ports/clock'
import { type Sockets, socketLimits } from '#ports/sockets'
import { CopyingContext } from '../wire/copying-context.ts'
import { openGate } from '../wire/gate.ts'
import { ZeromqAsker } from './asker.ts'
import { ZeromqDealer } from './dealer.ts'
import { ZeromqForwarder } from './forwarder.ts'
import { ZeromqPublisher } from './publisher.ts'
import { ZeromqRouter } from './router.ts'
import { ZeromqSubscriber } from './subscriber.ts'

export interface SocketsOptions {
  readonly plans: readonly SocketPlan[]
  readonly keys: KeyPair
  /** Who gets in where the plan says `lab`. */
  readonly members: readonly PeerAddress[]
  readonly clock: Clock
}

export interface OpenSockets extends Sockets {
  setAsleep(isAsleep: boolean): void
  close(): Promise<void>
}

type OpenSocket =
  | { readonly kind: 'router'; readonly socket: ZeromqRouter }
  | { readonly kind: 'dealer'; readonly socket: ZeromqDealer }
  | { readonly kind: 'publisher'; readonly socket: ZeromqPublisher }
  | { readonly kind: 'subscriber'; readonly socket: ZeromqSubscriber }
  | { readonly kind: 'asker'; readonly socket: ZeromqAsker }
  | { readonly kind: 'forwarder'; readonly socket: ZeromqForwarder }

/** Refuses with `port-taken`, `no-permission`, or `bad-request` for an address that this machine does not have. */
export async function openSockets(options: SocketsOptions): Promise<Result<OpenSockets>> {
  const { plans } = options
  const forwarders = plans.filter(({ kind }) => kind === 'forwarder')
  assert(forwarders.length <= socketLimits.forwardersMax, 'a plan has as many forwarders as there are threads for')
  const stops = new StopStack()
  const world = await openWorld(options, stops)
  const open = new Map<string, OpenSocket>()
  for (const plan of plans) {
    assert(!open.has(plan.name), `one socket is called ${plan.name}`)
    const one = await openOne(plan, options, world)
    if (!one.ok) {
      await stops.run()
      return one
    }
    open.set(plan.name, one.value)
    stops.add(() => one.value.socket.close())
  }
  return ok(named(open, stops))
}

interface World {
  /** Of sockets that the node itself reads. */
  readonly reading: Context
  readonly forwarding: Context
  strangers: number
}

async function openWorld({ plans, members }: SocketsOptions, stops: StopStack): Promise<World> {
  const world: World = { reading: new CopyingContext(), forwarding: new Context({ blocky: false }), strangers: 0 }
  const isGuarded = plans.some((plan) => plan.kind === 'forwarder' && plan.trust === 'lab')
  const onStranger = (): void => {
    world.strangers += 1
  }
  // Before anything is bound in its context, or ZeroMQ lets everybody in.
  if (isGuarded) stops.add(await openGate(world.forwarding, members, onStranger))
  return world
}

async function openOne(plan: SocketPlan, { keys, clock }: SocketsOptions, world: World): Promise<Result<OpenSocket>> {
  const { kind } = plan
  switch (kind) {
    case 'router': {
      const socket = await ZeromqRouter.open(world.reading, plan.at)
      return socket.ok ? ok({ kind, socket: socket.value }) : socket
    }
    case 'dealer': {
      const socket = await ZeromqDealer.open(world.reading, plan.at)
      return socket.ok ? ok({ kind, socket: socket.value }) : socket
    }
    case 'publisher':
      return ok({ kind, socket: new ZeromqPublisher(world.reading, plan, keys) })
    case 'subscriber':
      return ok({ kind, socket: new ZeromqSubscriber(world.reading, plan, keys) })
    case 'asker':
      return ok({ kind, socket: new ZeromqAsker(world.reading, clock, plan.to) })
    case 'forwarder': {
      const strangers = (): number => (plan.trust === 'lab' ? world.strangers : 0)
      const socket = await ZeromqForwarder.open({ context: world.forwarding, plan, keys, clock, strangers })
      return socket.ok ? ok({ kind, socket: socket.value }) : socket
    }
    default:
      return unreachable(plan)
  }
}

function named(open: ReadonlyMap<string, OpenSocket>, stops: StopStack): OpenSockets {
  function find<Kind extends OpenSocket['kind']>(kind: Kind, name: string) {
    const found = open.get(name)
    assert(found?.kind === kind, `the plan names no ${kind} ${name}`)
    return found as Extract<OpenSocket, { kind: Kind }> // just checked; the compiler does not narrow by a type parameter
  }
  return {
    router: (name) => find('router', name).socket,
    dealer: (name) => find('dealer', name).socket,
    publisher: (name) => find('publisher', name).socket,
    subscriber: (name) => find('subscriber', name).socket,
    asker: (name) => find('asker', name).socket,
    forwarder: (name) => find('forwarder', name).socket,
    setAsleep: (isAsleep) => {
      for (const { socket } of open.values()) socket.setAsleep(isAsleep)
    },
    close: () => stops.run(),
  }
}
