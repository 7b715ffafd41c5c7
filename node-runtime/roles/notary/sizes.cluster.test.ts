import { afterEach, beforeEach, expect, it } from 'vitest'
import type { NodeCard } from '#contract/window/topology'
import { checkReceipt } from '#cores/notary/receipt/check'
import { leastCosignatures, majorityOf, parsePolicy } from '#cores/notary/receipt/policy'
import { encodeText } from '#kit/bytes'
import { plainVerifyEd25519 } from '#kit/ed25519'
import { plainSha256 } from '#kit/sha256'
import { notary, openRealLab, pidOf, type RealLab } from '#supervisor/testing/real-lab'
import { HttpPeers } from './testing/http-peers.ts'

const sums = { sha256: plainSha256, verify: plainVerifyEd25519 }

let lab: RealLab
let peers: HttpPeers
beforeEach(() => {
  lab = openRealLab()
  peers = new HttpPeers(lab)
})
afterEach(() => lab.close())

const up = () => peers.all.filter(({ state }) => state.kind === 'running')

/** What anybody can check at home with the policy that a peer told, and nothing else. */
async function expectProven(peer: NodeCard, { index, size }: { readonly index: number; readonly size: number }) {
  const policy = parsePolicy(await peers.get(peer, `/api/v1/policy?size=${size}`), sums.sha256)
  const receipt = await peers.get(peer, `/api/v1/receipts/${index}`)
  const { text } = JSON.parse(await peers.get(peer, `/api/v1/documents/${index}`)) as { readonly text: string }
  const verdict = checkReceipt({ receipt, sha256: sums.sha256(encodeText(text)), policies: [policy!], sums })
  expect(verdict.kind, `record ${index} at ${peer.id}`).toBe('proven')
  // Also where a peer had not told its key yet when the list was made.
  expect(leastCosignatures(policy!)).toBe(majorityOf(peers.all.length))
}

/** Of those that run. */
async function untilWitnessed(size: number): Promise<void> {
  await lab.until(() => up().every(({ view }) => view?.notary?.witnessedSize === size))
}

it.each([1, 7])('%i peers found a notary: they register, and their receipts are proven offline', async (count) => {
  expect(lab.supervisor.found(notary, count)).toEqual({ ok: true, value: null })
  await lab.start()
  expect(up()).toHaveLength(count)
  const leader = await peers.leader()
  expect(leader.view?.leadership?.members).toHaveLength(count)
  for (const key of ['one', 'two', 'three']) expect(await peers.register(key)).toBe(201)
  await peers.untilEqual(4)
  await untilWitnessed(4)
  for (const peer of peers.all) await expectProven(peer, { index: 2, size: 4 })
  const note = await peers.get(leader, '/api/v1/checkpoint')
  expect(note.match(/^— /gm), 'the log, and a majority of the witnesses').toHaveLength(1 + majorityOf(count))
  expect(lab.problems).toEqual([])
})

it('7 peers go on without 2 of them, the leader among these, and what they register then is proven as well', async () => {
  lab.supervisor.found(notary, 7)
  await lab.start()
  const leader = await peers.leader()
  expect(await peers.register('before')).toBe(201)
  const other = up().find(({ id }) => id !== leader.id)!
  for (const { id } of [leader, other]) {
    const pid = pidOf(lab.node(id))
    expect(lab.supervisor.inject({ kind: 'kill', node: id }, null)).toMatchObject({ ok: true })
    await lab.until(() => lab.node(id).state.kind === 'killed' && !lab.livePids().includes(pid))
  }
  expect(up()).toHaveLength(5)
  expect(await peers.register('after')).toBe(201)
  await lab.until(() => up().every(({ view }) => view?.notary?.size === 3))
  await untilWitnessed(3)
  for (const peer of up()) await expectProven(peer, { index: 2, size: 3 })
})
