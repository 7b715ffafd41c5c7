import { z } from 'zod'
import type { ExportPage } from '#contract/worker/chat'
import type { ChatCallName, ChatOutput } from '#contract/worker/chat-calls'
import type { DeskCallName, DeskOutput } from '#contract/worker/desk'
import { httpDialects } from '#contract/worker/dialects'
import type { ActiveFault, Fault } from '#contract/worker/faults'
import type { RingCallName, RingOutput } from '#contract/worker/ring'
import type { ShopCallName, ShopOutput } from '#contract/worker/shop-calls'
import { notarySizes } from '#contract/worker/sizes'
import type { TableInfo, TablePage } from '#contract/worker/view'
import type { FailureCode } from '#kit/failures'
import type { NodeId } from '#kit/ids'
import type { Result } from '#kit/result'
import type { CallName, EventName } from './channels.ts'
import { type ChatForeign, type ChatSetup, chatInputs, chatLabInputs } from './chat.ts'
import { cluster, fault, node } from './ids.ts'
import { notaryInputs } from './notary.ts'
import type { RecordedEvent, RecordingPage } from './recording.ts'
import { type RingConfigured, type RingSetup, ringInputs, ringSetupInputs } from './ring.ts'
import { type AppInfo, languages, type Settings, themes } from './settings.ts'
import { type ShopSetup, shopInputs, shopLabInputs } from './shop.ts'
import type { TopologySnapshot } from './topology.ts'

/** Named limits of the window's edge. */
export const windowLimits = {
  callBytesMax: 256 * 1024,
  eventsPerPageMax: 500,
  rowsPerPageMax: 200,
  faultMsMax: 24 * 60 * 60 * 1000,
  delayMsMax: 60_000,
  skewMsMax: 24 * 60 * 60 * 1000,
  slowDiskMsMax: 10_000,
  faultsActiveMax: 64,
  nodesPerCutMax: 64,
} as const

/** Inputs are checked at run time, because the window is treated like the internet. Outputs are ours: types suffice. */
interface CallSpec {
  readonly input: z.ZodType
  readonly output: Given<unknown>
}
interface Given<T> {
  readonly type: T | undefined
}
function gives<T>(): Given<T> {
  return { type: undefined }
}
function asksDesk<Name extends DeskCallName>(name: Name) {
  return { input: notaryInputs[name], output: gives<DeskOutput<Name>>() }
}
function asksRing<Name extends RingCallName>(name: Name) {
  return { input: ringInputs[name], output: gives<RingOutput<Name>>() }
}
function asksChat<Name extends ChatCallName>(name: Name) {
  return { input: chatInputs[name], output: gives<ChatOutput<Name>>() }
}
function asksShop<Name extends ShopCallName>(name: Name) {
  return { input: shopInputs[name], output: gives<ShopOutput<Name>>() }
}

const nodes = z.array(node).min(1).max(windowLimits.nodesPerCutMax).readonly()
const percent = z.int().min(0).max(100)
const skew = z.int().min(-windowLimits.skewMsMax).max(windowLimits.skewMsMax)
const delay = z.int().min(0).max(windowLimits.delayMsMax)
const slowDisk = z.int().min(1).max(windowLimits.slowDiskMsMax)
const nothing = z.strictObject({})

const faultInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('kill'), node }),
  z.strictObject({ kind: z.literal('pause'), node }),
  z.strictObject({ kind: z.literal('cut'), from: nodes, to: nodes, both: z.boolean() }),
  z.strictObject({ kind: z.literal('delay'), from: node, to: node, ms: delay, jitterMs: delay }),
  z.strictObject({ kind: z.literal('loss'), from: node, to: node, percent }),
  z.strictObject({ kind: z.literal('duplicate'), from: node, to: node, percent }),
  z.strictObject({ kind: z.literal('skew'), node, ms: skew }),
  z.strictObject({ kind: z.literal('slow-disk'), node, ms: slowDisk }),
  z.strictObject({ kind: z.literal('full-disk'), node }),
]) satisfies z.ZodType<Fault>

const settingsChange = z.strictObject({
  language: z.enum(languages).optional(),
  theme: z.enum(themes).optional(),
  startsDemo: z.boolean().optional(),
  showsMessages: z.boolean().optional(),
})

