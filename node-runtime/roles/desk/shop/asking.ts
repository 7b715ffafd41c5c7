import type { Answered } from '#contract/worker/shop-shapes'
import { fail, ok, type Result } from '#kit/result'
import type { EndpointRequest } from '#ports/endpoint'
import { jsonIn } from '../json-values.ts'
import type { ShopReply } from './client.ts'

export type Done<T> = (result: Result<T>) => void

/** What a reply says, and how it is framed. */
export interface Told {
  readonly status: number
  readonly json: unknown
  readonly headers: Readonly<Record<string, string>>
  readonly answered: Answered
}

/** How the parts of the desk ask the shop. */
export interface Asking {
  ask(
    ask: { readonly request: EndpointRequest; readonly isRepeatable: boolean },
    done: (result: Result<ShopReply>) => void,
  ): void
}

/** What has not the shape of an answer is none; nothing of it is shown. */
export function asked<T>(
  client: Asking,
  ask: { readonly request: EndpointRequest; readonly isRepeatable?: boolean },
  take: (told: Told) => T | null,
  done: Done<T>,
): void {
  client.ask({ isRepeatable: true, ...ask }, (result) => {
    if (!result.ok) return done(result)
    const { answer, answered } = result.value
    const value = take({ status: answer.status, headers: answer.headers, json: jsonIn(answer.body), answered })
    done(value === null ? fail('internal', `the shop answered ${answer.status} in another shape`) : ok(value))
  })
}
