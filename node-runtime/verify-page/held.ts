import { checkReceipt } from '#cores/notary/receipt/check'
import { type Policy, parsePolicy, policyFingerprint } from '#cores/notary/receipt/policy'
import { tidied } from '#cores/notary/receipt/tidied'
import type { CheckVerdict } from '#cores/notary/receipt/verdict'
import { encodeText } from '#kit/bytes'
import { plainVerifyEd25519 } from '#kit/ed25519'
import { plainSha256 } from '#kit/sha256'

/** Everything that the page was given. It goes when the page is closed. */
export interface Held {
  readonly document: HeldDocument
  readonly receipt: HeldText | null
  readonly policy: HeldPolicy | null
}

export type HeldDocument =
  | { readonly kind: 'none' }
  | { readonly kind: 'hashing'; readonly name: string; readonly share: number }
  | { readonly kind: 'unreadable'; readonly name: string }
  | { readonly kind: 'hashed'; readonly name: string; readonly sha256: Uint8Array }

export interface HeldText {
  readonly name: string
  /** '': in what was given there is none. */
  readonly text: string
}

export interface HeldPolicy {
  readonly name: string
  /** null: what was given is none. */
  readonly policy: Policy | null
}

export const nothingHeld: Held = { document: { kind: 'none' }, receipt: null, policy: null }

/** null: there is no receipt yet, or the document is still being read. */
export function judge({ document, receipt, policy }: Held): CheckVerdict | null {
  if (receipt === null || document.kind === 'hashing') return null
  return checkReceipt({
    receipt: receipt.text,
    sha256: document.kind === 'hashed' ? document.sha256 : null,
    policies: policy === null || policy.policy === null ? [] : [policy.policy],
    sums: { sha256: plainSha256, verify: plainVerifyEd25519 },
  })
}

/** A text that was registered as it is, to the last space. */
export function documentOfText(text: string): HeldDocument {
  return text === '' ? { kind: 'none' } : { kind: 'hashed', name: '…', sha256: plainSha256(encodeText(text)) }
}

export function receiptOfText(name: string, text: string): HeldText | null {
  return text.trim() === '' ? null : { name, text: tidied(text) }
}

export function policyOfText(name: string, text: string): HeldPolicy | null {
  return text.trim() === '' ? null : { name, policy: parsePolicy(tidied(text), plainSha256) }
}

export function fingerprintOf(policy: Policy): string {
  return policyFingerprint(policy, plainSha256)
}
