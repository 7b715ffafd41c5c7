import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { choosePorts, isFreeOn, portLimits } from './port-allocator.ts'

const except =
  (...taken: readonly number[]) =>
  async (port: number) =>
    !taken.includes(port)

describe('port allocator', () => {
  it('takes the ports of the cluster when all are free', async () => {
    expect(await choosePorts([5710, 5711, 5712], except())).toEqual({ ok: true, value: [5710, 5711, 5712] })
  })

  it('moves the whole cluster by a hundred when one is taken, so that its numbers stay together', async () => {
    expect(await choosePorts([5710, 5711, 5712], except(5712))).toEqual({ ok: true, value: [5810, 5811, 5812] })
    expect(await choosePorts([5710, 5001], except(5001))).toEqual({ ok: true, value: [5810, 5101] })
    expect(await choosePorts([5710, 5711, 5712], except(5711, 5810))).toEqual({ ok: true, value: [5910, 5911, 5912] })
  })

  it('gives up with a code after a bounded search', async () => {
    let asked = 0
    const refused = await choosePorts([5710, 5001], async () => {
      asked += 1
      return false
    })
    expect(refused).toMatchObject({ ok: false, failure: { code: 'port-taken' } })
    expect(asked).toBeLessThanOrEqual(2 * (portLimits.shiftsMax + 1))
  })

  it('asks the operating system: a port with a listener is taken, and free again after it', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    expect(await isFreeOn('127.0.0.1')(port)).toBe(false)
    await new Promise((resolve) => server.close(resolve))
    expect(await isFreeOn('127.0.0.1')(port)).toBe(true)
  })
})
