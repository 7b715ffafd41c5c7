import { checkReceipt } from '#cores/notary/receipt/check'
import { type Policy, parsePolicy, policyLimits } from '#cores/notary/receipt/policy'
import { tidied } from '#cores/notary/receipt/tidied'
import type { CheckVerdict, Signer } from '#cores/notary/receipt/verdict'
import { decodeText } from '#kit/bytes'
import { fail, ok, type Result } from '#kit/result'
import type { Command } from '../../command.ts'
import { hashFile, readSmallFile } from '../../files.ts'
import { receiptInPdf } from '../../receipt-in-pdf.ts'
import { sums } from '../../sums.ts'
import { exitCodes, type Terminal } from '../../terminal.ts'
import { type VerdictWords, verdictWords } from '../../words/verdict-words.ts'

/** A certificate has some tens of kilobytes. */
const certificateBytesMax = 4 * 1024 * 1024
const usage = 'colmeia notary verify [FILE] --receipt FILE [--policy FILE]'

/** Asks nobody: neither a lab nor a network is needed, and keys come from the policy that was named alone. */
export const verify: Command = {
  options: { receipt: { type: 'string' }, policy: { type: 'string' } },
  async run({ plain, named }, { terminal, interrupted }) {
    const [file, ...more] = plain
    if (typeof named.receipt !== 'string' || more.length > 0) return terminal.misunderstand(usage)
    const receipt = await readReceipt(named.receipt)
    if (!receipt.ok) return terminal.refuse(receipt.failure)
    const policies = await readPolicies(named.policy)
    if (!policies.ok) return terminal.refuse(policies.failure)
    const stop = new AbortController()
    void interrupted.then(() => stop.abort())
    const sha256 = file === undefined ? ok(null) : await hashFile(file, stop.signal)
    if (!sha256.ok) return terminal.refuse(sha256.failure)
    const verdict = checkReceipt({
      receipt: receipt.value.text,
      sha256: sha256.value,
      policies: policies.value,
      sums,
    })
    terminal.give(verdict, () => verdictText(verdict, receipt.value, terminal))
    return verdict.kind === 'proven' ? exitCodes.done : exitCodes.refused
  },
}

interface Receipt {
  readonly text: string
  /** It was found inside a PDF, and nobody has looked at the pages. */
  readonly isOfPages: boolean
}

/** The text, or the one inside a certificate. What cannot be a receipt is an empty one, which the check refuses. */
async function readReceipt(path: string): Promise<Result<Receipt>> {
  const read = await readSmallFile(path, certificateBytesMax)
  if (!read.ok) return read
  const isOfPages = isPdf(read.value)
  const text = isOfPages ? receiptInPdf(read.value) : decodeText(read.value)
  return ok({ text: tidied(text ?? ''), isOfPages })
}

async function readPolicies(path: unknown): Promise<Result<readonly Policy[]>> {
  if (typeof path !== 'string') return ok([])
  const read = await readSmallFile(path, policyLimits.charsMax)
  if (!read.ok) return read
  const policy = parsePolicy(tidied(decodeText(read.value) ?? ''), sums.sha256)
  return policy === null ? fail('bad-request', `no policy: ${path}`) : ok([policy])
}

function isPdf(bytes: Uint8Array): boolean {
  return [...'%PDF-'].every((letter, index) => bytes[index] === letter.charCodeAt(0))
}

const marks = { right: '✓', wrong: '✗', 'not-made': '·' } as const

function verdictText(verdict: CheckVerdict, { isOfPages }: Receipt, { language }: Terminal): string {
  const words = verdictWords[language]
  const isProven = verdict.kind === 'proven'
  const isUnheld = verdict.steps.some(({ check, outcome }) => check === 'document' && outcome === 'not-made')
  return [
    isProven && isUnheld ? words.provenUnheld : words.verdicts[verdict.kind],
    ...section(
      '',
      verdict.steps.map(({ check, outcome }) => `${marks[outcome]} ${words.steps[check]}`),
    ),
    ...section(isProven ? words.proven : words.claimed, factLines(verdict, words)),
    ...section(verdict.size === null ? '' : words.size(verdict.size), signerLines(verdict, words)),
    ...section('', isProven ? [...words.caveats, ...(isOfPages ? [words.pagesUnread] : [])] : []),
  ].join('\n')
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', ...(title === '' ? [] : [title]), ...lines.map((line) => `  ${line}`)]
}

function factLines({ facts }: CheckVerdict, words: VerdictWords): readonly string[] {
  return facts === null ? [] : words.fact(facts).map(([name, value]) => `${name.padEnd(12)} ${harmless(value)}`)
}

function signerLines({ log, witnesses, steps }: CheckVerdict, words: VerdictWords): readonly string[] {
  const isLogKnown = steps.some(({ check, outcome }) => check === 'log-signature' && outcome === 'right')
  const line = (word: string, { name, fingerprint }: Signer, isApproved: boolean): string =>
    `${word.padEnd(12)} ${harmless(name)}  ${fingerprint}${isApproved ? '' : `  (${words.keyUnknown})`}`
  return [
    ...(log === null ? [] : [line(words.log, log, isLogKnown)]),
    ...witnesses.map((witness) => line(words.witness, witness, witness.isApproved)),
  ]
}

/** Somebody else wrote it: it must neither steer the terminal nor turn the order of its letters round. */
function harmless(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\ufffd')
}
