import { contextBridge, ipcRenderer } from 'electron'
import { callNames, type EventName, eventNames, ipcChannels } from '#contract/window/channels'

type Listener = (payload: unknown) => void

const listeners = new Map<EventName, Set<Listener>>()

/** All that the page gets of the outside: two functions over closed lists. Types and shapes are checked in main. */
contextBridge.exposeInMainWorld('colmeia', {
  carrier: 'electron',
  call(name: unknown, input: unknown): Promise<unknown> {
    // Main would refuse it as well; this keeps unknown words from leaving the page at all.
    const known = callNames.find((callName) => callName === name)
    const failure = { code: 'unknown-call', message: 'no such call' }
    return known === undefined
      ? Promise.resolve({ ok: false, failure })
      : ipcRenderer.invoke(ipcChannels.call, known, input)
  },
  on(name: unknown, listener: Listener): () => void {
    const known = eventNames.find((eventName) => eventName === name)
    if (known === undefined || typeof listener !== 'function') return () => undefined
    const set = listeners.get(known) ?? new Set()
    listeners.set(known, set)
    // Wrapped, so that the same function given twice is two listeners with two ends.
    const entry: Listener = (payload) => listener(payload)
    set.add(entry)
    tellWishes()
    return () => {
      set.delete(entry)
      tellWishes()
    }
  },
})

ipcRenderer.on(ipcChannels.event, (_event, name: EventName, payload: unknown) => {
  ipcRenderer.send(ipcChannels.taken)
  for (const listener of listeners.get(name) ?? []) listener(payload)
})

function tellWishes(): void {
  const wanted = eventNames.filter((name) => (listeners.get(name)?.size ?? 0) > 0)
  ipcRenderer.send(ipcChannels.listen, wanted)
}
