import { isSatisfied, leastCosignatures, type Policy } from './policy.ts'
import type { NoteSignature, SignedNote } from './signed-note.ts'
import { type GoodSignature, openNote, type Sums } from './signing.ts'
import { type CheckStep, type CheckVerdict, rightIf } from './verdict.ts'
import { isSameKey, type VerifierKey } from './verifier-key.ts'

export interface SignedBy extends Pick<CheckVerdict, 'log' | 'witnesses' | 'steps'> {
  readonly kind: 'proven' | 'unknown-keys' | 'signature-wrong' | 'not-signed' | 'too-few-witnesses'
}

interface Signatures {
  readonly note: SignedNote
  readonly origin: string
  readonly policies: readonly Policy[]
}

/** Whether one of the policies is content with who signed. A bad signature of any key in them spoils all. */
export function judgeSignatures({ note, origin, policies }: Signatures, sums: Sums): SignedBy {
  const keys = policies.flatMap(({ logs, witnesses }) => [...logs, ...witnesses.map(({ key }) => key)])
  const opened = openNote(note, keys, sums)
  if (opened.kind === 'spoilt') {
    return { kind: 'signature-wrong', steps: spoiltSteps(opened.key), ...signersOf({ note, origin }, [], null) }
  }
  const hasSigned = (key: VerifierKey) => opened.good.some((good) => isSameKey(good.key, key))
  const logOf = (policy: Policy) => policy.logs.find((log) => log.name === origin && hasSigned(log)) ?? null
  const judges = policies.filter((policy) => logOf(policy) !== null)
  const content = judges.find((policy) => isSatisfied(policy, hasSigned))
  const policy = content ?? judges[0] ?? null
  const signers = signersOf({ note, origin }, opened.good, policy)
  // Whose keys they are is of no interest while the log has not put its name to it.
  const unproven = signers.log === null ? 'not-signed' : policy !== null ? 'too-few-witnesses' : 'unknown-keys'
  return {
    kind: content !== undefined ? 'proven' : unproven,
    steps: stepsOf({ good: opened.good, policy, isContent: content !== undefined, log: policy && logOf(policy) }),
    ...signers,
  }
}

interface Judged {
  readonly good: readonly GoodSignature[]
  readonly policy: Policy | null
  readonly isContent: boolean
  readonly log: VerifierKey | null
}

function stepsOf({ good, policy, isContent, log }: Judged): readonly CheckStep[] {
  const cosigned = good.filter(({ key }) => key.use === 'witness')
  const counted = cosigned.filter(({ key }) => policy !== null && isApprovedBy(policy, key))
  return [
    { check: 'log-signature', outcome: log === null ? 'not-made' : 'right', values: log === null ? [] : namesOf(log) },
    {
      check: 'witnesses',
      outcome: cosigned.length === 0 ? 'not-made' : 'right',
      values: cosigned.map(({ key, atSeconds }) => [...namesOf(key), String(atSeconds)].join(' ')),
    },
    {
      check: 'policy',
      outcome: policy === null ? 'not-made' : rightIf(isContent),
      values: policy === null ? [] : [String(counted.length), String(leastCosignatures(policy))],
    },
  ]
}

function spoiltSteps(key: VerifierKey): readonly CheckStep[] {
  const wrong = { outcome: 'wrong', values: namesOf(key) } as const
  const open = { outcome: 'not-made', values: [] } as const
  return [
    { check: 'log-signature', ...(key.use === 'log' ? wrong : open) },
    { check: 'witnesses', ...(key.use === 'witness' ? wrong : open) },
    { check: 'policy', ...open },
  ]
}

/** Everybody who put a line there, known or not. The log signs under the name of its origin. */
function signersOf(
  { note, origin }: Pick<Signatures, 'note' | 'origin'>,
  good: readonly GoodSignature[],
  policy: Policy | null,
): Pick<CheckVerdict, 'log' | 'witnesses'> {
  const keyOf = ({ name, keyId }: NoteSignature) =>
    good.find(({ key }) => key.name === name && key.id === keyId)?.key ?? null
  const isOfLog = (line: NoteSignature) => line.name === origin && keyOf(line)?.use !== 'witness'
  const logLine = note.signatures.find((line) => isOfLog(line) && keyOf(line) !== null) ?? note.signatures.find(isOfLog)
  const signer = (line: NoteSignature) => ({ name: line.name, fingerprint: keyOf(line)?.fingerprint ?? line.keyId })
  const witnesses = note.signatures.filter((line) => line !== logLine)
  return {
    log: logLine === undefined ? null : signer(logLine),
    witnesses: witnesses.map((line) => {
      const key = keyOf(line)
      return { ...signer(line), isApproved: key !== null && policy !== null && isApprovedBy(policy, key) }
    }),
  }
}

function isApprovedBy({ witnesses }: Policy, key: VerifierKey): boolean {
  return witnesses.some((witness) => isSameKey(witness.key, key))
}

function namesOf({ name, fingerprint }: VerifierKey): readonly string[] {
  return [name, fingerprint]
}
