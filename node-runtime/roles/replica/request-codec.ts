import { ByteReader, ByteWriter } from '#kit/bytes'
import type { FailureCode } from '#kit/failures'
import { idPattern, type NodeId, nodeId } from '#kit/ids'
import type { CommandId, Consistency, ProposalAnswer, ReadAnswer } from '#ports/replicated-log'

/** What one node asks of another's replica. `ref` is the asker's number for it, and comes back with the answer. */
export type Request =
  | { readonly kind: 'open-session'; readonly ref: number }
  | { readonly kind: 'propose'; readonly ref: number; readonly id: CommandId; readonly command: Uint8Array }
  | { readonly kind: 'read'; readonly ref: number; readonly consistency: Consistency; readonly query: Uint8Array }

/** What is answered when it went well. */
export interface AnswerValues {
  readonly 'session-opened': number
  readonly applied: ProposalAnswer
  readonly found: ReadAnswer
}

export type Answer =
  | { [Kind in keyof AnswerValues]: { readonly kind: Kind; readonly value: AnswerValues[Kind] } }[keyof AnswerValues]
  /** `leader`: who would not refuse, by the lights of the one that was asked. */
  | { readonly kind: 'failed'; readonly code: FailureCode; readonly leader: NodeId | null }

export const requestKinds = ['open-session', 'propose', 'read'] as const satisfies readonly Request['kind'][]
export const answerKind = 'answer'

const answerCodes = { 'session-opened': 1, applied: 2, found: 3, failed: 4 } as const satisfies Record<
  Answer['kind'],
  number
>
/** By their places here; only ever added to at the end. Another code is told as `internal`. */
const failureCodes: readonly FailureCode[] = [
  'internal',
  'not-leader',
  'busy',
  'timed-out',
  'answer-forgotten',
  'session-expired',
  'bad-request',
  'too-large',
]

/** Without the kind, which stands on the envelope. */
export function encodeRequest(request: Request): Uint8Array {
  switch (request.kind) {
    case 'open-session':
      return new ByteWriter(8).number(request.ref).done()
    case 'propose': {
      const { ref, id, command } = request
      return new ByteWriter(24 + command.length).number(ref).number(id.session).number(id.number).rest(command).done()
    }
    case 'read': {
      const { ref, consistency, query } = request
      const isLinearizable = consistency === 'linearizable' ? 1 : 0
      return new ByteWriter(9 + query.length).number(ref).byte(isLinearizable).rest(query).done()
    }
  }
}

/** null: no request of that kind. Commands and queries share the memory of `bytes`. */
export function decodeRequest(kind: Request['kind'], bytes: Uint8Array): Request | null {
  const reader = new ByteReader(bytes)
  const request = readRequest(kind, reader)
  return reader.isDone ? request : null
}

function readRequest(kind: Request['kind'], reader: ByteReader): Request {
  const ref = reader.count()
  switch (kind) {
    case 'open-session':
      return { kind, ref }
    case 'propose':
      return { kind, ref, id: { session: reader.count(), number: reader.count() }, command: reader.rest() }
    case 'read':
      return { kind, ref, consistency: reader.boolean() ? 'linearizable' : 'stale', query: reader.rest() }
  }
}

export function encodeAnswer(ref: number, answer: Answer): Uint8Array {
  const bytes = answer.kind === 'applied' || answer.kind === 'found' ? answer.value.answer.length : 0
  const writer = new ByteWriter(40 + bytes).number(ref).byte(answerCodes[answer.kind])
  switch (answer.kind) {
    case 'session-opened':
      return writer.number(answer.value).done()
    case 'applied': {
      const { index, atMs, lamport, answer: given } = answer.value
      return writer.number(index).number(atMs).number(lamport).rest(given).done()
    }
    case 'found':
      return writer.number(answer.value.appliedIndex).rest(answer.value.answer).done()
    case 'failed':
      return writer
        .byte(Math.max(0, failureCodes.indexOf(answer.code)))
        .text(answer.leader ?? '')
        .done()
  }
}

/** null: no answer. Its bytes share the memory of `bytes`. */
export function decodeAnswer(bytes: Uint8Array): { readonly ref: number; readonly answer: Answer } | null {
  const reader = new ByteReader(bytes)
  const ref = reader.count()
  const answer = readAnswer(reader)
  return reader.isDone && answer !== null ? { ref, answer } : null
}

function readAnswer(reader: ByteReader): Answer | null {
  switch (reader.byte()) {
    case answerCodes['session-opened']:
      return { kind: 'session-opened', value: reader.count() }
    case answerCodes.applied: {
      const value = { index: reader.count(), atMs: reader.number(), lamport: reader.count(), answer: reader.rest() }
      return Number.isFinite(value.atMs) ? { kind: 'applied', value } : null
    }
    case answerCodes.found:
      return { kind: 'found', value: { appliedIndex: reader.count(), answer: reader.rest() } }
    case answerCodes.failed: {
      const code = failureCodes[reader.byte()]
      const leader = reader.text()
      if (code === undefined || (leader !== '' && !idPattern.test(leader))) return null
      return { kind: 'failed', code, leader: leader === '' ? null : nodeId(leader) }
    }
    default:
      return null
  }
}
