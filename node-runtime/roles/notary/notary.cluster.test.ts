import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkReceipt } from '#cores/notary/receipt/check'
import { parsePolicy } from '#cores/notary/receipt/policy'
import { encodeText } from '#kit/bytes'
import { plainVerifyEd25519 } from '#kit/ed25519'
import { Random } from '#kit/random'
import { plainSha256 } from '#kit/sha256'
import { restartLimits } from '#supervisor/restart-budget'
import { openRealLab, pidOf, type RealLab } from '#supervisor/testing/real-lab'
import { HttpPeers } from './testing/http-peers.ts'

/** `COLMEIA_KILLS=100` for the long one. */
const kills = Number(process.env.COLMEIA_KILLS ?? 5)
const sums = { sha256: plainSha256, verify: plainVerifyEd25519 }
const clients = 16

let lab: RealLab
let peers: HttpPeers
beforeEach(async () => {
  // Whoever is killed so often is to be blamed for nothing.
  lab = openRealLab({ limits: { restart: { ...restartLimits, crashesMax: kills * 2 + 10, delayMsMax: 500 } } })
  await lab.start()
  peers = new HttpPeers(lab)
  await peers.leader()
})
afterEach(() => lab.close())

/** Keys of one run, as many under way at once as there are clients. */
class Load {
  readonly keys: string[] = []
  #isStopping = false
  readonly #clients: Promise<void>[]
  #waiting: { readonly count: number; readonly done: () => void } | null = null

  constructor(name: string, total = Number.POSITIVE_INFINITY) {
    let next = 0
    const client = async (): Promise<void> => {
      while (!this.#isStopping && next < total) {
        next += 1
        const key = `${name}-${next}`
        await peers.register(key)
        this.keys.push(key)
        if (this.#waiting !== null && this.keys.length >= this.#waiting.count) this.#waiting.done()
      }
    }
    this.#clients = Array.from({ length: clients }, client)
  }

  /** Fails when a client does. */
  async registered(count: number): Promise<void> {
    const reached = new Promise<void>((done) => {
      this.#waiting = { count, done }
      if (this.keys.length >= count) done()
    })
    await Promise.race([reached, Promise.all(this.#clients)])
  }

  async end(): Promise<readonly string[]> {
    await Promise.all(this.#clients)
    return this.keys
  }

  stop(): Promise<readonly string[]> {
    this.#isStopping = true
    return this.end()
  }
}

/** Every key stands exactly once, and every peer has the same bytes. */
async function expectOneChainOf(keys: readonly string[]): Promise<void> {
  await peers.untilEqual(keys.length + 1)
  const chains = await Promise.all(peers.all.map((peer) => peers.get(peer, '/blockchain')))
  expect(new Set(chains).size).toBe(1)
  const { chain } = JSON.parse(chains[0]!) as { readonly chain: readonly { readonly data: string }[] }
  const documents = chain.slice(1).map(({ data }) => data)
  expect(documents.toSorted()).toEqual(keys.map((key) => `document ${key}`).toSorted())
}

describe('a notary of real processes', () => {
  it('registers everything exactly once over HTTP, though its leader is killed in the middle, and has receipts', async () => {
    const load = new Load('batch', 1_000)
    await load.registered(200)
    process.kill(pidOf(await peers.leader()), 'SIGKILL')
    const keys = await load.end()
    await expectOneChainOf(keys)
    await peers.untilWitnessed(keys.length + 1)
    for (const peer of peers.all) {
      const policy = parsePolicy(await peers.get(peer, '/api/v1/policy'), sums.sha256)
      for (const index of [1, 500, 1_000]) {
        const receipt = await peers.get(peer, `/api/v1/receipts/${index}`)
        const { text } = JSON.parse(await peers.get(peer, `/api/v1/documents/${index}`)) as { readonly text: string }
        const sha256 = sums.sha256(encodeText(text))
        expect(checkReceipt({ receipt, sha256, policies: [policy!], sums }).kind).toBe('proven')
      }
    }
    expect(lab.problems).toEqual([])
  })

  it(`has one chain, byte for byte, after ${kills} random kills`, { timeout: 120_000 + kills * 10_000 }, async () => {
    const random = new Random('kills')
    const load = new Load('kill')
    for (let kill = 0; kill < kills; kill += 1) {
      await load.registered(load.keys.length + 50)
      // Also one that is just coming back: whoever runs can die.
      const running = peers.all.filter(({ state }) => state.kind === 'running')
      process.kill(pidOf(random.pick(running)), 'SIGKILL')
    }
    await expectOneChainOf(await load.stop())
  })
})
