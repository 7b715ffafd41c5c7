import type { RingSettings, RingSettingsChange } from '#contract/window/ring'
import { ringLimits } from '#contract/worker/ring'

/** `lab`: a key of this lab's own; `phrase`: typed here; `invented`: drawn by the program; `kept`: as it is. */
export type KeyChoice = 'kept' | 'lab' | 'phrase' | 'invented'

export interface SetupDraft extends Omit<RingSettings, 'key'> {
  readonly keyChoice: KeyChoice
  readonly phrase: string
}

export type DraftFlaw = 'name' | 'same-name' | 'phrase'

export function draftOf({ key: _, ...settings }: RingSettings): SetupDraft {
  return { ...settings, keyChoice: 'kept', phrase: '' }
}

/** What would be refused, before it is asked. */
export function flawsOf({ names, keyChoice, phrase }: SetupDraft): readonly DraftFlaw[] {
  const plain = names.map((name) => name.trim())
  const isBad = (name: string): boolean => name === '' || /[|\p{Cc}]/u.test(name)
  return [
    ...(plain.some(isBad) ? (['name'] as const) : []),
    ...(new Set(plain).size < plain.length ? (['same-name'] as const) : []),
    ...(keyChoice === 'phrase' && phrase.length < ringLimits.phraseCharsMin ? (['phrase'] as const) : []),
  ]
}

/** Only what is to be another. null: nothing is. */
export function changeOf(settings: RingSettings, draft: SetupDraft): RingSettingsChange | null {
  const names = draft.names.map((name) => name.trim())
  const change: RingSettingsChange = {
    ...(names.join('|') === settings.names.join('|') ? {} : { names }),
    ...(draft.reach === settings.reach ? {} : { reach: draft.reach }),
    ...(draft.interface === settings.interface ? {} : { interface: draft.interface }),
    ...(draft.textsFrom === settings.textsFrom ? {} : { textsFrom: draft.textsFrom }),
    ...(draft.timing === settings.timing ? {} : { timing: draft.timing }),
    ...(draft.keyChoice === 'kept' ? {} : { key: keyOf(draft.keyChoice, draft.phrase) }),
  }
  return Object.keys(change).length === 0 ? null : change
}

function keyOf(choice: Exclude<KeyChoice, 'kept'>, phrase: string): NonNullable<RingSettingsChange['key']> {
  return choice === 'phrase' ? { from: 'phrase', phrase } : { from: choice }
}
