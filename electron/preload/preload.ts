import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { callNames, type EventName, eventNames, filesPerQuestionMax, ipcChannels } from '#contract/window/channels'

type Listener = (payload: unknown) => void

const listeners = new Map<EventName, Set<Listener>>()

/**
 * All that the page gets of the outside: two functions over closed lists, and one that asks how large files are. Types and
 * shapes are checked in main.
 */
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
  /** The page stands still meanwhile. It names files, never paths: those that a person gave to it and no others. */
  sizesOf(files: unknown): unknown {
    const asked: readonly unknown[] = Array.isArray(files) ? files.slice(0, filesPerQuestionMax) : []
    return ipcRenderer.sendSync(ipcChannels.sizes, asked.map(pathOf))
  },
})

ipcRenderer.on(ipcChannels.event, (_event, name: EventName, payload: unknown) => {
  ipcRenderer.send(ipcChannels.taken)
  for (const listener of listeners.get(name) ?? []) listener(payload)
})

/** Empty: it stands on no disk. The stand-in is older than `webUtils`, and has the path as a property of the file. */
function pathOf(file: unknown): string {
  if (!(file instanceof File)) return ''
  return webUtils === undefined ? String(Reflect.get(file, 'path')) : webUtils.getPathForFile(file)
}

function tellWishes(): void {
  const wanted = eventNames.filter((name) => (listeners.get(name)?.size ?? 0) > 0)
  ipcRenderer.send(ipcChannels.listen, wanted)
}
