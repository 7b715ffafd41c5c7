import type { Result } from '#kit/result'

/** What is printed of a record. Whoever asks has taken it out of a receipt that was checked. */
export interface CertificateFacts {
  readonly index: number
  readonly title: string
  readonly registrant: string
  /** Of the document, as lower-case hex. */
  readonly sha256: string
  readonly atMs: number
  /** null: nobody had compared the clocks of the peers. */
  readonly errorMs: number | null
  readonly leader: string
  readonly term: number
  readonly origin: string
  /** Size of the checkpoint that the receipt leads to. */
  readonly size: number
  readonly logFingerprint: string
  readonly witnesses: readonly PrintedWitness[]
}

export interface PrintedWitness {
  readonly name: string
  readonly fingerprint: string
}

export type PaperLanguage = 'pt-BR' | 'en'

export interface CertificateOrder {
  readonly facts: CertificateFacts
  /** `tlog-proof@v1`. Stands in the picture and in the attached file as it is. */
  readonly receipt: string
  readonly language: PaperLanguage
}

/** What people take home. The same order makes the same bytes, at any time and on any machine. */
export interface Paper {
  /** A PDF. `too-large`: the receipt is longer than a picture can hold. */
  certificate(order: CertificateOrder, done: (result: Result<Uint8Array>) => void): void
  /** The receipt in a certificate, also in one that another program has saved; null: there is none, or more than one. */
  receiptInside(pdf: Uint8Array): string | null
}

export const paperLimits = {
  /** Bytes in a QR code of the largest version at its lowest level of correction. */
  receiptBytesMax: 2_953,
  /** A longer title is cut, and the paper says so. */
  titleLinesMax: 3,
  registrantLinesMax: 2,
  /** As many as a majority of the largest group; more are counted and not named. */
  witnessesMax: 9,
} as const
