import { toHex } from '#kit/hex'
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts'
import { judgeSignatures } from './judge-signatures.ts'
import { decodeLeaf, type LeafFacts } from './leaf.ts'
import { climb, isSame, leafHash } from './merkle.ts'
import type { Policy } from './policy.ts'
import { parseReceipt, type Receipt } from './receipt.ts'
import type { Sums } from './signing.ts'
import { type CheckStep, type CheckVerdict, type ClaimedFacts, rightIf } from './verdict.ts'

export interface ReceiptCheck {
  readonly receipt: string
  /** Of the document that somebody holds; null: nobody does. */
  readonly sha256: Uint8Array | null
  /** Those that somebody here has approved, and no others: this is the only place where keys come from. */
  readonly policies: readonly Policy[]
  readonly sums: Sums
}

/** Judges a receipt without asking anybody. Takes anything. */
export function checkReceipt({ receipt: text, sha256, policies, sums }: ReceiptCheck): CheckVerdict {
  const receipt = parseReceipt(text)
  const leaf = receipt === null ? null : decodeLeaf(receipt.leaf)
  const checkpoint = receipt === null ? null : parseCheckpoint(receipt.note.text)
  if (receipt === null || leaf === null || checkpoint === null) return notAReceipt
  const { origin, size } = checkpoint
  const proof = judgeProof({ receipt, leaf, checkpoint }, sums)
  const signed = judgeSignatures({ note: receipt.note, origin, policies }, sums)
  const isOther = sha256 !== null && !isSame(sha256, leaf.sha256)
  const isSpoilt = !proof.isRight || signed.kind === 'signature-wrong'
  return {
    // A receipt that is wrong in itself says nothing of any document, this one or another.
    kind: !proof.isRight ? 'proof-wrong' : isOther && !isSpoilt ? 'other-document' : signed.kind,
    facts: isSpoilt ? null : claimsOf(leaf),
    steps: [documentStep(leaf.sha256, sha256), ...proof.steps, ...signed.steps],
    origin,
    size,
    log: signed.log,
    witnesses: signed.witnesses,
  }
}

const notAReceipt: CheckVerdict = {
  kind: 'not-a-receipt',
  facts: null,
  steps: [],
  origin: null,
  size: null,
  log: null,
  witnesses: [],
}

function documentStep(inLeaf: Uint8Array, held: Uint8Array | null): CheckStep {
  if (held === null) return { check: 'document', outcome: 'not-made', values: [toHex(inLeaf)] }
  return { check: 'document', outcome: rightIf(isSame(held, inLeaf)), values: [toHex(held), toHex(inLeaf)] }
}

interface Claimed {
  readonly receipt: Receipt
  readonly leaf: LeafFacts
  readonly checkpoint: Checkpoint
}

/** That the tree of the checkpoint holds this leaf, in the place that the leaf itself names. */
function judgeProof({ receipt, leaf, checkpoint }: Claimed, { sha256 }: Sums) {
  const { index, hashes } = receipt
  const hash = leafHash(sha256, receipt.leaf)
  const way = climb({ sha256, index, size: checkpoint.size, leafHash: hash, hashes }) ?? []
  const top = way.at(-1)
  const isInPlace = leaf.index === index
  const leadsToRoot = top !== undefined && isSame(top, checkpoint.root)
  const values = [top === undefined ? '' : toHex(top), toHex(checkpoint.root), ...way.map(toHex)]
  const steps: readonly CheckStep[] = [
    { check: 'leaf', outcome: rightIf(isInPlace), values: [String(leaf.index), String(index), toHex(hash)] },
    { check: 'path', outcome: rightIf(leadsToRoot), values },
  ]
  return { isRight: isInPlace && leadsToRoot, steps }
}

function claimsOf({ index, title, registrant, sha256, atMs, errorMs, leader, term }: LeafFacts): ClaimedFacts {
  return { index, title, registrant, sha256: toHex(sha256), atMs, errorMs, leader, term }
}
