import type { AppInfo } from '#contract/window/settings'
import type { Result } from '#kit/result'
import { type Stop, StopStack } from '#kit/stop-stack'
import { makeHandlers } from './handlers.ts'
import type { Lab } from './lab.ts'
import { EventPublisher } from './publish-events.ts'
import { makeResetLab } from './reset-lab.ts'
import { type After, afterRealTime } from './schedule.ts'
import { type AnswerCall, serveCalls } from './serve-calls.ts'
import type { SettingsFile } from './settings-file.ts'

export interface HostParts {
  readonly lab: Lab
  readonly settings: SettingsFile
  readonly info: AppInfo
  openWindow(route: string): Result<null>
  /** Gets what was thrown inside a call: a bug to be written down, while the rest goes on. */
  onBug(error: unknown): void
  readonly after?: After
}

/** A lab with a door for windows, pages and command lines. Both shells hold one and add only their carrier. */
export interface Host {
  readonly answer: AnswerCall
  readonly publisher: EventPublisher
  readonly stop: Stop
}

export function openHost(parts: HostParts): Host {
  const { lab, settings } = parts
  const stops = new StopStack()
  stops.add(() => lab.stop())
  const publisher = new EventPublisher(
    { lab, onSettings: (listener) => settings.onChange(listener) },
    parts.after ?? afterRealTime,
  )
  stops.add(() => publisher.stop())
  if (settings.problem !== null) {
    publisher.raise({ code: 'settings-damaged', nodeId: null, detail: settings.problem, wallMs: Date.now() })
  }
  const handlers = makeHandlers({
    lab,
    settings,
    info: parts.info,
    resetLab: makeResetLab(lab),
    openWindow: parts.openWindow,
  })
  return { answer: serveCalls(handlers, parts.onBug), publisher, stop: () => stops.run() }
}
