import type { RecordedEvent, RecordingPage } from '#contract/window/recording'
import type { ClusterCard, TopologySnapshot } from '#contract/window/topology'
import type { ActiveFault } from '#contract/worker/faults'
import type { NodeRequest } from '#contract/worker/protocol'
import { clusterId, faultId } from '#kit/ids'
import { fail, ok, type Result } from '#kit/result'
import type { Lab, Problem } from '../lab.ts'

/** A lab in memory that writes down what was asked of it. One cluster, no process. */
export function memoryLab() {
  const done: string[] = []
  const listeners = {
    topology: new Set<() => void>(),
    append: new Set<(events: readonly RecordedEvent[]) => void>(),
    problem: new Set<(problem: Problem) => void>(),
  }
  let state: ClusterCard['state'] = 'running'
  let revision = 1
  const cluster = (): ClusterCard => ({
    id: clusterId('notary'),
    kind: 'notary',
    state,
    dialect: 'B',
    sizes: { min: 1, max: 7 },
    nodes: [],
    links: [],
    commitsPerSecond: null,
  })
  const topology = (): TopologySnapshot => ({
    revision,
    takenWallMs: 0,
    lab: 'lab',
    clusters: [cluster()],
    faults: [],
    recording: { kept: 0, keptMax: 10, forgotten: 0, droppedByNodes: 0 },
  })
  const step = (what: string): Promise<Result<null>> => {
    done.push(what)
    return Promise.resolve(ok(null))
  }
  const lab: Lab = {
    topology,
    onTopology: (listener) => heard(listeners.topology, listener),
    onProblem: (listener) => heard(listeners.problem, listener),
    startCluster: (id) => {
      state = 'running'
      return step(`start cluster ${id}`)
    },
    stopCluster: (id) => {
      state = 'stopped'
      return step(`stop cluster ${id}`)
    },
    speak: (id, dialect) => step(`speak ${id} ${dialect}`),
    found: (id, count) => {
      done.push(`found ${id} ${count}`)
      return ok(null)
    },
    addReplica: (id) => Promise.resolve(fail('does-not-apply', `${id} is no shop`)),
    removeReplica: (id) => step(`remove replica ${id}`),
    shopSetup: (id) => fail('does-not-apply', `${id} is no shop`),
    configureShop: (id) => fail('does-not-apply', `${id} is no shop`),
    ringSetup: (id) => Promise.resolve(fail('does-not-apply', `${id} is no ring`)),
    configureRing: (id) => Promise.resolve(fail('does-not-apply', `${id} is no ring`)),
    chatSetup: (id) => fail('does-not-apply', `${id} is no chat`),
    configureChat: (id) => fail('does-not-apply', `${id} is no chat`),
    startNode: (id) => step(`start ${id}`),
    stopNode: (id) => Promise.resolve(fail('unknown-node', `no node ${id}`)),
    inject: (fault, forMs) => {
      done.push(`inject ${fault.kind} ${forMs}`)
      const active: ActiveFault = { id: faultId('f1'), fault, sinceWallMs: 0, endsWallMs: forMs }
      return ok(active)
    },
    clear: (id) => fail('unknown-fault', `no fault ${id}`),
    clearAll: () => {
      done.push('clear all')
      return ok(null)
    },
    ask: async (node, request: NodeRequest) => {
      if (request.kind === 'hand-over') done.push(`hand over ${node} > ${request.to}`)
      return fail('node-down', `${node} is no process`)
    },
    reset: () => {
      state = 'stopped'
      return step('reset')
    },
    recorder: {
      page: (): RecordingPage => ({ events: [], hasOlder: false }),
      onAppend: (listener) => heard(listeners.append, listener),
      noteAction: (action, detail) => void done.push(`note ${action} ${detail}`.trim()),
    },
    stop: async () => void done.push('stop'),
  }
  return {
    lab,
    done,
    changeTopology() {
      revision += 1
      for (const listener of listeners.topology) listener()
    },
    append(events: readonly RecordedEvent[]) {
      for (const listener of listeners.append) listener(events)
    },
    raise(problem: Problem) {
      for (const listener of listeners.problem) listener(problem)
    },
  }
}

export function recorded(position: number): RecordedEvent {
  const what = { kind: 'timer', name: 'election', afterMs: 1 } as const
  return { position, sequence: position, node: null, lamport: 0, wallMs: 0, cause: null, what }
}

function heard<T>(set: Set<T>, listener: T): () => void {
  set.add(listener)
  return () => {
    set.delete(listener)
  }
}
