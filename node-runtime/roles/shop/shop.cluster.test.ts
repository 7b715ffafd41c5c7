import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkLinearizable } from '#check/linearizable'
import { type StockAnswer, type StockOp, stock } from '#check/models/stock'
import { HistoryRecorder } from '#check/recorder'
import type { Movement } from '#cores/shop/messages'
import { wrongIn } from './testing/ledger.ts'
import { type Answered, gateway, RealShop } from './testing/real-shop.ts'
import { orderOf } from './testing/shopper.ts'

/** Rounds with a kill in the middle of the orders. A campaign of fifty is COLMEIA_KILLS=50. */
const kills = Number(process.env.COLMEIA_KILLS ?? 2)
const shoppers = 100
/** A cake that nobody else buys, and how many of it a shop begins with. */
const product = 3
const opening = 6
const strong = { headers: { 'colmeia-read': 'strong' } }

/** Six processes at once, on a machine that may have much else to do. */
const startWithinMs = 180_000

let shop: RealShop
let recorder: HistoryRecorder<StockOp, StockAnswer>
beforeAll(async () => {
  recorder = new HistoryRecorder()
  shop = new RealShop()
  await shop.open()
}, startWithinMs)
afterAll(() => shop.close())

/** Under one key, until the answer is for good. */
async function untilDefinite(key: string): Promise<Answered> {
  const token = recorder.begin(key, String(product), { kind: 'take', order: key, quantity: 1 })
  for (;;) {
    const answer = await shop.send('/api/pedidos', orderOf(product), { key })
    if (answer === null) continue
    const isRunning = answer.status === 409 && answer.text.includes('em_andamento')
    if (answer.status === 201 || (answer.status === 409 && !isRunning)) {
      const told = answer.status === 201 ? true : JSON.parse(answer.text).indisponiveis[0].disponivel
      recorder.end(token, { kind: 'ok', answer: told })
      return answer
    }
    if (![409, 503, 504].includes(answer.status)) throw new Error(`${answer.status} ${answer.text}`)
  }
}

/** The staff puts some more there, or takes some away. */
async function change(by: number): Promise<void> {
  const token = recorder.begin('staff', String(product), { kind: 'change', by })
  const body = { quantidade: Math.abs(by), operacao: by < 0 ? 'remover' : 'adicionar' }
  const answer = await shop.send(`/api/produtos/${product}/estoque`, body, { method: 'PUT' })
  expect(answer?.status).toBe(200)
  recorder.end(token, { kind: 'ok', answer: true })
}

async function readStock(reader: string): Promise<void> {
  const token = recorder.begin(reader, String(product), { kind: 'read' })
  const answer = await shop.ask(`/api/produtos/${product}/estoque`, strong)
  if (answer?.status !== 200) return recorder.end(token, { kind: 'failed' })
  recorder.end(token, { kind: 'ok', answer: JSON.parse(answer.text).data.estoque_atual })
}

async function ledger(): Promise<readonly Movement[]> {
  const rows: Movement[] = []
  for (let after: number | null = 1; after !== null; ) {
    const page: Answered | null = await shop.ask(`/api/v1/ledger?limit=200&after=${after}`, strong)
    const { data, next } = JSON.parse(page?.text ?? '')
    rows.push(...data)
    after = next
  }
  return rows
}

async function expectOneSold(ends: readonly Answered[]): Promise<void> {
  expect(ends.filter(({ status }) => status === 201)).toHaveLength(1)
  const refused = ends.filter(({ text }) => text.includes('estoque_insuficiente'))
  expect(refused).toHaveLength(shoppers - 1)
  for (const { text } of refused) expect(JSON.parse(text).indisponiveis[0].disponivel).toBe(0)
  const rows = await ledger()
  expect(wrongIn(rows)).toBe(null)
  expect(rows.findLast((row) => row.product === product)).toMatchObject({ onHand: 0, reserved: 0 })
}

describe('a shop of real processes', () => {
  it('sells the last one once, whoever is killed meanwhile, and reads go on', {
    timeout: 60_000 + kills * 20_000,
  }, async () => {
    recorder.end(recorder.begin('seed', String(product), { kind: 'change', by: opening }), { kind: 'ok', answer: true })
    await change(1 - opening)
    for (let round = 0; round < kills; round += 1) {
      if (round > 0) await change(1)
      const primary = await shop.primary()
      const crowd = Promise.all(Array.from({ length: shoppers }, (_, one) => untilDefinite(`round-${round}-${one}`)))
      // When the first order has come to it: in the middle of all of them.
      const before = primary.view?.log?.lastIndex ?? 0
      await shop.lab.until(() => (shop.lab.node(primary.id).view?.log?.lastIndex ?? 0) > before)
      shop.kill(primary)
      const reads = await Promise.all(Array.from({ length: 50 }, () => shop.ask('/api/produtos/1')))
      expect(
        reads.map((read) => read?.status),
        shop.story,
      ).toEqual(reads.map(() => 200))
      await Promise.all(Array.from({ length: 5 }, (_, reader) => readStock(`reader ${reader}`)))
      await expectOneSold(await crowd)
      await shop.untilOpen()
    }
    const verdict = checkLinearizable(stock, recorder.history())
    expect(verdict.kind === 'invalid' ? verdict.counterExample.text : verdict.kind).toBe('valid')
    expect(shop.lab.problems).toEqual([])
  })

  it('has every order and every cart after each of its services was killed', async () => {
    const opened = await shop.ask('/api/carrinho/sessao', { method: 'POST' })
    const { session_id: session } = JSON.parse(opened?.text ?? '').data
    const added = await shop.send(`/api/carrinho/${session}/adicionar`, { produto_id: 1, quantidade: 2 })
    expect(added?.status).toBe(200)
    const placed = await shop.send('/api/pedidos', orderOf(1), { key: 'kept' })
    expect(placed?.status).toBe(201)
    for (const role of ['shop-gateway', 'shop-cart', 'shop-orders']) {
      const node = shop.lab.nodes().find((one) => one.role === role)
      if (node === undefined) throw new Error(role)
      shop.kill(node)
      await shop.lab.until(() => shop.lab.node(node.id).state.kind !== 'running')
      await shop.untilOpen()
    }
    const again = await shop.send('/api/pedidos', orderOf(1), { key: 'kept' })
    expect([again?.status, again?.headers.get('colmeia-idempotency')]).toEqual([201, 'repeated'])
    expect(again?.text).toBe(placed?.text)
    const cart = await shop.ask(`/api/carrinho/${session}`)
    expect(JSON.parse(cart?.text ?? '').data).toMatchObject({ total_itens: 1, valor_total: 91.8 })
  })
  it('has its gateway back, however soon it is killed again, also while it starts', async () => {
    for (const times of [1, 2]) {
      shop.kill(shop.lab.node(gateway))
      for (let count = 0; count < times; count += 1) await shop.killInStart(gateway)
      await shop.untilOpen()
      expect((await shop.ask('/api/produtos/1'))?.status, shop.story).toBe(200)
    }
    expect(shop.lab.problems, shop.story).toEqual([])
  })
})
