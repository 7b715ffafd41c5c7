import { beforeEach, describe, expect, it } from 'vitest'
import type { OrderForm } from '#contract/worker/shop-shapes'
import { encodeText } from '#kit/bytes'
import { VirtualDisk } from '#sim/virtual-disk'
import { VirtualStore } from '#sim/virtual-store'
import type { Called } from '../../wire-calls.ts'
import { attemptedBy } from './order-answers.ts'
import { OrderOutbox } from './order-outbox.ts'
import { OrderSender, orderSenderLimits } from './order-sender.ts'

const form: OrderForm = {
  ...{ name: 'Ana', phone: '999', pickupName: '', pickupDate: null, message: '' },
  lines: [{ product: 1, quantity: 1, priceCents: 450 }],
}

function answered(status: number, json: unknown = {}): Called {
  return { kind: 'answered', tookMs: 1, answer: { status, headers: {}, body: encodeText(JSON.stringify(json)) } }
}
const silent: Called = { kind: 'silent' }
const notSent: Called = { kind: 'not-sent' }
const placed = answered(201, { data: { id: 'o1' } })

let disk: VirtualDisk
let outbox: OrderOutbox
let sender: OrderSender
let asked: { readonly key: string | undefined; readonly path: string; readonly done: (called: Called) => void }[]
let nowMs: number

function start(): void {
  outbox = new OrderOutbox(new VirtualStore(disk), 'shop-order', 4)
  sender = new OrderSender({
    outbox,
    client: {
      once: ({ headers, path }, _, done) => void asked.push({ key: headers['idempotency-key'], path, done }),
    },
    clock: { now: () => nowMs, wall: () => nowMs },
    parallelMax: 2,
    onChange: () => {},
  })
}

beforeEach(() => {
  disk = new VirtualDisk()
  asked = []
  nowMs = 0
  start()
})

function take(id: string, session: string | null = null, race: string | null = null): void {
  expect(outbox.take([{ id, race, session, form }], nowMs).ok).toBe(true)
  sender.add([outbox.find(id)!])
}

/** What the newest attempt comes to, and time enough for the next one. */
function comes(called: Called): void {
  asked.at(-1)?.done(called)
  nowMs += orderSenderLimits.pauseMsMax
  sender.wake()
}

const stateOf = (id: string) => outbox.find(id)?.state.kind
const positionOf = (id: string) => outbox.find(id)?.position ?? -1

describe('who takes orders to the shop', () => {
  it.each([
    ['nothing was sent', notSent],
    ['the shop cannot now', answered(503)],
    ['too much is asked', answered(429)],
  ])('lets an order be taken back when %s', (_, called) => {
    take('a')
    expect([stateOf('a'), sender.canTakeBack(positionOf('a'))]).toEqual(['sent', false])
    asked.at(-1)?.done(called)
    expect([stateOf('a'), sender.canTakeBack(positionOf('a'))]).toEqual(['waiting', true])
  })

  it.each([
    ['silence', silent],
    ['504', answered(504)],
    ['500', answered(500)],
    ['something that is no answer', answered(201, { data: {} })],
    ['an attempt before it that is under way', answered(409, { codigo: 'em_andamento' })],
  ])('never lets it be taken back after %s, whatever the next attempt comes to', (_, called) => {
    take('a')
    comes(called)
    asked.at(-1)?.done(notSent)
    expect([stateOf('a'), sender.canTakeBack(positionOf('a'))]).toEqual(['sent', false])
    start()
    expect(sender.canTakeBack(positionOf('a'))).toBe(false)
  })

  it('asks under the same key in every life, until it is placed', () => {
    take('a')
    comes(silent)
    comes(answered(503))
    start()
    sender.wake()
    comes(placed)
    expect(asked.map(({ key }) => key)).toEqual(['a', 'a', 'a', 'a'])
    expect(outbox.find('a')).toMatchObject({ state: { kind: 'placed', order: 'o1' }, owes: null })
    nowMs += 60_000
    sender.wake()
    expect(asked.length).toBe(4)
    expect(sender.isIdle).toBe(true)
  })

  it('asks for so many at once, and for the others when there is room', () => {
    for (const id of ['a', 'b', 'c']) take(id)
    expect(asked.map(({ key }) => key)).toEqual(['a', 'b'])
    asked[0]?.done(placed)
    expect(asked.map(({ key }) => key)).toEqual(['a', 'b', 'c'])
  })

  it('takes what was ordered out of the cart afterwards, until that is done', () => {
    take('a', 's 1')
    comes(placed)
    expect(asked.at(-1)?.path).toBe('/api/carrinho/s%201/remover/1')
    expect(outbox.find('a')).toMatchObject({ state: { kind: 'placed' }, owes: 'empty-cart' })
    comes(silent)
    start()
    sender.wake()
    expect(asked.at(-1)?.path).toBe('/api/carrinho/s%201/remover/1')
    comes(answered(200))
    expect([outbox.find('a')?.owes, sender.isIdle, stateOf('a')]).toEqual([null, true, 'placed'])
  })

  it('leaves the cart of a race alone, and a shopper of it where it is', () => {
    take('a', 's', 'race')
    asked.at(-1)?.done(notSent)
    expect(stateOf('a')).toBe('sent')
    nowMs += orderSenderLimits.pauseMsMax
    sender.wake()
    comes(placed)
    expect([asked.length, sender.isIdle]).toEqual([2, true])
  })

  it('does not ask what the disk cannot remember, and asks again what it could not write down', () => {
    expect(outbox.take([{ id: 'a', race: null, session: null, form }], 0).ok).toBe(true)
    disk.isFull = true
    sender.add([outbox.find('a')!])
    expect([asked.length, outbox.canWrite]).toEqual([0, false])
    disk.isFull = false
    nowMs += orderSenderLimits.pauseMsMax
    sender.wake()
    disk.isFull = true
    comes(placed)
    expect([stateOf('a'), asked.length]).toEqual(['sent', 2])
    disk.isFull = false
    comes(placed)
    expect(stateOf('a')).toBe('placed')
  })
})

