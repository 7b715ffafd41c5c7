import { useEffect } from 'react'
import { useHands } from '../../stores/context.tsx'
import { pages } from '../../stores/route.ts'
import type { Stores } from '../../stores/stores.ts'
import { withFeedToggled } from '../../stores/ui.ts'
import { isWindowKey } from '../../ui/window-keys.ts'

/**
 * Keys of the whole window. Letters and digits come with Alt, so that nobody sets anything off by speaking to the
 * machine or by leaning on the keyboard; `?` only shows a list.
 */
export function useShortcuts(): void {
  const { stores, actions } = useHands()
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const work = workOf(event, stores)
      if (work === null) return
      event.preventDefault()
      if (work.kind === 'state') stores.ui.setState(work.change)
      else if (work.kind === 'go') actions.go({ page: work.page })
      else void actions.changeSettings({ theme: isDark() ? 'light' : 'dark' })
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [stores, actions])
}

type Work =
  | { readonly kind: 'state'; readonly change: Partial<ReturnType<Stores['ui']['getState']>> }
  | { readonly kind: 'go'; readonly page: (typeof pages)[number] }
  | { readonly kind: 'theme' }

function workOf(event: KeyboardEvent, stores: Stores): Work | null {
  const ui = stores.ui.getState()
  const isBare = !event.ctrlKey && !event.metaKey && !event.altKey
  if (ui.open === 'palette' && isBare && !isTyping(event.target)) {
    if (event.key.length === 1) return { kind: 'state', change: { paletteQuery: ui.paletteQuery + event.key } }
    if (event.key === 'Enter') return { kind: 'state', change: { isPaletteHasty: true } }
  }
  if (!isWindowKey(event)) return null
  if (event.key === '?') return isTyping(event.target) ? null : { kind: 'state', change: { open: 'shortcuts' } }
  if (event.code === 'KeyK') return { kind: 'state', change: { open: ui.open === 'palette' ? null : 'palette' } }
  const page = pages[Number(/^Digit([1-9])$/.exec(event.code)?.[1] ?? 0) - 1]
  if (page) return { kind: 'go', page }
  if (event.code === 'KeyV') return { kind: 'state', change: { look: ui.look === 'picture' ? 'table' : 'picture' } }
  if (event.code === 'KeyT') return { kind: 'theme' }
  if (event.code !== 'KeyP') return null
  const newest = stores.recording.getState().all.at(-1)?.position ?? 0
  return { kind: 'state', change: withFeedToggled(ui, newest) }
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable="true"]') !== null
}

function isDark(): boolean {
  return document.documentElement.dataset.mantineColorScheme === 'dark'
}
