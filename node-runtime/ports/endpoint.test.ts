import { describe, expect, it } from 'vitest'
import { failures } from '#kit/failures'
import { endpointProblems } from './endpoint.ts'

describe.each(Object.entries(endpointProblems))('the problem %s', (_, { status, headers, body }) => {
  const said = JSON.parse(String(body)) as Readonly<Record<string, unknown>> // read by names that are looked at here

  it('has all that a problem of RFC 9457 has, and our code', () => {
    expect(headers['content-type']).toBe('application/problem+json')
    expect(Object.keys(said)).toEqual(['type', 'title', 'status', 'detail', 'code', 'definite'])
    expect(said).toMatchObject({ type: 'about:blank', status, definite: failures[said.code as 'busy'].definite })
  })

  it('says more in its detail than in its title, for a person', () => {
    expect(String(said.detail).length).toBeGreaterThan(2 * String(said.title).length)
    expect(said.detail).toMatch(/^[A-Z].*[.]$/)
  })

  it('says when to come again, if that would help', () => {
    expect(headers['retry-after']).toBe(status === 503 ? '1' : undefined)
  })
})
