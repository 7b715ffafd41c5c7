import { expect, it } from 'vitest'
import type { Registration } from '#cores/notary/messages'
import { textOf, VirtualNotary } from './testing/virtual-notary.ts'

const spoilt = 7
/** The text of record i is i. */
const text = String(spoilt)

/** A notary whose leader has a wrong copy and does not know it. */
function setUp() {
  const notary = new VirtualNotary()
  const leader = notary.untilLed()
  const count = 20
  const registrations = Array.from({ length: count }, (_, at) => textOf(String(at + 1)))
  notary.registered(leader, registrations)
  notary.untilWitnessed(count + 1)
  expect(notary.request(leader, { kind: 'tamper', index: spoilt })).toMatchObject([{ ok: true }])
  return { notary, leader }
}

function asked({ notary, leader }: ReturnType<typeof setUp>, registrations: readonly Registration[]) {
  const results = notary.register(leader, registrations)
  notary.hosts.until(() => results.length > 0)
  return results[0]
}

it.each([
  ['a document stands here already', textOf(text, 'another id')],
  ['an id was used for that', textOf(text)],
  ['an id is taken', textOf('something else', text)],
])('a leader does not say by a wrong record that %s', (_, registration) => {
  const set = setUp()
  expect(asked(set, [registration])).toMatchObject({ failure: { code: 'store-damaged' } })
  expect(set.notary.service(set.leader).standing.broken).toMatchObject({ index: spoilt })
})

it('a leader that finds its copy wrong by an answer does not say where the rest of it was registered', () => {
  const set = setUp()
  const { notary, leader } = set
  expect(asked(set, [textOf('new'), textOf(text, 'another id')])).toMatchObject({ failure: { code: 'timed-out' } })
  notary.hosts.until(() => notary.leader !== null && notary.leader !== leader)
  expect(notary.registered(notary.untilLed(), [textOf('new')])).toMatchObject([{ kind: 'same-id' }])
})

it('what is beside a wrong record is said as long as nobody knows of that one', () => {
  const set = setUp()
  expect(asked(set, [textOf('8'), textOf('9', 'another id'), textOf('something else', '10')])).toMatchObject({
    value: [{ kind: 'same-id' }, { kind: 'same-document' }, { kind: 'refused', why: 'id-taken' }],
  })
})
