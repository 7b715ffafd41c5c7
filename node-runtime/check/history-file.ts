import { fail, ok, type Result } from '#kit/result'
import type { History, Operation } from './history.ts'
import type { Model } from './model.ts'
import { isFields } from './models/values.ts'
import { operationsMax } from './recorder.ts'

/** What one operation may take in a file: a list of some ten thousand values that was read. */
const lineCharsMax = 1_000_000

type Words<Op, Answer> = Pick<Model<unknown, Op, Answer>, 'isOp' | 'isAnswer'>

/** One operation a line, as JSON. */
export function historyText(history: History<unknown, unknown>): string {
  return history.map((operation) => `${JSON.stringify(operation)}\n`).join('')
}

/** A history as a file has it. A file comes from a person: what is wrong with it is said, and nothing is thrown. */
export function parseHistory<Op, Answer>(text: string, words: Words<Op, Answer>): Result<History<Op, Answer>> {
  const history: Operation<Op, Answer>[] = []
  for (const [index, line] of text.split('\n').entries()) {
    if (line === '') continue
    if (history.length >= operationsMax) return fail('too-large', `a history of more than ${operationsMax} operations`)
    if (line.length > lineCharsMax)
      return fail('too-large', `line ${index + 1} of a history: ${line.length} characters`)
    let value: unknown
    try {
      value = JSON.parse(line)
    } catch {
      return fail('bad-request', `line ${index + 1} of a history is not JSON`)
    }
    if (!isOperation(value, words)) return fail('bad-request', `line ${index + 1} of a history is no operation`)
    history.push(value)
  }
  return ok(history)
}

function isOperation<Op, Answer>(value: unknown, words: Words<Op, Answer>): value is Operation<Op, Answer> {
  if (!isFields(value)) return false
  const { process, key, op, invokedAt, ending } = value
  if (typeof process !== 'string' || typeof key !== 'string' || !words.isOp(op) || !isTime(invokedAt)) return false
  if (!isFields(ending)) return false
  if (ending.kind !== 'ok') return ending.kind === 'failed' || ending.kind === 'unknown'
  return isTime(ending.at) && ending.at > invokedAt && words.isAnswer(op, ending.answer)
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value)
}
