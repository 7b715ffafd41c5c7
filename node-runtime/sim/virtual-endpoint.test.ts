import { describe, expect, it } from 'vitest'
import { decodeText, encodeText } from '#kit/bytes'
import { type EndpointAnswer, type EndpointRequest, endpointLimits } from '#ports/endpoint'
import { done, endpointSuite, type Told } from '#ports/testing/endpoint-suite'
import { VirtualClock } from './virtual-clock.ts'
import { VirtualEndpoint } from './virtual-endpoint.ts'

endpointSuite('virtual', async () => {
  const clock = new VirtualClock(0, 0)
  const endpoint = new VirtualEndpoint(clock)
  return {
    endpoint,
    ask: (request) => asking(endpoint, request),
    pass: (ms) => clock.advanceTo(clock.now() + ms),
    close: async () => {},
  }
})

describe('the virtual endpoint alone', () => {
  it('has no room for more than so many at once', () => {
    const endpoint = new VirtualEndpoint(new VirtualClock(0, 0))
    const later: ((answer: EndpointAnswer) => void)[] = []
    endpoint.serve((_, answer) => void later.push(answer))
    const statuses: number[] = []
    for (let count = 0; count <= endpointLimits.requestsUnderWayMax; count += 1) {
      endpoint.ask({}, ({ status }) => statuses.push(status))
    }
    expect(statuses).toEqual([503])
    later[0]?.(done)
    endpoint.ask({}, ({ status }) => statuses.push(status))
    expect(statuses).toEqual([503, 200])
  })
})

function asking(endpoint: VirtualEndpoint, request: Partial<EndpointRequest>): Promise<Told | null> {
  return new Promise((resolve) => {
    endpoint.ask(request, ({ status, headers, body }) => {
      if (typeof body === 'string') resolve({ status, headers, body })
      else if (body instanceof Uint8Array) resolve({ status, headers, body: decodeText(body) ?? '' })
      else {
        const parts: Uint8Array[] = []
        const pull = (): void =>
          body.next((piece) => {
            if (!piece.ok) return resolve(null)
            if (piece.value === null) return resolve({ status, headers, body: Buffer.concat(parts).toString() })
            parts.push(typeof piece.value === 'string' ? encodeText(piece.value) : piece.value)
            pull()
          })
        pull()
      }
    })
  })
}
