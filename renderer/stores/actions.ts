import type { CallName } from '#contract/window/channels'
import type { CallInput, CallOutput } from '#contract/window/contract'
import type { Settings } from '#contract/window/settings'
import type { Fault } from '#contract/worker/faults'
import type { NodeId } from '#kit/ids'
import type { Result } from '#kit/result'
import type { WindowBridge } from '../bridge/types.ts'
import { leadersOf } from './derived/leaders.ts'
import { withProblem } from './problems.ts'
import { recordingLimits, withPage } from './recording.ts'
import { formatRoute, type Route } from './route.ts'
import type { Stores } from './stores.ts'
import { clusterOf, hostNow } from './topology.ts'

/** What components may do. A refusal becomes a notice here, so that no component can forget to show it. */
export interface Actions {
  call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<Result<CallOutput<Name>>>
  /** The same without a notice, for a component that shows the refusal in its own place. */
  ask<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<Result<CallOutput<Name>>>
  go(route: Partial<Route>): void
  /** Asks whoever leads its group to hand over to this node. Where nobody leads, the node itself is asked, and refuses. */
  askForLeader(node: NodeId): Promise<void>
  inject(fault: Fault, forMs: number | null): Promise<boolean>
  changeSettings(change: Partial<Settings>): Promise<void>
  loadOlder(): Promise<void>
  openWindow(route: Route): void
}

export interface ActionParts {
  readonly bridge: Pick<WindowBridge, 'call'>
  readonly stores: Stores
  nowMs(): number
  setHash(hash: string): void
}

export function makeActions({ bridge, stores, nowMs, setHash }: ActionParts): Actions {
  const ask: Actions['ask'] = (name, input) => bridge.call(name, input)
  const call: Actions['call'] = async (name, input) => {
    const result = await ask(name, input)
    if (!result.ok) {
      const { code } = result.failure
      stores.problems.setState((state) => withProblem(state, { code, nodeId: null, atMs: nowMs() }))
    }
    return result
  }
  return {
    call,
    ask,
    go: (route) => setHash(formatRoute({ ...stores.ui.getState().route, part: null, ...route })),
    askForLeader: async (to) => {
      const state = stores.topology.getState()
      const cluster = clusterOf(state.snapshot, to)
      const leader = cluster === null ? null : leadersOf(cluster, hostNow(state, nowMs())).leader
      await call('nodes.handOver', { nodeId: leader?.id ?? to, to })
    },
    inject: async (fault, forMs) => (await call('faults.inject', { fault: plain(fault), forMs })).ok,
    changeSettings: async (change) => {
      const result = await call('settings.set', change)
      if (result.ok) stores.settings.setState({ settings: result.value })
    },
    loadOlder: async () => {
      const before = stores.recording.getState().story[0]?.position ?? null
      const limit = recordingLimits.storyPageMax
      const result = await call('recording.page', { before, limit, nodeId: null, withMessages: false })
      if (result.ok) stores.recording.setState((state) => withPage(state, result.value, false))
    },
    openWindow: (route) => void call('windows.open', { route: formatRoute({ ...route, isAlone: true }) }),
  }
}

/** Lists in a fault are read-only with us; the shape at the edge, made by its checker, is not. */
function plain(fault: Fault): CallInput<'faults.inject'>['fault'] {
  return fault.kind === 'cut' ? { ...fault, from: [...fault.from], to: [...fault.to] } : fault
}
