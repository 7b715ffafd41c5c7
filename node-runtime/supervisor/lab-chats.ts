import { type ChatLayout, type ChatPlan, chatLayouts, chatSockets } from '#contract/worker/chat'
import type { SocketAddress, SocketPlan, SocketTrust } from '#contract/worker/sockets'
import { assert } from '#kit/assert'
import type { NodeId } from '#kit/ids'
import type { LabFolder } from './lab-folder.ts'
import { isFreeOn } from './port-allocator.ts'
import type { ClusterSpec } from './presets.ts'

/** The proxies of the two dialects are mirror images: programs of the second one look for theirs here. */
const secondLoopback = '127.0.0.2'
/** All addresses of this machine, for programs of others; our own nodes go by the loopback one. */
const everywhere = '0.0.0.0'
const anyPort = 0

type PlaceName = 'clients' | 'servers' | 'ranks' | `${ChatLayout | 'native'}-${'from' | 'to'}`

/** Where a socket of a chat wants to be. */
interface Place extends SocketAddress {
  readonly name: PlaceName
}

/** All that a chat binds beside its wires. The second proxy only where there is an address for it. */
export async function chatPlaces(spec: ClusterSpec, folder: LabFolder, host: string): Promise<readonly Place[]> {
  if (spec.chat === null) return []
  const { ports } = spec.chat
  const open = isOnNetworks(spec, folder) ? everywhere : host
  const hasSecond = open === host && (await isFreeOn(secondLoopback)(anyPort))
  const at = (name: PlaceName, port: number, where = host): Place => ({ name, port, host: where })
  const proxy = (name: 'course' | 'account' | 'native', where = host): readonly Place[] => [
    at(`${name}-from`, ports[name].from, where),
    at(`${name}-to`, ports[name].to, where),
  ]
  const one = folder.chat(spec.id).layout
  return [
    at('clients', ports.clients, open),
    at('servers', ports.servers, open),
    at('ranks', ports.ranks, open),
    ...proxy('native'),
    ...(hasSecond ? [...proxy('course'), ...proxy('account', secondLoopback)] : proxy(one, open)),
  ]
}

export function chatPlan(spec: ClusterSpec, folder: LabFolder): ChatPlan {
  const { chat } = spec
  assert(chat !== null, `${spec.id} is a chat`)
  const { broker, proxy, reference, servers } = chat
  const { layout: _, ...settings } = folder.chat(spec.id)
  return { ...settings, layouts: layoutsOf(spec, folder), broker, proxy, reference, servers }
}

/** Those whose proxies have a place. */
function layoutsOf({ id }: ClusterSpec, folder: LabFolder): readonly ChatLayout[] {
  const placed = folder.sockets(id)
  return chatLayouts.filter((layout) => placed[`${layout}-from`] !== undefined)
}

interface ChatSocketParts {
  readonly spec: ClusterSpec
  readonly node: NodeId
  readonly folder: LabFolder
  readonly host: string
  readonly publicKeys: (node: NodeId) => string
}

/** The sockets of one node of a chat, or of one who asks it. Their places are chosen already. */
export function chatSocketPlans(parts: ChatSocketParts): readonly SocketPlan[] {
  const { spec, node } = parts
  const role = spec.nodes.find(({ id }) => id === node)?.role
  switch (role) {
    case 'chat-broker':
      return brokerSockets(parts)
    case 'chat-proxy':
      return proxySockets(parts)
    case 'chat-reference':
      return [{ kind: 'router', name: chatSockets.ranks, at: boundAt(parts, 'ranks') }]
    case 'chat-server':
      return serverSockets(parts)
    case 'chat-bot':
      return botSockets(parts)
    default:
      return [
        { kind: 'subscriber', name: chatSockets.heardNative, to: placeOf(parts, 'native-to'), trust: native(parts) },
      ]
  }
}

/** Foreign programs serve in the everyone profile only. */
function brokerSockets(parts: ChatSocketParts): readonly SocketPlan[] {
  const clients: SocketPlan = { kind: 'router', name: chatSockets.clients, at: boundAt(parts, 'clients') }
  if (!isForEveryone(parts)) return [clients]
  return [clients, { kind: 'dealer', name: chatSockets.servers, at: boundAt(parts, 'servers') }]
}

function proxySockets(parts: ChatSocketParts): readonly SocketPlan[] {
  const forwarder = (name: ChatLayout | 'native'): SocketPlan => ({
    kind: 'forwarder',
    name: chatSockets[name],
    from: boundAt(parts, `${name}-from`),
    to: boundAt(parts, `${name}-to`),
    trust: name === 'native' ? 'lab' : 'open',
  })
  const layouts = layoutsOf(parts.spec, parts.folder)
  // On the account proxy nobody foreign publishes, so nobody listens there.
  return [forwarder('native'), ...layouts.map(forwarder), ...heardCourse(parts)]
}

function serverSockets(parts: ChatSocketParts): readonly SocketPlan[] {
  const layouts = layoutsOf(parts.spec, parts.folder)
  const publisher = (name: ChatLayout | 'native', trust: SocketTrust): SocketPlan => ({
    kind: 'publisher',
    name: chatSockets[name],
    to: placeOf(parts, `${name}-from`),
    trust,
  })
  return [
    publisher('native', native(parts)),
    ...layouts.map((layout) => publisher(layout, { kind: 'open' })),
    ...(isForEveryone(parts) ? heardCourse(parts) : []),
  ]
}

function botSockets(parts: ChatSocketParts): readonly SocketPlan[] {
  const asker: SocketPlan = { kind: 'asker', name: chatSockets.broker, to: placeOf(parts, 'clients') }
  return [asker, ...heardCourse(parts)]
}

/** Nothing where its proxy has no place. */
function heardCourse(parts: ChatSocketParts): readonly SocketPlan[] {
  if (!layoutsOf(parts.spec, parts.folder).includes('course')) return []
  const to = placeOf(parts, 'course-to')
  return [{ kind: 'subscriber', name: chatSockets.heardCourse, to, trust: { kind: 'open' } }]
}

function native({ spec, publicKeys }: ChatSocketParts): SocketTrust {
  assert(spec.chat !== null, `${spec.id} is a chat`)
  return { kind: 'lab', serverKey: publicKeys(spec.chat.proxy) }
}

function isForEveryone({ spec, folder }: ChatSocketParts): boolean {
  return folder.chat(spec.id).profile === 'everyone'
}

function isOnNetworks({ id }: ClusterSpec, folder: LabFolder): boolean {
  return folder.chat(id).reach === 'lan'
}

/** Where it listens; our own nodes find it by `placeOf`. */
function boundAt(parts: ChatSocketParts, name: PlaceName): SocketAddress {
  const place = placeOf(parts, name)
  const isOpen = !name.startsWith('native-') && isOnNetworks(parts.spec, parts.folder)
  return isOpen ? { ...place, host: everywhere } : place
}

function placeOf({ spec, folder, host }: ChatSocketParts, name: PlaceName): SocketAddress {
  const port = folder.sockets(spec.id)[name]
  assert(port !== undefined, `${name} of ${spec.id} has a port`)
  const hasBoth = layoutsOf(spec, folder).length === 2
  return { host: hasBoth && name.startsWith('account-') ? secondLoopback : host, port }
}
