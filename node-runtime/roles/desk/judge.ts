import type { CheckVerdict } from '#contract/worker/desk'
import { checkReceipt } from '#cores/notary/receipt/check'
import { leastCosignatures, parsePolicy, policyFingerprint } from '#cores/notary/receipt/policy'
import { tidied } from '#cores/notary/receipt/tidied'
import { formatVerifierKey } from '#cores/notary/receipt/verifier-key'
import { fromHex } from '#kit/hex'
import type { Secrets } from '#ports/secrets'
import type { PolicyFacts } from './policies.ts'

/** What is said of receipts and policies by whoever can read them. */
export interface Judge {
  readonly check: (receipt: {
    readonly text: string
    readonly sha256: string | null
    /** Those that count here, as texts. */
    readonly policies: readonly string[]
  }) => CheckVerdict
  /** null: that is no policy. */
  readonly readPolicy: (text: string) => (PolicyFacts & { readonly keys: readonly WitnessName[] }) | null
}

export interface WitnessName {
  readonly name: string
  readonly fingerprint: string
}

/** Judges with the sums of this process, and asks nobody. */
export function judgeWith(sums: Pick<Secrets, 'sha256' | 'verify'>): Judge {
  const read = (text: string) => parsePolicy(tidied(text), sums.sha256)
  return {
    check: ({ text, sha256, policies }) =>
      checkReceipt({
        receipt: text,
        sha256: sha256 === null ? null : fromHex(sha256),
        policies: policies.flatMap((policy) => read(policy) ?? []),
        sums,
      }),
    readPolicy: (text) => {
      const policy = read(text)
      const log = policy?.logs[0]
      if (policy == null || log === undefined) return null
      return {
        fingerprint: policyFingerprint(policy, sums.sha256),
        origin: log.name,
        logKey: formatVerifierKey(log),
        witnesses: policy.witnesses.length,
        quorum: leastCosignatures(policy),
        keys: policy.witnesses.map(({ key }) => ({ name: key.name, fingerprint: key.fingerprint })),
      }
    },
  }
}
