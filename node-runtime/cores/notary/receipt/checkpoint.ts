import { fromBase64, toBase64 } from '#kit/base64'
import { decimal } from './decimal.ts'
import { hashBytes } from './merkle.ts'

/** What a log says of itself: so many leaves, and this root over them. */
export interface Checkpoint {
  readonly origin: string
  readonly size: number
  readonly root: Uint8Array
}

/** The text that is signed and cosigned. */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${toBase64(root)}\n`
}

/** null: no checkpoint, or one with lines of its own, which our logs never have. */
export function parseCheckpoint(text: string): Checkpoint | null {
  const [origin = '', sizeText = '', rootText = '', end, ...more] = text.split('\n')
  const size = decimal(sizeText)
  const root = fromBase64(rootText)
  if (origin === '' || size === null || root?.length !== hashBytes || end !== '' || more.length > 0) return null
  return { origin, size, root }
}
