import { isSame } from '#cores/notary/receipt/merkle'
import { isSatisfied, majorityPolicy, type Policy } from '#cores/notary/receipt/policy'
import { parseNote } from '#cores/notary/receipt/signed-note'
import { openNote } from '#cores/notary/receipt/signing'
import { isSameKey, parseVerifierKey, type VerifierKey } from '#cores/notary/receipt/verifier-key'
import { plainSha256 as sha256 } from '#kit/sha256'
import type { Always } from '../../subject.ts'
import { honestSignature } from '../../subjects/notary/honest-secrets.ts'
import type { NotaryNote, NotaryWords } from '../../subjects/notary/words.ts'

type Told = Extract<NotaryNote, { kind: 'policy' }>

/** Whoever pinned the policy of a checkpoint's size can check it by whatever any peer calls that policy at any time. */
export const receiptsStayProven: Always<NotaryWords> = {
  name: 'receipts stay proven',
  start() {
    const sizes = new Map<number, { readonly notes: Set<string>; readonly policies: Map<string, Told> }>()
    return (moment) => {
      for (const { node, note } of moment.notes) {
        if (note.kind !== 'witnessed' && note.kind !== 'policy') continue
        const { size } = note
        const known = sizes.get(size) ?? { notes: new Set(), policies: new Map<string, Told>() }
        sizes.set(size, known)
        const text = note.kind === 'witnessed' ? note.note : textOf(note)
        const isNew = note.kind === 'witnessed' ? !known.notes.has(text) : !known.policies.has(text)
        if (!isNew) continue
        if (note.kind === 'witnessed') known.notes.add(text)
        else known.policies.set(text, note)
        const notes = note.kind === 'witnessed' ? [text] : [...known.notes]
        const policies = note.kind === 'policy' ? [note] : [...known.policies.values()]
        const isProven = notes.every((one) => policies.every((policy) => isProvenBy(one, policy)))
        if (!isProven)
          return `${node} ${note.kind === 'policy' ? 'names a policy' : 'has a checkpoint'} of ${size} that does not fit`
      }
      return null
    }
  },
}

function isProvenBy(text: string, told: Told): boolean {
  const policy = policyOf(told)
  const note = parseNote(text)
  if (policy === null || note === null) return false
  const opened = openNote(note, [...policy.logs, ...policy.witnesses.map(({ key }) => key)], { sha256, verify })
  if (opened.kind === 'spoilt') return false
  const hasSigned = (key: VerifierKey) => opened.good.some((good) => isSameKey(good.key, key))
  return policy.logs.every(hasSigned) && isSatisfied(policy, hasSigned)
}

function policyOf({ logKey, witnesses, members }: Told): Policy | null {
  const log = parseVerifierKey(logKey, sha256)
  const keys = witnesses.flatMap(({ key }) => parseVerifierKey(key, sha256) ?? [])
  if (log === null || keys.length === 0 || keys.length < witnesses.length) return null
  return majorityPolicy(log, keys, members)
}

function verify(publicKey: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean {
  return isSame(signature, honestSignature(publicKey, bytes))
}

function textOf({ logKey, witnesses, members }: Told): string {
  return [logKey, String(members), ...witnesses.map(({ key }) => key)].join('\n')
}
