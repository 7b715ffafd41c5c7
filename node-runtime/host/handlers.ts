import type { CallInput } from '#contract/window/contract'
import type { AppInfo, Settings } from '#contract/window/settings'
import { ok, type Result } from '#kit/result'
import { chatHandlers } from './chat-handlers.ts'
import { deskHandlers } from './desk-handlers.ts'
import type { Lab } from './lab.ts'
import { ringHandlers } from './ring-handlers.ts'
import type { CallHandlers } from './serve-calls.ts'
import type { SettingsChange } from './settings-file.ts'
import { shopHandlers } from './shop-handlers.ts'

export interface HandlerParts {
  readonly lab: Lab
  readonly settings: { readonly settings: Settings; change(change: SettingsChange): Result<Settings> }
  readonly info: AppInfo
  resetLab(): Promise<Result<null>>
  openWindow(route: string): Result<null>
}

/** What a call does. Whatever a person does to the lab is noted first, so that the recording has cause before effect. */
export function makeHandlers({ lab, settings, info, resetLab, openWindow }: HandlerParts): CallHandlers {
  const note = (action: keyof CallHandlers, detail: string): void => lab.recorder.noteAction(action, detail)
  return {
    'app.info': () => ok(info),
    'lab.reset': () => {
      note('lab.reset', '')
      return resetLab()
    },
    'topology.get': () => ok(lab.topology()),
    'clusters.start': ({ clusterId }) => {
      note('clusters.start', clusterId)
      return lab.startCluster(clusterId)
    },
    'clusters.stop': ({ clusterId }) => {
      note('clusters.stop', clusterId)
      return lab.stopCluster(clusterId)
    },
    'clusters.speak': ({ clusterId, dialect }) => {
      note('clusters.speak', `${clusterId} ${dialect}`)
      return lab.speak(clusterId, dialect)
    },
    'clusters.found': ({ clusterId, nodes }) => {
      note('clusters.found', `${clusterId} ${nodes}`)
      return lab.found(clusterId, nodes)
    },
    'nodes.start': ({ nodeId }) => {
      note('nodes.start', nodeId)
      return lab.startNode(nodeId)
    },
    'nodes.stop': ({ nodeId }) => {
      note('nodes.stop', nodeId)
      return lab.stopNode(nodeId)
    },
    'nodes.tables': ({ nodeId }) => lab.ask(nodeId, { kind: 'tables' }),
    'nodes.rows': ({ nodeId, ...page }) => lab.ask(nodeId, { kind: 'rows', ...page }),
    'nodes.handOver': ({ nodeId, to }) => {
      note('nodes.handOver', `${nodeId} > ${to}`)
      return lab.ask(nodeId, { kind: 'hand-over', to })
    },
    'faults.inject': ({ fault, forMs }) => {
      note('faults.inject', sentenceOf({ fault, forMs }))
      return lab.inject(fault, forMs)
    },
    'faults.clear': ({ faultId }) => {
      note('faults.clear', faultId)
      return lab.clear(faultId)
    },
    'faults.clearAll': () => {
      note('faults.clearAll', '')
      return lab.clearAll()
    },
    'recording.page': (query) => ok(lab.recorder.page(query)),
    ...deskHandlers(lab),
    ...ringHandlers(lab),
    ...chatHandlers(lab),
    ...shopHandlers(lab),
    'settings.get': () => ok(settings.settings),
    'settings.set': (change) => settings.change(change),
    'windows.open': ({ route }) => openWindow(route),
  }
}

function sentenceOf({ fault, forMs }: CallInput<'faults.inject'>): string {
  const nodes = 'node' in fault ? fault.node : `${[fault.from].flat().join(' ')} > ${[fault.to].flat().join(' ')}`
  return forMs === null ? `${fault.kind} ${nodes}` : `${fault.kind} ${nodes} for ${forMs} ms`
}
