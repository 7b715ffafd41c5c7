import { type FailureCode, failures } from '#kit/failures'
import type { NodeId } from '#kit/ids'
import type { WholeAnswer } from '../api-codec.ts'
import { fieldOf, jsonIn, nodeOf, textOf } from './json-values.ts'

/** Why a peer did not do what it was asked. */
export interface Problem {
  readonly code: FailureCode
  readonly message: string
  /** Who would do it, if the peer knows. */
  readonly leader: NodeId | null
}

const messageCharsMax = 500

/** null: it did what it was asked. A code that we do not know means what its status means. */
export function problemIn({ status, body }: WholeAnswer): Problem | null {
  if (status >= 200 && status < 300) return null
  const json = jsonIn(body)
  // A batch of which nothing was taken says of each why, as any batch does.
  if (status === 422 && Array.isArray(fieldOf(json, 'outcomes'))) return null
  const code = fieldOf(json, 'code')
  return {
    code: isFailureCode(code) ? code : codeOfStatus(status),
    message: textOf(fieldOf(json, 'detail'), messageCharsMax) ?? `a peer answered ${status}`,
    leader: nodeOf(fieldOf(fieldOf(json, 'leader'), 'nodeId')),
  }
}

function isFailureCode(value: unknown): value is FailureCode {
  return typeof value === 'string' && Object.hasOwn(failures, value)
}

function codeOfStatus(status: number): FailureCode {
  if (status === 403) return 'not-leader'
  if (status === 404) return 'not-found'
  if (status === 413) return 'too-large'
  if (status === 429 || status === 503) return 'busy'
  if (status === 504) return 'timed-out'
  return status >= 400 && status < 500 ? 'bad-request' : 'internal'
}
