import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent, WebContents } from 'electron'
import { type EventName, eventNames, ipcChannels } from '#contract/window/channels'
import type { Host } from '#host/host'
import { type Stop, StopStack } from '#kit/stop-stack'
import { type Frame, isTrustedSender } from '../security/trusted-sender.ts'

/** Events on their way to one page. Past that its next ones are held by the publisher, which bounds them. */
const eventsInFlightMax = 8

export interface KnownPages {
  readonly origin: string
  readonly pages: () => readonly WebContents[]
  /** Called at each call, so that the shell knows when a page first spoke. */
  onCall(): void
}

/** Carries the contract between our pages and the host, over the channels that the preload knows. */
export function serveWindows(
  ipcMain: IpcMain,
  host: Pick<Host, 'answer' | 'publisher'>,
  known: KnownPages,
): PageCarrier {
  const subscribers = new Map<number, PageSubscriber>()
  const isTrusted = ({ senderFrame }: IpcMainEvent | IpcMainInvokeEvent): boolean =>
    isTrustedSender(senderFrame as Frame | null, known.pages().map(mainFrameOf), known.origin) // null once it is gone

  ipcMain.handle(ipcChannels.call, (event, name: unknown, payload: unknown) => {
    const call = { name, payload, isTrusted: isTrusted(event) }
    if (call.isTrusted) known.onCall()
    return host.answer(call)
  })
  ipcMain.on(ipcChannels.listen, (event, names: unknown) => {
    if (!isTrusted(event)) return
    subscribers.get(event.sender.id)?.listen(names)
    host.publisher.wake()
  })
  ipcMain.on(ipcChannels.taken, (event) => {
    if (isTrusted(event)) subscribers.get(event.sender.id)?.taken()
  })

  return {
    attach(contents) {
      const subscriber = new PageSubscriber(contents)
      const stops = new StopStack()
      subscribers.set(contents.id, subscriber)
      stops.add(() => void subscribers.delete(contents.id))
      stops.add(host.publisher.subscribe(subscriber))
      contents.on('did-start-navigation', (details) => {
        if (details.isMainFrame && !details.isSameDocument) subscriber.forget()
      })
      contents.on('render-process-gone', () => subscriber.forget())
      contents.once('destroyed', () => void stops.run())
    },
    stop() {
      ipcMain.removeHandler(ipcChannels.call)
      ipcMain.removeAllListeners(ipcChannels.listen)
      ipcMain.removeAllListeners(ipcChannels.taken)
    },
  }
}

export interface PageCarrier {
  /** From now on this page gets what it listens to. */
  attach(contents: WebContents): void
  readonly stop: Stop
}

function mainFrameOf(contents: WebContents): Frame {
  return contents.mainFrame
}

/** As much of a page as events need; a test gives its own. */
export interface EventTarget {
  isDestroyed(): boolean
  send(channel: string, ...args: readonly unknown[]): void
}

/** Gives a page events only as fast as it says that it had them. */
export class PageSubscriber {
  readonly #page: EventTarget
  #wanted: ReadonlySet<EventName> = new Set()
  #inFlight = 0

  constructor(page: EventTarget) {
    this.#page = page
  }

  wants(name: EventName): boolean {
    return this.#wanted.has(name)
  }

  canTake(): boolean {
    return this.#inFlight < eventsInFlightMax && !this.#page.isDestroyed()
  }

  take({ name, payload }: { readonly name: EventName; readonly payload: unknown }): void {
    this.#inFlight += 1
    this.#page.send(ipcChannels.event, name, payload)
  }

  taken(): void {
    this.#inFlight = Math.max(0, this.#inFlight - 1)
  }

  listen(names: unknown): void {
    const given: readonly unknown[] = Array.isArray(names) ? names : []
    this.#wanted = new Set(eventNames.filter((name) => given.includes(name)))
  }

  /** A new page in the same window starts with nothing: what the old one had not taken went with it. */
  forget(): void {
    this.#wanted = new Set()
    this.#inFlight = 0
  }
}