export const calls = {
  'app.info': { input: nothing, output: gives<AppInfo>() },
  'lab.reset': { input: nothing, output: gives<null>() },
  'topology.get': { input: nothing, output: gives<TopologySnapshot>() },
  'clusters.start': { input: z.strictObject({ clusterId: cluster }), output: gives<null>() },
  'clusters.stop': { input: z.strictObject({ clusterId: cluster }), output: gives<null>() },
  /** How its nodes answer over HTTP, from now on and after every start. */
  'clusters.speak': {
    input: z.strictObject({ clusterId: cluster, dialect: z.enum(httpDialects) }),
    output: gives<null>(),
  },
  /** With how many nodes: a choice of a lab in which none of them has run. Who asks them is told of it. */
  'clusters.found': {
    input: z.strictObject({ clusterId: cluster, nodes: z.int().min(notarySizes.min).max(notarySizes.max) }),
    output: gives<null>(),
  },
  'nodes.start': { input: z.strictObject({ nodeId: node }), output: gives<null>() },
  'nodes.stop': { input: z.strictObject({ nodeId: node }), output: gives<null>() },
  'nodes.tables': { input: z.strictObject({ nodeId: node }), output: gives<readonly TableInfo[]>() },
  'nodes.rows': {
    input: z.strictObject({
      nodeId: node,
      table: z.string().min(1).max(64),
      cursor: z.string().max(512).nullable(),
      limit: z.int().min(1).max(windowLimits.rowsPerPageMax),
    }),
    output: gives<TablePage>(),
  },
  /** Asks a leader to let `to` lead. What comes back says that it has begun, not that it has happened. */
  'nodes.handOver': { input: z.strictObject({ nodeId: node, to: node }), output: gives<null>() },
  'faults.inject': {
    input: z.strictObject({ fault: faultInput, forMs: z.int().min(1).max(windowLimits.faultMsMax).nullable() }),
    output: gives<ActiveFault>(),
  },
  'faults.clear': { input: z.strictObject({ faultId: fault }), output: gives<null>() },
  'faults.clearAll': { input: nothing, output: gives<null>() },
  'recording.page': {
    input: z.strictObject({
      /** Only events before this position; null: the newest. */
      before: z.int().min(0).nullable(),
      limit: z.int().min(1).max(windowLimits.eventsPerPageMax),
      nodeId: node.nullable(),
      /** Leaves out single messages, which would push everything else off a page. */
      withMessages: z.boolean(),
    }),
    output: gives<RecordingPage>(),
  },
  'notary.register': asksDesk('notary.register'),
  'notary.outbox': asksDesk('notary.outbox'),
  'notary.clearOutbox': asksDesk('notary.clearOutbox'),
  'notary.status': asksDesk('notary.status'),
  'notary.records': asksDesk('notary.records'),
  'notary.find': asksDesk('notary.find'),
  'notary.receipt': asksDesk('notary.receipt'),
  'notary.certificate': asksDesk('notary.certificate'),
  'notary.check': asksDesk('notary.check'),
  'notary.chain': asksDesk('notary.chain'),
  'notary.examine': asksDesk('notary.examine'),
  'notary.tamper': asksDesk('notary.tamper'),
  'notary.repair': asksDesk('notary.repair'),
  'notary.policies': asksDesk('notary.policies'),
  'notary.approve': asksDesk('notary.approve'),
  'notary.withdraw': asksDesk('notary.withdraw'),
  'ring.say': asksRing('ring.say'),
  'ring.history': asksRing('ring.history'),
  'ring.command': asksRing('ring.command'),
  'ring.setup': { input: ringSetupInputs['ring.setup'], output: gives<RingSetup>() },
  /** Holds for every start to come. Peers that run are started anew with it, so that all of them go by the same. */
  'ring.configure': { input: ringSetupInputs['ring.configure'], output: gives<RingConfigured>() },
  'chat.status': asksChat('chat.status'),
  'chat.signUp': asksChat('chat.signUp'),
  'chat.signIn': asksChat('chat.signIn'),
  'chat.signOut': asksChat('chat.signOut'),
  'chat.signOutEverywhere': asksChat('chat.signOutEverywhere'),
  'chat.setPassword': asksChat('chat.setPassword'),
  'chat.changes': asksChat('chat.changes'),
  'chat.conversations': asksChat('chat.conversations'),
  'chat.channels': asksChat('chat.channels'),
  'chat.people': asksChat('chat.people'),
  'chat.members': asksChat('chat.members'),
  'chat.create': asksChat('chat.create'),
  'chat.group': asksChat('chat.group'),
  'chat.direct': asksChat('chat.direct'),
  'chat.join': asksChat('chat.join'),
  'chat.leave': asksChat('chat.leave'),
  'chat.invite': asksChat('chat.invite'),
  'chat.history': asksChat('chat.history'),
  'chat.message': asksChat('chat.message'),
  'chat.say': asksChat('chat.say'),
  'chat.takeBack': asksChat('chat.takeBack'),
  'chat.edit': asksChat('chat.edit'),
  'chat.delete': asksChat('chat.delete'),
  'chat.react': asksChat('chat.react'),
  'chat.read': asksChat('chat.read'),
  'chat.typing': asksChat('chat.typing'),
  'chat.search': asksChat('chat.search'),
  'chat.locks': asksChat('chat.locks'),
  'chat.askLock': asksChat('chat.askLock'),
  'chat.giveLock': asksChat('chat.giveLock'),
  'chat.setup': { input: chatLabInputs['chat.setup'], output: gives<ChatSetup>() },
  'chat.configure': { input: chatLabInputs['chat.configure'], output: gives<ChatSetup>() },
  'chat.foreign': { input: chatLabInputs['chat.foreign'], output: gives<ChatForeign>() },
  /** What one node keeps, in the files of the course, page by page. */
  'chat.export': {
    input: chatLabInputs['chat.export'],
    output: gives<ExportPage>(),
  },
  'shop.status': asksShop('shop.status'),
  'shop.choose': asksShop('shop.choose'),
  'shop.categories': asksShop('shop.categories'),
  'shop.products': asksShop('shop.products'),
  'shop.product': asksShop('shop.product'),
  'shop.art': asksShop('shop.art'),
  'shop.cart': asksShop('shop.cart'),
  'shop.addToCart': asksShop('shop.addToCart'),
  'shop.setInCart': asksShop('shop.setInCart'),
  'shop.clearCart': asksShop('shop.clearCart'),
  'shop.leave': asksShop('shop.leave'),
  'shop.checkout': asksShop('shop.checkout'),
  'shop.order': asksShop('shop.order'),
  'shop.outbox': asksShop('shop.outbox'),
  'shop.takeBack': asksShop('shop.takeBack'),
  'shop.orders': asksShop('shop.orders'),
  'shop.orderById': asksShop('shop.orderById'),
  'shop.cancel': asksShop('shop.cancel'),
  'shop.moveOrder': asksShop('shop.moveOrder'),
  'shop.changeStock': asksShop('shop.changeStock'),
  'shop.addProduct': asksShop('shop.addProduct'),
  'shop.changeProduct': asksShop('shop.changeProduct'),
  'shop.addCategory': asksShop('shop.addCategory'),
  'shop.ledger': asksShop('shop.ledger'),
  'shop.reservations': asksShop('shop.reservations'),
  'shop.replicas': asksShop('shop.replicas'),
  'shop.race': asksShop('shop.race'),
  'shop.raceById': asksShop('shop.raceById'),
  'shop.races': asksShop('shop.races'),
  'shop.registerReceipt': asksShop('shop.registerReceipt'),
  'shop.receipt': asksShop('shop.receipt'),
  'shop.checkReceipt': asksShop('shop.checkReceipt'),
  /** While the shop is open. It learns before it has a vote, and people read from it. */
  'shop.addReplica': { input: shopLabInputs['shop.addReplica'], output: gives<{ readonly nodeId: NodeId }>() },
  'shop.removeReplica': { input: shopLabInputs['shop.removeReplica'], output: gives<null>() },
  'shop.setup': { input: shopLabInputs['shop.setup'], output: gives<ShopSetup>() },
  /** Holds for every start to come. A shop that is open is opened anew with it. */
  'shop.configure': { input: shopLabInputs['shop.configure'], output: gives<ShopSetup>() },
  'settings.get': { input: nothing, output: gives<Settings>() },
  'settings.set': { input: settingsChange, output: gives<Settings>() },
  /** Opens a place of the program in a window of its own. */
  'windows.open': {
    input: z.strictObject({
      route: z
        .string()
        .max(100)
        .regex(/^\/(?:[a-z0-9-]+(?:\/[a-z0-9-]+)*)?$/),
    }),
    output: gives<null>(),
  },
} as const satisfies Record<CallName, CallSpec>

