import type { CallName, EventName } from '#contract/window/channels'
import type { CallInput, CallOutput, EventPayload } from '#contract/window/contract'
import type { bridgePath, ClientFrame, ServerFrame } from '#contract/window/frames'
import type { FailureCode } from '#kit/failures'
import type { Result } from '#kit/result'
import type { Line, WindowBridge } from './types.ts'

/** What this bridge needs of a browser; a test hands in its own. */
export interface WebPage {
  readonly origin: string
  open(address: string): WebSocket
  openWindow(route: string): boolean
  wait(work: () => void, delayMs: number): number
  cancel(waiting: number): void
}

export const webBridgeLimits = {
  callsWaitingMax: 256,
  answerWithinMs: 15_000,
  retryMsMin: 250,
  retryMsMax: 4_000,
  /** Refused this often in a row without ever being let in: the page's token is not the lab's any more. */
  refusalsMax: 5,
} as const

// The page's bundle takes types only from the contract; this line stops compiling when the path changes there.
const path: typeof bridgePath = '/bridge'

type Listener = (payload: unknown) => void
interface Waiting {
  readonly name: CallName
  readonly input: unknown
  readonly settle: (result: Result<never>) => void
  readonly timer: number
}

/** Calls and events over one WebSocket. Calls made while the line is down wait for it, bounded and not for ever. */
export class WebBridge implements WindowBridge {
  readonly carrier = 'web'
  readonly #page: WebPage
  readonly #waiting = new Map<number, Waiting>()
  readonly #listeners = new Map<EventName, Set<Listener>>()
  readonly #watchers = new Set<(line: Line) => void>()
  #socket: WebSocket | null = null
  #sequence = 0
  #failuresInARow = 0
  #wasOpen = false

  constructor(page: WebPage) {
    this.#page = page
    this.#connect()
  }

  call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<Result<CallOutput<Name>>> {
    if (name === 'windows.open') {
      // A shell without windows cannot open one, but the browser that shows this page can.
      const { route } = input as CallInput<'windows.open'> // the name was compared just before
      const isOpen = this.#page.openWindow(route)
      return Promise.resolve(isOpen ? { ok: true, value: null as CallOutput<Name> } : refusal('no-permission'))
    }
    if (this.#waiting.size >= webBridgeLimits.callsWaitingMax) return Promise.resolve(refusal('busy'))
    const sequence = ++this.#sequence
    return new Promise((resolve) => {
      const timer = this.#page.wait(() => this.#settle(sequence, refusal('timed-out')), webBridgeLimits.answerWithinMs)
      this.#waiting.set(sequence, { name, input, settle: resolve, timer })
      this.#send({ kind: 'call', sequence, name, input })
    })
  }

  on<Name extends EventName>(name: Name, listener: (payload: EventPayload<Name>) => void): () => void {
    const set = this.#listeners.get(name) ?? new Set()
    this.#listeners.set(name, set)
    const entry: Listener = (payload) => listener(payload as EventPayload<Name>) // the host's own shape for this name
    set.add(entry)
    this.#tellWishes()
    return () => {
      set.delete(entry)
      this.#tellWishes()
    }
  }

  watchLine(listener: (line: Line) => void): () => void {
    this.#watchers.add(listener)
    return () => this.#watchers.delete(listener)
  }

  #connect(): void {
    const socket = this.#page.open(`${this.#page.origin.replace(/^http/, 'ws')}${path}`)
    this.#socket = socket
    socket.addEventListener('open', () => this.#opened())
    socket.addEventListener('message', (event) => this.#hear(String(event.data)))
    socket.addEventListener('close', () => this.#closed(socket))
  }

  #opened(): void {
    this.#wasOpen = true
    this.#failuresInARow = 0
    this.#tellWishes()
    for (const [sequence, { name, input }] of this.#waiting) this.#send({ kind: 'call', sequence, name, input })
    this.#tell('open')
  }

  #closed(socket: WebSocket): void {
    if (socket !== this.#socket) return
    this.#socket = null
    // What was on its way may have happened or not: nobody knows, so it is not sent again.
    if (this.#wasOpen) for (const sequence of [...this.#waiting.keys()]) this.#settle(sequence, refusal('timed-out'))
    this.#wasOpen = false
    this.#failuresInARow += 1
    this.#tell(this.#failuresInARow > webBridgeLimits.refusalsMax ? 'refused' : 'lost')
    const delayMs = Math.min(webBridgeLimits.retryMsMax, webBridgeLimits.retryMsMin * 2 ** (this.#failuresInARow - 1))
    this.#page.wait(() => this.#connect(), delayMs)
  }

  #hear(text: string): void {
    const frame = parse(text)
    if (frame?.kind === 'answer') this.#settle(frame.sequence, frame.result as Result<never>) // shaped by its call
    if (frame?.kind === 'event') for (const listener of this.#listeners.get(frame.name) ?? []) listener(frame.payload)
  }

  #settle(sequence: number, result: Result<never>): void {
    const waiting = this.#waiting.get(sequence)
    if (waiting === undefined) return
    this.#waiting.delete(sequence)
    this.#page.cancel(waiting.timer)
    waiting.settle(result)
  }

  #tellWishes(): void {
    const events = [...this.#listeners].filter(([, set]) => set.size > 0).map(([name]) => name)
    this.#send({ kind: 'listen', events })
  }

  #send(frame: ClientFrame): void {
    if (this.#wasOpen) this.#socket?.send(JSON.stringify(frame))
  }

  #tell(line: Line): void {
    for (const watcher of this.#watchers) watcher(line)
  }
}

function refusal(code: FailureCode): Result<never> {
  return { ok: false, failure: { code, message: 'said by the page itself' } }
}

/** The lab's shell is ours, but a proxy in between may not be: what cannot be read is let fall. */
function parse(text: string): ServerFrame | null {
  try {
    return JSON.parse(text) as ServerFrame
  } catch {
    return null // weather: a frame that is no frame
  }
}
