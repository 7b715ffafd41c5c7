import { type CheckVerdict, type DeskInput, type DeskOutput, deskLimits, type RecordView } from '#contract/worker/desk'
import { tidied } from '#cores/notary/receipt/tidied'
import { fromBase64, toBase64 } from '#kit/base64'
import { fail, ok, type Result } from '#kit/result'
import type { Paper } from '#ports/paper'
import type { ApiClient } from './api-client.ts'
import { fileNameOf } from './file-names.ts'
import type { Judge } from './judge.ts'
import type { Policies } from './policies.ts'
import { readReceipt, readRecord } from './reads.ts'

export interface ProofsParts {
  readonly client: Pick<ApiClient, 'ask'>
  readonly judge: Judge
  readonly policies: Pick<Policies, 'texts'>
  readonly paper: Paper
}

type Done<T> = (result: Result<T>) => void

/** Receipts, and the papers that carry them. Nothing is given out that does not prove what it says. */
export class Proofs {
  readonly #parts: ProofsParts

  constructor(parts: ProofsParts) {
    this.#parts = parts
  }

  receipt(index: number, done: Done<DeskOutput<'notary.receipt'>>): void {
    this.#proven(index, (found) => {
      if (!found.ok) return done(found)
      const { receipt, record } = found.value
      done(ok({ receipt, fileName: fileNameOf(record, 'tlog-proof') }))
    })
  }

  certificate(
    { index, language }: DeskInput<'notary.certificate'>,
    done: Done<DeskOutput<'notary.certificate'>>,
  ): void {
    this.#proven(index, (found) => {
      if (!found.ok) return done(found)
      const { receipt, record, verdict } = found.value
      const { facts, origin, size, log, witnesses } = verdict
      if (facts === null || origin === null || size === null || log === null) {
        return done(fail('internal', 'a receipt that proves nothing'))
      }
      const order = { facts: { ...facts, origin, size, logFingerprint: log.fingerprint, witnesses }, receipt, language }
      this.#parts.paper.certificate(order, (made) => {
        if (!made.ok) return done(made)
        const pdf = toBase64(made.value)
        // What cannot be checked again in the window is not given out.
        if (pdf.length > deskLimits.pdfCharsMax)
          return done(fail('too-large', `a certificate of ${pdf.length} letters`))
        done(ok({ pdf, fileName: fileNameOf(record, 'pdf') }))
      })
    })
  }

  check({ receipt, sha256 }: DeskInput<'notary.check'>): Result<CheckVerdict> {
    const text = receipt.kind === 'text' ? tidied(receipt.text) : this.#receiptIn(receipt.base64)
    return ok(this.#judge(text ?? '', sha256))
  }

  #receiptIn(base64: string): string | null {
    const bytes = fromBase64(base64)
    return bytes === null ? null : this.#parts.paper.receiptInside(bytes)
  }

  /** A receipt as a peer gives it, once it was found to be of that record. */
  #proven(
    index: number,
    done: Done<{ readonly receipt: string; readonly record: RecordView; readonly verdict: CheckVerdict }>,
  ): void {
    const { client } = this.#parts
    readReceipt(client, index, (receipt) => {
      if (!receipt.ok) return done(receipt)
      readRecord(client, index, (record) => {
        if (!record.ok) return done(record)
        const verdict = this.#judge(receipt.value, record.value.sha256)
        const isSound = verdict.kind === 'proven' || verdict.kind === 'unknown-keys'
        if (!isSound) return done(fail('internal', `a peer gave a receipt that does not hold: ${verdict.kind}`))
        done(ok({ receipt: receipt.value, record: record.value, verdict }))
      })
    })
  }

  #judge(text: string, sha256: string | null): CheckVerdict {
    return this.#parts.judge.check({ text, sha256, policies: this.#parts.policies.texts })
  }
}