describe('the outbox of orders', () => {
  it('makes room by the oldest that are done, and is busy when none is', () => {
    for (const id of ['a', 'b', 'c', 'd']) outbox.take([{ id, race: null, session: null, form }], 0)
    expect(outbox.take([{ id: 'e', race: null, session: null, form }], 0)).toMatchObject({ failure: { code: 'busy' } })
    const done = { state: { kind: 'placed', order: 'o' }, owes: null, attempts: 1 } as const
    outbox.change([{ position: positionOf('b'), ...done }], 0)
    expect(outbox.take([{ id: 'e', race: null, session: null, form }], 0).ok).toBe(true)
    expect(outbox.page({ before: null, limit: 9 }).items.map(({ id }) => id)).toEqual(['e', 'd', 'c', 'a'])
    expect(outbox.counts).toEqual({ waiting: 4, sent: 0, placed: 0, refused: 0 })
  })

  it('takes one order once, and tells pages', () => {
    for (const id of ['a', 'b', 'a', 'c']) outbox.take([{ id, race: null, session: null, form }], 0)
    const first = outbox.page({ before: null, limit: 2 })
    const second = outbox.page({ before: first.next, limit: 2 })
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(['c', 'b', 'a'])
    expect(second.next).toBeNull()
    start()
    expect(outbox.counts.waiting).toBe(3)
  })
})

describe('what an attempt has shown', () => {
  const refusal = (status: number, json: unknown) => attemptedBy(answered(status, json))
  it('reads each refusal with what there is', () => {
    const short = {
      codigo: 'estoque_insuficiente',
      indisponiveis: [{ disponivel: 0, produto_id: 1, quantidade_solicitada: 2 }],
    }
    expect(refusal(409, short)).toMatchObject({
      refusal: { why: 'out-of-stock', lines: [{ product: 1, wanted: 2, available: 0 }] },
    })
    const gone = { codigo: 'estoque_insuficiente', indisponiveis: [{ disponivel: null, produto_id: 1 }] }
    expect(refusal(409, gone)).toMatchObject({ refusal: { why: 'unknown-product' } })
    const dearer = { codigo: 'preco_alterado', precos: [{ preco: 45.9, preco_informado: 40, produto_id: 1 }] }
    expect(refusal(409, dearer)).toMatchObject({ refusal: { why: 'price-changed', lines: [{ nowCents: 4590 }] } })
    expect(refusal(422, { codigo: 'chave_reutilizada' })).toMatchObject({ refusal: { why: 'key-reused' } })
    expect(refusal(400, { codigo: 'campo_invalido', campo: 'nome' })).toMatchObject({
      refusal: { why: 'malformed', field: 'nome' },
    })
    expect(refusal(404, '<html>')).toMatchObject({ kind: 'refused', refusal: { why: 'malformed', lines: [] } })
  })

  it('never takes for a yes what does not say which order it is', () => {
    for (const data of [null, {}, { id: 7 }, { id: 'x'.repeat(5_000) }]) {
      expect(attemptedBy(answered(201, { data }))).toEqual({ kind: 'unknown' })
    }
  })
})
