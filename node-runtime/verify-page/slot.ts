import { button, element } from './element.ts'
import type { SlotWords, Words } from './words.ts'

/** What a slot shows of what it was given. */
export type SlotState =
  | { readonly kind: 'empty' }
  | { readonly kind: 'held'; readonly name: string; readonly detail: string }
  | { readonly kind: 'hashing'; readonly name: string; readonly share: number }
  | { readonly kind: 'refused'; readonly name: string; readonly why: string }

export interface SlotActs {
  readonly onFile: (file: File) => void
  readonly onText: (text: string) => void
  readonly onRemove: () => void
}

export interface Slot {
  readonly card: HTMLElement
  show(state: SlotState): void
  /** Takes away what was pasted, because something else is held now. */
  clearText(): void
}

export function makeSlot(name: string, words: Words & { readonly slot: SlotWords }, acts: SlotActs): Slot {
  const { slot } = words
  const input = element('input', { type: 'file', 'aria-label': `${slot.title}: ${words.pick}` })
  input.addEventListener('change', () => {
    const [file] = input.files ?? []
    if (file !== undefined) acts.onFile(file)
    // The same file may be chosen again after it was changed.
    input.value = ''
  })
  const text = element('textarea', { rows: '5', spellcheck: 'false', 'aria-label': slot.paste })
  text.addEventListener('input', () => acts.onText(text.value))
  const status = element('div', { class: 'status', 'aria-live': 'polite' })
  const remove = button(words.remove, acts.onRemove)
  const card = element(
    'section',
    { class: 'slot', 'data-slot': name },
    element('h2', {}, slot.title),
    element('p', {}, slot.text),
    element('label', { class: 'pick' }, words.pick, input),
    element('details', { class: 'paste' }, element('summary', {}, slot.paste), text),
    status,
  )
  return {
    card,
    show: (state) => {
      card.dataset.state = state.kind
      status.replaceChildren(...drawState(state, words, remove))
    },
    clearText: () => {
      text.value = ''
    },
  }
}

function drawState(state: SlotState, words: Words, remove: HTMLElement): readonly Node[] {
  if (state.kind === 'empty') return []
  const name = element('strong', {}, state.name)
  switch (state.kind) {
    case 'held':
      return [name, element('code', {}, state.detail), remove]
    case 'refused':
      return [name, element('p', { class: 'bad' }, state.why), remove]
    case 'hashing': {
      const share = element('progress', { max: '1', value: String(state.share), 'aria-label': words.hashing })
      return [name, share, remove]
    }
    default:
      return unreachable(state)
  }
}

function unreachable(state: never): never {
  throw new Error(`no such state: ${String(state)}`)
}