export interface EventPayloads {
  readonly 'topology.changed': TopologySnapshot
  /** What was recorded since the last event, newest part when it was too much; `skipped` counts the rest. */
  readonly 'recording.appended': { readonly events: readonly RecordedEvent[]; readonly skipped: number }
  readonly 'settings.changed': Settings
  /** Something went wrong that no call asked for: one sentence in the window, by its code. */
  readonly 'problem.raised': {
    readonly code: FailureCode
    readonly nodeId: NodeId | null
    readonly detail: string
    readonly wallMs: number
  }
}

export type CallInput<Name extends CallName> = z.input<(typeof calls)[Name]['input']>
export type CheckedInput<Name extends CallName> = z.output<(typeof calls)[Name]['input']>
export type CallOutput<Name extends CallName> = Exclude<(typeof calls)[Name]['output']['type'], undefined>
export type EventPayload<Name extends EventName> = EventPayloads[Name]

/** What the window has in its hands, whichever shell carries it. The renderer and its test double are typed by this. */
export interface AppBridge {
  call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<Result<CallOutput<Name>>>
  on<Name extends EventName>(name: Name, listener: (payload: EventPayload<Name>) => void): () => void
  /** Where this bridge goes: the electron preload sets 'electron', the web carrier 'web', the tests 'fake'. */
  readonly carrier: 'electron' | 'web' | 'fake'
}
