import { expect, it } from 'vitest'
import { encodeText } from '#kit/bytes'
import { problemIn } from './problems.ts'

const answered = (status: number, body: unknown) =>
  problemIn({ status, headers: {}, body: encodeText(JSON.stringify(body)) })

it('reads a batch of which nothing was taken as an answer, and one refusal as a problem', () => {
  expect(answered(422, { size: 1, outcomes: [{ kind: 'refused', why: 'empty' }] })).toBeNull()
  expect(answered(422, { code: 'bad-request', detail: 'taken' })).toMatchObject({ code: 'bad-request' })
})
