import { readFileSync } from 'node:fs'

/** What the original was heard to answer, in the order in which it was asked. */
export interface Exchange {
  readonly number: number
  readonly service: 'catalogue' | 'cart'
  readonly method: string
  readonly path: string
  readonly query: ReadonlyMap<string, string>
  readonly contentType: string | undefined
  readonly data: string
  readonly status: number
  readonly body: string
  /** The catalogue was stopped before this one. */
  readonly isCatalogueDown: boolean
}

const text = readFileSync(new URL('shop-http.txt', import.meta.url), 'utf8')
const [up = '', down = ''] = text.split('=== catalog down')

export const recorded: readonly Exchange[] = [...exchangesIn(up, false), ...exchangesIn(down, true)].map(
  (exchange, index) => ({ ...exchange, number: index + 1 }),
)

function exchangesIn(part: string, isCatalogueDown: boolean): readonly Omit<Exchange, 'number'>[] {
  return part
    .split('>> curl ')
    .slice(1)
    .map((told) => {
      const [, command = '', body = '', status = ''] = /^(.*?)\n([\s\S]*?)\n? \[HTTP (\d+)\]/.exec(told) ?? []
      const [, method = 'GET', port = '', address = '', rest = ''] =
        /^(?:-X(\w+) )?localhost:(\d+)(\S*) ?(.*)$/.exec(command) ?? []
      const [path = '', query = ''] = address.split('?')
      const [, json, data = ''] = /^(-H Content-Type: application\/json )?-d (.*)$/.exec(rest) ?? []
      return {
        service: port === '5001' ? 'catalogue' : 'cart',
        method,
        path,
        query: new Map(query === '' ? [] : query.split('&').map((pair) => pair.split('=') as [string, string])), // each is name=value
        contentType:
          rest === '' ? undefined : json === undefined ? 'application/x-www-form-urlencoded' : 'application/json',
        data,
        status: Number(status),
        body,
        isCatalogueDown,
      }
    })
}

/** Times and ids by their shape, and of a page only its title. Everything else counts, to the letter. */
export function shapeOf(body: string): string {
  if (body.startsWith('<!doctype html>')) return /<title>.*<\/title>/.exec(body)?.[0] ?? ''
  return body
    .trim()
    .replaceAll(/"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}"/g, 'TIME')
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UUID')
    .replaceAll(/"foto_url":"[^"]*"/g, '"foto_url":PHOTO')
}
