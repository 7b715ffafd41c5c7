import type { WindowBridge } from './bridge/types.ts'
import { nowEveryMs } from './stores/now.ts'
import { withoutSolved, withProblem } from './stores/problems.ts'
import { recordingLimits, withAppended, withPage } from './stores/recording.ts'
import { parseRoute } from './stores/route.ts'
import type { Stores } from './stores/stores.ts'
import { withNewLine, withSnapshot } from './stores/topology.ts'

type Stop = () => void

/** What connecting needs of the page it lives in. */
export interface Page {
  nowMs(): number
  every(everyMs: number, work: () => void): Stop
  hash(): string
  onHash(work: () => void): Stop
}

/** The one place where the window listens. Components read the stores and never touch the bridge. */
export function connect(bridge: WindowBridge, stores: Stores, page: Page): Stop {
  const stops: Stop[] = []
  stops.push(
    bridge.on('topology.changed', (snapshot) => {
      stores.topology.setState((state) => withSnapshot(state, snapshot, page.nowMs()))
      stores.problems.setState((state) => withoutSolved(state, snapshot))
    }),
  )
  stops.push(
    bridge.on('recording.appended', (appended) =>
      stores.recording.setState((state) => withAppended(state, appended, page.nowMs())),
    ),
  )
  stops.push(bridge.on('settings.changed', (settings) => stores.settings.setState({ settings })))
  stops.push(
    bridge.on('problem.raised', ({ code, nodeId }) =>
      stores.problems.setState((state) => withProblem(state, { code, nodeId, atMs: page.nowMs() })),
    ),
  )
  if (bridge.watchLine) {
    stops.push(
      bridge.watchLine((line) => {
        stores.ui.setState({ line })
        if (line !== 'open') return
        stores.topology.setState(withNewLine)
        void pull(bridge, stores, page)
      }),
    )
  }
  stops.push(page.onHash(() => stores.ui.setState({ route: parseRoute(page.hash()) })))
  stops.push(page.every(nowEveryMs, () => stores.now.setState({ nowMs: page.nowMs() })))
  void pull(bridge, stores, page)
  return () => {
    for (const stop of stops.reverse()) stop()
  }
}

/**
 * What happened before this window listened. Refusals are not shown here: the same news comes by event a moment later,
 * and a line that is down says so itself.
 */
async function pull(bridge: WindowBridge, stores: Stores, page: Page): Promise<void> {
  const [snapshot, info, settings, story, all] = await Promise.all([
    bridge.call('topology.get', {}),
    bridge.call('app.info', {}),
    bridge.call('settings.get', {}),
    bridge.call('recording.page', {
      before: null,
      limit: recordingLimits.storyPageMax,
      nodeId: null,
      withMessages: false,
    }),
    bridge.call('recording.page', {
      before: null,
      limit: recordingLimits.messagesPageMax,
      nodeId: null,
      withMessages: true,
    }),
  ])
  if (snapshot.ok) stores.topology.setState((state) => withSnapshot(state, snapshot.value, page.nowMs()))
  if (info.ok) stores.settings.setState({ info: info.value })
  if (settings.ok) stores.settings.setState({ settings: settings.value })
  if (story.ok) stores.recording.setState((state) => withPage(state, story.value, false))
  if (all.ok) stores.recording.setState((state) => withPage(state, all.value, true))
}
