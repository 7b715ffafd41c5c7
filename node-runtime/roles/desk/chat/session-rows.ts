import { decodeText, encodeText } from '#kit/bytes'
import { ok, type Result } from '#kit/result'
import type { Store } from '#ports/store'
import { durably } from '../durable.ts'

/** Tokens stand here alone: whoever looks at a desk's tables sees that they are set. */
export const sessionSpace = 'chat-sessions'

/** A user who has signed in here. */
export interface SessionRow {
  readonly session: string
  readonly user: string
  /** null: it has ended, or was taken back. */
  readonly token: string | null
  /** When this desk got it, by its own clock. */
  readonly tokenWallMs: number
}

export function readSessions(store: Store): readonly SessionRow[] {
  // Written below, under a checksum.
  return store
    .view()
    .scan(sessionSpace)
    .map(({ value }) => JSON.parse(decodeText(value) ?? '') as SessionRow)
}

export function keepSession(store: Store, row: SessionRow): Result<null> {
  const written = durably(store, (tx) => tx.put(sessionSpace, row.session, encodeText(JSON.stringify(row))))
  return written.ok ? ok(null) : written
}

export function forgetSession(store: Store, session: string): Result<null> {
  const written = durably(store, (tx) => tx.delete(sessionSpace, session))
  return written.ok ? ok(null) : written
}
