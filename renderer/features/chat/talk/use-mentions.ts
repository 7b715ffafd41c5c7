import { type KeyboardEvent, type RefObject, useState } from 'react'
import { useChat } from '../../../stores/context.tsx'
import { beginsAt, matchingNames } from './mention-search.ts'

interface MentionParts {
  readonly text: string
  readonly field: RefObject<HTMLTextAreaElement | null>
  onText(text: string): void
}

/** Behind an `@` the names that fit are offered; arrows choose, Enter or Tab takes, Escape leaves the word as it is. */
export function useMentions({ text, field, onText }: MentionParts) {
  const people = useChat((state) => state.people)
  const [caret, setCaret] = useState(0)
  const [chosen, setChosen] = useState(0)
  const [left, setLeft] = useState<number | null>(null)
  const begun = beginsAt(text, caret)
  const names = begun === null || begun.at === left ? [] : matchingNames(begun.word, [...people.keys()])
  const at = Math.min(chosen, Math.max(0, names.length - 1))
  const choose = (name: string): void => {
    if (begun === null) return
    const before = `${text.slice(0, begun.at)}@${name} `
    onText(before + text.slice(caret))
    setCaret(before.length)
    setChosen(0)
    requestAnimationFrame(() => {
      field.current?.focus()
      field.current?.setSelectionRange(before.length, before.length)
    })
  }
  /** true: the key was for the list. */
  const onKeyDown = (event: KeyboardEvent): boolean => {
    const name = names[at]
    if (name === undefined) return false
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      setChosen((at + (event.key === 'ArrowDown' ? 1 : names.length - 1)) % names.length)
    } else if (event.key === 'Enter' || event.key === 'Tab') choose(name)
    else if (event.key === 'Escape') setLeft(begun?.at ?? null)
    else return false
    event.preventDefault()
    return true
  }
  const onSelect = (): void => {
    setCaret(field.current?.selectionStart ?? 0)
    if (beginsAt(text, field.current?.selectionStart ?? 0) === null) setLeft(null)
  }
  /** Whoever looks elsewhere chooses nothing. */
  const onBlur = (): void => setLeft(begun?.at ?? null)
  return { names, chosen: at, choose, onKeyDown, onSelect, onBlur }
}
