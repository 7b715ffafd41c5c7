/** What a check found. The contract with the window has the same shape. */
export interface CheckVerdict {
  readonly kind:
    | 'proven'
    /** Sound as far as can be told, but signed by keys that nobody here has approved. */
    | 'unknown-keys'
    | 'other-document'
    | 'not-a-receipt'
    | 'proof-wrong'
    | 'signature-wrong'
    /** The line of the log itself is missing. */
    | 'not-signed'
    | 'too-few-witnesses'
  /** What the leaf says: a fact with `proven`, else somebody's claim. null: not even the tree says so. */
  readonly facts: ClaimedFacts | null
  readonly steps: readonly CheckStep[]
  readonly origin: string | null
  readonly size: number | null
  readonly log: Signer | null
  readonly witnesses: readonly (Signer & { readonly isApproved: boolean })[]
}

export interface ClaimedFacts {
  readonly index: number
  readonly title: string
  readonly registrant: string
  readonly sha256: string
  readonly atMs: number
  readonly errorMs: number | null
  readonly leader: string
  readonly term: number
}

/** Of a key that nobody here knows, the fingerprint is its beginning only: a receipt holds no more of it. */
export interface Signer {
  readonly name: string
  readonly fingerprint: string
}

export interface CheckStep {
  readonly check: 'document' | 'leaf' | 'path' | 'log-signature' | 'witnesses' | 'policy'
  readonly outcome: 'right' | 'wrong' | 'not-made'
  /** Values that were held against each other; behind those of the path, the hashes on its way. */
  readonly values: readonly string[]
}

export function rightIf(isRight: boolean): CheckStep['outcome'] {
  return isRight ? 'right' : 'wrong'
}
