import type { RingSetup } from '#contract/window/ring'
import type { SetupDraft } from './draft.ts'

export interface SetupPartProps {
  readonly setup: RingSetup
  readonly draft: SetupDraft
  onChange(draft: SetupDraft): void
}
