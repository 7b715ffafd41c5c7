import { ownOrigins } from '#contract/window/channels'
import type { LeftOut } from '../stores/notary/tray.ts'
import type { NewFile } from '../stores/notary/tray-actions.ts'
import type { KeyPress } from '../ui/window-keys.ts'

/** How the door looks: the window knows the language and the theme, the door neither. */
export interface DoorDress {
  readonly scheme: 'light' | 'dark'
  readonly language: string
  readonly words: Readonly<Record<'title' | 'over' | 'text' | 'pickFiles' | 'pickFolder' | 'writeText', string>>
  readonly isWriting: boolean
}

/** What the door tells the window. Whoever drops twice has begun twice, and each of them ends. */
export type DoorNews =
  | { readonly kind: 'began' }
  | { readonly kind: 'files'; readonly files: readonly NewFile[] }
  | { readonly kind: 'ended'; readonly leftOut: LeftOut }
  | { readonly kind: 'write' }
  | { readonly kind: 'height'; readonly px: number }
  /** What happens in a frame stays there: without word of it the window's keys would be dead, and its menus stay open. */
  | { readonly kind: 'key'; readonly key: KeyPress }
  | { readonly kind: 'pressed' }

/** In a program the door has a host of its own, so a process of its own; a page of the web has one host for all. */
export function doorOrigin({ origin }: Pick<Location, 'origin'>): string {
  return origin === ownOrigins.window ? ownOrigins.door : origin
}
