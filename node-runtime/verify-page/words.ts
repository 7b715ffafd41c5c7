import type { CheckStep, CheckVerdict } from '#cores/notary/receipt/verdict'

export type Language = 'en' | 'pt-BR'
type Check = CheckStep['check']

/** Everything that the page says. */
export interface Words {
  readonly title: string
  readonly lead: string
  readonly otherLanguage: string
  readonly slots: Readonly<Record<'document' | 'receipt' | 'policy', SlotWords>>
  readonly pick: string
  readonly remove: string
  readonly hashing: string
  readonly unreadable: string
  readonly noReceipt: string
  readonly noPolicy: string
  readonly policyHeld: (fingerprint: string) => string
  readonly nothingYet: string
  readonly onlyDocument: string
  readonly verdict: Readonly<Record<CheckVerdict['kind'], string>>
  readonly provenReceipt: string
  readonly document: Readonly<Record<CheckStep['outcome'], string>>
  readonly approveHint: string
  readonly proven: string
  readonly claimed: string
  readonly facts: Readonly<Record<'title' | 'registrant' | 'sha256' | 'time' | 'index' | 'leader' | 'log', string>>
  readonly none: string
  readonly led: (leader: string, term: number) => string
  readonly bound: (errorMs: number) => string
  readonly noBound: string
  readonly ofLog: (origin: string, size: number) => string
  readonly steps: string
  readonly outcome: Readonly<Record<CheckStep['outcome'], string>>
  readonly step: Readonly<Record<Check, { readonly title: string; readonly text: string }>>
  readonly values: Readonly<Record<Check, readonly string[]>>
  readonly show: string
  readonly signers: string
  readonly log: string
  readonly witness: string
  readonly approved: string
  readonly notApproved: string
  readonly oneOwner: string
  readonly foot: string
}

export interface SlotWords {
  readonly title: string
  readonly text: string
  readonly paste: string
}
