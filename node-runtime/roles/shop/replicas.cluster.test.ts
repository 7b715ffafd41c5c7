import { afterAll, beforeAll, expect, it } from 'vitest'
import { nodeId } from '#kit/ids'
import { gateway, RealShop, realShopSpec } from './testing/real-shop.ts'
import { orderOf } from './testing/shopper.ts'

/** Seven processes at once, on a machine that may have much else to do. */
const startWithinMs = 180_000
const readers = 6
const buyers = 2
const product = 4

let shop: RealShop
beforeAll(async () => {
  shop = new RealShop()
  await shop.open()
  // More than all buyers of this test can buy.
  const answer = await shop.send(`/api/produtos/${product}/estoque`, { quantidade: 100_000 }, { method: 'PUT' })
  expect(answer?.status).toBe(200)
}, startWithinMs)
afterAll(() => shop.close())

/** People read and buy until it is over; everything that was not as it should be, and which nodes they read from. */
function crowd(isOver: () => boolean) {
  const wrong: string[] = []
  const from = new Set<string | null>()
  let orders = 0
  const read = async (): Promise<void> => {
    while (!isOver()) {
      const answer = await shop.ask(`/api/produtos/${product}`)
      if (answer?.status !== 200) wrong.push(`read: ${answer?.status} ${answer?.text}`)
      from.add(answer?.headers.get('colmeia-node') ?? null)
    }
  }
  const buy = async (buyer: number): Promise<void> => {
    for (let count = 0; !isOver(); count += 1) {
      const answer = await shop.send('/api/pedidos', orderOf(product), { key: `buyer-${buyer}-${count}` })
      if (answer?.status !== 201) wrong.push(`order: ${answer?.status} ${answer?.text}`)
      else orders += 1
    }
  }
  const people = [...Array.from({ length: readers }, read), ...Array.from({ length: buyers }, (_, one) => buy(one))]
  return { wrong, from, orders: () => orders, gone: Promise.all(people) }
}

const servedBy = (node: string) => {
  const facts = shop.lab.node(gateway).view?.shop
  return facts?.kind === 'gateway' ? facts.services.find(({ nodeId: id }) => id === node) : undefined
}

it('takes a replica in and lets one go while people read and buy, and refuses nobody', {
  timeout: 120_000,
}, async () => {
  let isOver = false
  const people = crowd(() => isOver)
  const { supervisor } = shop.lab

  const added = await supervisor.addReplica(realShopSpec.id)
  expect(added).toEqual({ ok: true, value: 'shop-catalog-4' })
  const late = nodeId('shop-catalog-4')
  // It was a learner before it had a vote: its own recording says so in this order.
  const primary = await shop.primary()
  await shop.lab.until(() => servedBy(late)?.isLearner === false)
  const seen = (): string[] => {
    const { events } = supervisor.recorder.page({ before: null, limit: 500, nodeId: primary.id, withMessages: false })
    return events.flatMap(({ what }) => {
      if (what.kind !== 'members-changed') return []
      return what.voters.includes(late) ? 'voter' : what.learners.includes(late) ? 'learner' : 'away'
    })
  }
  // The gateway may hear of the vote before the recording does.
  await shop.lab.until(() => seen().includes('voter'))
  expect(seen()).toEqual(['learner', 'voter'])
  people.from.clear()
  await shop.lab.until(() => people.from.has(late))

  // The one that leads goes: the hardest of all.
  const before = people.orders()
  const leader = await shop.primary()
  expect(await supervisor.removeReplica(leader.id)).toEqual({ ok: true, value: null })
  expect(shop.catalogues.map(({ id }) => id)).not.toContain(leader.id)
  await shop.lab.until(() => servedBy(leader.id) === undefined)
  people.from.clear()
  await shop.lab.until(() => people.from.size === 3 && people.orders() > before + 5)
  expect(people.from).not.toContain(leader.id)

  // And may come back, as somebody new.
  expect(await supervisor.addReplica(realShopSpec.id)).toEqual({ ok: true, value: leader.id })
  await shop.lab.until(() => servedBy(leader.id)?.isLearner === false && people.from.has(leader.id))

  isOver = true
  await people.gone
  expect(people.wrong).toEqual([])
  expect(shop.lab.problems).toEqual([])
})
