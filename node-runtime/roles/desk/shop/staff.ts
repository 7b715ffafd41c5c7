import type { ShopInput, ShopOutput } from '#contract/worker/shop-calls'
import { type ProductChanged, type StaffRefusal, staffRefusals } from '#contract/worker/shop-shapes'
import { cartAnswers } from '#dialects/shop/index'
import { encodeText } from '#kit/bytes'
import { fail, ok } from '#kit/result'
import type { EndpointRequest } from '#ports/endpoint'
import { fieldOf, jsonIn, textOf } from '../json-values.ts'
import { type Asking, asked, type Done, type Told } from './asking.ts'
import { readProduct } from './reads.ts'
import { send, withHeaders } from './requests.ts'
import { choiceIn, productIn, shapeLimits } from './shapes.ts'

const operations = { add: 'adicionar', remove: 'remover', set: 'definir' } as const

/** What the staff changes. Each deed is asked for under its id, and so is done once, however often it is asked for. */
export class Staff {
  readonly #client: Asking
  readonly #token: string | null

  constructor(client: Asking, token: string | null) {
    this.#client = client
    this.#token = token
  }

  changeStock({ id, product, operation, quantity }: ShopInput<'shop.changeStock'>, done: Done<ProductChanged>): void {
    const json = { quantidade: quantity, operacao: operations[operation] }
    const request = send('PUT', `/api/produtos/${product}/estoque`, { json, key: id })
    // The dialect tells less of a product than the staff wants to see.
    this.#change(
      request,
      ({ status, json: said }) => refusalIn(status, said),
      (why) => {
        if (!why.ok) return done(why)
        if (why.value !== 'done') return done(ok({ kind: 'refused', why: why.value }))
        readProduct(this.#client, product, { isStrong: false }, (read) => {
          if (!read.ok) return done(read)
          const { product: found } = read.value
          done(found === null ? fail('internal', `product ${product} is gone`) : ok({ kind: 'done', product: found }))
        })
      },
    )
  }

  addProduct({ id, ...json }: ShopInput<'shop.addProduct'>, done: Done<ProductChanged>): void {
    this.#change(send('POST', '/api/v1/products', { json, key: id }), changedIn, done)
  }

  changeProduct({ id, product, ...json }: ShopInput<'shop.changeProduct'>, done: Done<ProductChanged>): void {
    this.#change(send('PUT', `/api/v1/products/${product}`, { json, key: id }), changedIn, done)
  }

  addCategory({ id, name }: ShopInput<'shop.addCategory'>, done: Done<ShopOutput<'shop.addCategory'>>): void {
    const take = ({ status, json }: Told) => {
      const why = refusalIn(status, json)
      return { refused: why === 'done' ? null : why }
    }
    this.#change(send('POST', '/api/v1/categories', { json: { name }, key: id }), take, done)
  }

  choose({ choice }: ShopInput<'shop.choose'>, done: Done<null>): void {
    const take = ({ json }: Told) => choiceIn(fieldOf(fieldOf(json, 'data'), 'choice'))
    this.#change(send('PUT', '/api/v1/consistency', { json: { choice } }), take, (chosen) => {
      done(chosen.ok ? ok(null) : chosen)
    })
  }

  /** With what shows that it is the staff, where the shop wants to see that. */
  signed(request: EndpointRequest): EndpointRequest {
    return withHeaders(request, { authorization: this.#token === null ? null : `Bearer ${this.#token}` })
  }

  #change<T>(request: EndpointRequest, take: (told: Told) => T | null, done: Done<T>): void {
    asked(this.#client, { request: this.signed(request) }, take, done)
  }
}

function changedIn({ status, json }: Told): ProductChanged | null {
  const why = refusalIn(status, json)
  if (why !== 'done') return { kind: 'refused', why }
  const product = productIn(fieldOf(json, 'data'))
  return product === null ? null : { kind: 'done', product }
}

const tooLittle = fieldOf(jsonIn(encodeText(cartAnswers.tooLittleStock.body)), 'error')

export function refusalIn(status: number, json: unknown): StaffRefusal | 'done' {
  if (status < 300) return 'done'
  const code = textOf(fieldOf(json, 'codigo'), shapeLimits.textCharsMax)
  const known = staffRefusals.find((why) => why === code)
  if (known !== undefined) return known
  if (status === 401) return 'not-staff'
  if (status === 404) return 'unknown-product'
  if (status === 422) return 'id-taken'
  return fieldOf(json, 'error') === tooLittle ? 'out-of-stock' : 'malformed'
}
