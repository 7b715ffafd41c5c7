/** What the page and the worker that hashes its files say to each other. A key is the page's name for one document. */
export type ToWorker =
  | { readonly kind: 'hash'; readonly jobs: readonly HashJob[] }
  | { readonly kind: 'leave'; readonly keys: readonly string[] }
  | { readonly kind: 'hold'; readonly isHeld: boolean }

export interface HashJob {
  readonly key: string
  readonly file: Blob
}

/** What has come about since the last news. */
export interface HashNews {
  /** The document at work, and how much of it is done. */
  readonly progress: { readonly key: string; readonly bytes: number } | null
  readonly finished: readonly HashOutcome[]
}

/** null: it could not be read. It may have been removed, or changed, since it was chosen. */
export interface HashOutcome {
  readonly key: string
  readonly sha256: string | null
}
