import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readTextCall, readTextMessage, writeTextCall, writeTextMessage } from './index.ts'

const recorded = readFileSync(new URL('testing/ring-wire.txt', import.meta.url), 'utf8')
const lines = recorded.split('\n').filter((line) => /^(DISCOVER:|JOIN\||[0-9a-f]{8}-)/.test(line))

/** What was heard, read and written again. */
function again(line: string): string | null {
  const call = readTextCall(line)
  if (call !== null) return writeTextCall(call)
  const message = readTextMessage(line)
  return message === null ? null : writeTextMessage(message)
}

describe('what reference peers were heard to say', () => {
  it('is read and written to the letter', () => {
    expect(lines.length).toBeGreaterThan(100)
    expect(lines.filter((line) => again(line) !== line)).toEqual([])
  })

  it('has every word there is', () => {
    const kinds = new Set(lines.map((line) => readTextCall(line)?.kind ?? readTextMessage(line)?.content.kind))
    expect(kinds).toEqual(
      new Set([
        ...['chat', 'discover', 'elected', 'exit', 'heartbeat', 'join'],
        ...['leader-exit', 'list-build', 'list-update', 'reconnect', 'token'],
      ]),
    )
  })
})
