import { beforeEach, describe, expect, it } from 'vitest'
import { asker, handlerOf } from './testing/asker.ts'
import { FakeGroup } from './testing/fake-notary.ts'
import { expectAsRecorded, genesis } from './testing/recorded.ts'

let group: FakeGroup

beforeEach(() => {
  group = new FakeGroup()
})

describe.each(['B', 'A'] as const)('dialect %s', (dialect) => {
  it('answers what the original was heard to answer', async () => {
    await expectAsRecorded(dialect, async ({ number, path, ...question }) => {
      const { headers, ...heard } = await asker(handlerOf(group.peer(number), dialect))(path, question)
      return { ...heard, contentType: headers['content-type'] }
    })
  })
})

it('has the very block of the recording, but for what is finer than a millisecond', async () => {
  group.notary.atMs = 1_795_225_120_538 - 10
  const question = { body: { document: 'Contrato nº 1' } }
  const { body } = await asker(handlerOf(group.peer(1), 'B'))('/register', question)
  expect(body).toContain('"timestamp":"2026-11-21T01:38:40.538000"')
  expect(body).toContain(`"index":1,"previous_hash":"${genesis}"`)
})
