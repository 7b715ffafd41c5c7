import { describe, expect, it } from 'vitest'
import { type Exception, exceptions } from '../../dialects/shop/testing/exceptions.ts'
import { type Exchange, recorded, shapeOf } from '../../dialects/shop/testing/recorded.ts'
import { cart, catalogues, gateway, VirtualShop } from './testing/virtual-shop.ts'

const [first] = catalogues
const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/

/** As a line of the file of exceptions names it. */
function commandOf({ method, path, data, contentType, isCatalogueDown }: Exchange): string {
  const isForm = data !== '' && contentType !== 'application/json'
  const parts = [method, path.replace(uuid, 'UUID'), data]
  return [...parts, isForm ? 'form' : '', isCatalogueDown ? 'down' : ''].filter((part) => part !== '').join(' ')
}

/** Every call of the recording, in its order, in a session of our own where the recording had its own. */
function asksAgain(shop: VirtualShop, isThroughGateway: boolean): void {
  const excused = new Set<Exception>()
  const opened = shop.ask(cart, '/api/carrinho/sessao', { method: 'POST' }).text
  const [session = ''] = uuid.exec(opened) ?? []
  for (const exchange of recorded) {
    const { service, method, path, query, contentType, data } = exchange
    if (exchange.isCatalogueDown) for (const id of catalogues) if (shop.isUp(id)) shop.powerOff(id)
    const own = service === 'cart' ? cart : (shop.primary ?? first ?? gateway)
    const heard = shop.ask(isThroughGateway && path !== '/health' ? gateway : own, path.replace(uuid, session), {
      method,
      query: Object.fromEntries(query),
      headers: contentType === undefined ? {} : { 'content-type': contentType },
      body: data,
    })
    const command = commandOf(exchange)
    const exception = exceptions.find((one) => one.command === command)
    if (exception !== undefined) excused.add(exception)
    const { status, body } = exception ?? { status: exchange.status, body: shapeOf(exchange.body) }
    expect(`${exchange.number} ${command} ${heard.status}`).toBe(`${exchange.number} ${command} ${status}`)
    expect(`${command} ${shapeOf(heard.text)}`).toBe(`${command} ${body}`)
  }
  expect(exceptions.filter((one) => !excused.has(one))).toEqual([])
}

describe('the shop of before', () => {
  it('is answered as it was heard to answer, by catalogue and cart', () => {
    const shop = new VirtualShop()
    shop.untilOpen()
    asksAgain(shop, false)
  })

  it('is answered the same through the gateway', () => {
    const shop = new VirtualShop()
    shop.untilOpen()
    asksAgain(shop, true)
  })
})
