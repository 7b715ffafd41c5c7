import { describe, expect, it } from 'vitest'
import { formatRoute, pages, parseRoute } from './route.ts'

describe('the place in the address', () => {
  it('comes back as it was written, for every page, with and without a part, also in a window of its own', () => {
    for (const page of pages) {
      for (const part of [null, 'notary-2']) {
        for (const isAlone of [false, true]) {
          const route = { page, part, isAlone }
          expect(parseRoute(`#${formatRoute(route)}`)).toEqual(route)
          expect(formatRoute(route)).toMatch(/^\/[a-z0-9/-]{0,100}$/)
        }
      }
    }
  })

  it('is the overview when it says nothing, or something unknown', () => {
    const overview = { page: 'overview', part: null, isAlone: false }
    for (const hash of ['', '#', '#/', '#/nowhere/at-all', '#///']) expect(parseRoute(hash)).toEqual(overview)
  })
})
