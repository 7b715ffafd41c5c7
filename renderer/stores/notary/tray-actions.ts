import { fittingTitle } from '#contract/worker/order-text'
import type { Hasher } from '../../hashing/hasher.ts'
import type { Actions } from '../actions.ts'
import type { Stores } from '../stores.ts'
import { inCalls, orderOf } from './orders.ts'
import {
  type LeftOut,
  nothingLeftOut,
  type TrayItem,
  trayLimits,
  withAdded,
  withLeftOut,
  without,
  withState,
  withTitle,
} from './tray.ts'

export interface NewFile {
  readonly file: Blob
  readonly name: string
}

/** What people do with the table of the notary. It stands outside the components, so that leaving the page stops nothing. */
export interface TrayActions {
  /** Somebody begins to lay something there: what was left out before is not spoken of any more. */
  begin(): void
  addFiles(files: readonly NewFile[]): void
  /** What whoever gathers the files had to leave out already. */
  leaveOut(leftOut: LeftOut): void
  addText(text: string, title: string): void
  rename(key: string, title: string): void
  remove(keys: readonly string[]): void
  hold(isHeld: boolean): void
  setRegistrant(registrant: string): void
  /** Hands everything that has its hash to the desk, in calls. Stops at the first refusal; what is left stays here. */
  register(): Promise<void>
}

export interface TrayParts {
  readonly stores: Pick<Stores, 'tray'>
  readonly ask: Actions['ask']
  readonly hasher: Hasher
  newKey(): string
}

export function makeTrayActions({ stores: { tray }, ask, hasher, newKey }: TrayParts): TrayActions {
  const add = (items: readonly (TrayItem & { readonly file: Blob })[]): void => {
    const room = Math.max(0, trayLimits.itemsMax - tray.getState().items.length)
    const taken = items.slice(0, room)
    const plain = taken.map(({ file, ...item }) => item)
    tray.setState((state) => withAdded(state, plain, items.length - taken.length))
    hasher.add(taken.map(({ key, file }) => ({ key, file })))
  }
  const fresh = ({ file, name }: NewFile) => ({
    key: newKey(),
    title: fittingTitle(name),
    bytes: file.size,
    state: 'waiting' as const,
    bytesDone: 0,
    sha256: null,
    file,
  })
  return {
    begin: () => tray.setState({ leftOut: nothingLeftOut }),
    addFiles: (files) => add(files.map((file) => ({ ...fresh(file), kind: 'file', text: null }))),
    leaveOut: (leftOut) => tray.setState((state) => withLeftOut(state, leftOut)),
    addText: (text, title) => {
      const file = new Blob([text])
      tray.setState({ leftOut: nothingLeftOut })
      add([{ ...fresh({ file, name: title }), kind: 'text', text }])
    },
    rename: (key, title) => tray.setState((state) => withTitle(state, key, title)),
    remove: (keys) => {
      hasher.leave(keys)
      tray.setState((state) => without(state, new Set(keys)))
    },
    hold: (isHeld) => {
      hasher.hold(isHeld)
      tray.setState({ isHeld })
    },
    setRegistrant: (registrant) => tray.setState({ registrant }),
    register: async () => {
      const { items, registrant, sending } = tray.getState()
      if (sending !== null) return
      const hashed = items.filter(({ state }) => state === 'hashed')
      const orders = hashed.flatMap((item) => orderOf(item, registrant.trim()) ?? [])
      const keys = new Set(orders.map(({ id }) => id))
      tray.setState((state) => ({ ...withState(state, keys, 'sending'), refusal: null }))
      let done = 0
      for (const documents of inCalls(orders)) {
        tray.setState({ sending: { done, of: orders.length } })
        const result = await ask('notary.register', { documents: [...documents] })
        if (!result.ok) {
          tray.setState({ refusal: result.failure.code })
          break
        }
        done += documents.length
        const handed = new Set(documents.map(({ id }) => id))
        tray.setState((state) => without(state, handed))
      }
      // What was not handed over may be tried again under the same ids: that registers nothing twice.
      tray.setState((state) => ({ ...withState(state, keys, 'hashed'), sending: null }))
    },
  }
}
