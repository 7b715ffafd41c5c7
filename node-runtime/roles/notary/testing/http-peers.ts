import type { NodeCard } from '#contract/window/topology'
import { agreedLeader, type RealLab } from '#supervisor/testing/real-lab'

/** Of a real lab, the peers of its notary, asked over HTTP as any stranger would. */
export class HttpPeers {
  readonly #lab: RealLab

  constructor(lab: RealLab) {
    this.#lab = lab
  }

  get all(): readonly NodeCard[] {
    return this.#lab.nodes().filter(({ role }) => role === 'notary-peer')
  }

  leader(): Promise<NodeCard> {
    return this.#lab.until(() => agreedLeader(this.all))
  }

  async get(peer: NodeCard, path: string): Promise<string> {
    const answer = await fetch(addressOf(peer, path))
    const text = await answer.text()
    if (answer.status !== 200) throw new Error(`${path} at ${peer.id}: ${answer.status} ${text}`)
    return text
  }

  /** Asks again under the same key until it is answered, wherever somebody leads then. Gives back the status. */
  async register(key: string): Promise<number> {
    for (;;) {
      const status = await this.#registerOnce(await this.leader(), key)
      if (status === 200 || status === 201) return status
    }
  }

  /** Until every peer runs and has so many records. */
  async untilEqual(size: number): Promise<void> {
    await this.#lab.until(() =>
      this.all.every(({ state, view }) => state.kind === 'running' && view?.notary?.size === size),
    )
  }

  /** Until every peer has a checkpoint over so many records. */
  async untilWitnessed(size: number): Promise<void> {
    await this.#lab.until(() => this.all.every(({ view }) => view?.notary?.witnessedSize === size))
  }

  async #registerOnce(leader: NodeCard, key: string): Promise<number | null> {
    try {
      const answer = await fetch(addressOf(leader, '/api/v1/registrations'), {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify({ document: `document ${key}`, title: key, registrant: 'cluster test' }),
      })
      const text = await answer.text()
      if (answer.status === 400) throw new Error(text)
      return answer.status
    } catch (error) {
      // What the network does when its other end is killed.
      if (error instanceof TypeError && error.message.includes('fetch failed')) return null
      throw error
    }
  }
}

function addressOf({ id, http }: NodeCard, path: string): string {
  if (http === null) throw new Error(`${id} has no address for HTTP`)
  return `http://${http.host}:${http.port}${path}`
}
