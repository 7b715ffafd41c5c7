import { expect, type Locator, type Page } from '@playwright/test'
import type { RingPeerFacts } from '#contract/worker/ring'
import type { LabProcess } from '../fixtures/lab-process.ts'

const flightWithinMs = 20_000

/** The page of the ring as a person sees it, and what its peers say of themselves. */
export class RingPage {
  readonly #lab: LabProcess

  constructor(lab: LabProcess) {
    this.#lab = lab
  }

  get #page(): Page {
    return this.#lab.page
  }

  async open(): Promise<void> {
    await this.#page.getByTestId('rail-ring').click()
  }

  /** What each peer that runs believes. */
  async beliefs(): Promise<(RingPeerFacts & { readonly node: string })[]> {
    const { clusters } = await this.#lab.topology()
    return clusters
      .flatMap(({ nodes }) => nodes)
      .flatMap(({ id, state, view }) => (state.kind === 'running' && view?.ring ? [{ ...view.ring, node: id }] : []))
  }

  /** Once `count` peers that run agree on the leader and on a ring of so many: that leader. */
  async agreed(count: number): Promise<{ readonly leader: RingPeerFacts & { readonly node: string } }> {
    const agreeing = async () => {
      const all = await this.beliefs()
      const leaders = new Set(all.map(({ leader }) => leader))
      const isWhole = all.length === count && all.every(({ members }) => members.length === count)
      return isWhole && leaders.size === 1 ? (all.find(({ id }) => leaders.has(id)) ?? null) : null
    }
    await expect.poll(async () => (await agreeing()) !== null).toBe(true)
    const leader = await agreeing()
    if (leader === null) throw new Error('the ring agreed, and then did not')
    return { leader }
  }

  async pidOf(node: string): Promise<number> {
    const { clusters } = await this.#lab.topology()
    const state = clusters.flatMap(({ nodes }) => nodes).find(({ id }) => id === node)?.state
    if (state === undefined || !('pid' in state) || state.pid === null) throw new Error(`${node} does not run`)
    return state.pid
  }

  async choose(name: string): Promise<void> {
    await this.#page.getByTestId('ring-mine').getByText(name, { exact: true }).click()
    await expect(this.#page.getByTestId('ring-picture').locator('[data-mine="true"]')).toContainText(name)
  }

  async say(text: string): Promise<void> {
    await this.#page.getByTestId('ring-composer').fill(text)
    await this.#page.getByTestId('ring-send').click()
    await expect(this.row(text)).toHaveCount(1)
  }

  async press(word: 'LIDER' | 'LIST' | 'MEMBERS' | 'HELP' | 'FIM'): Promise<void> {
    await this.#page.getByTestId(`ring-word-${word}`).click()
  }

  /** Something is drawn over the ring on its way from peer to peer. */
  isFlying(): Promise<boolean> {
    return this.#page.getByTestId('messages').evaluate(hasInk)
  }

  /** Over a ring where nothing flies, `work` makes something fly: it is gone in less than a second, so it is watched for. */
  async makesFly(work: () => Promise<void>): Promise<void> {
    await expect.poll(() => this.isFlying()).toBe(false)
    const seen = this.#page.getByTestId('messages').evaluate(async (canvas, mostMs) => {
      const endMs = performance.now() + mostMs
      while (performance.now() < endMs) {
        await new Promise(requestAnimationFrame)
        if (!(canvas instanceof HTMLCanvasElement) || canvas.width === 0 || canvas.height === 0) continue
        const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] }
        if (data.some((byte) => byte > 0)) return true
      }
      return false
    }, flightWithinMs)
    await work()
    expect(await seen).toBe(true)
  }

  row(text: string): Locator {
    return this.#page.getByTestId('ring-row').filter({ hasText: text })
  }

  /** In the ring of the peer that is chosen. */
  peer(id: string): Locator {
    return this.#page.getByTestId(`ring-peer-${id}`)
  }

  apart(id: string): Locator {
    return this.#page.getByTestId(`ring-apart-${id}`)
  }

  /** Its row in the table beside the picture. */
  belief(node: string): Locator {
    return this.#page.getByTestId(`ring-belief-${node}`)
  }

  told(): Locator {
    return this.#page.getByTestId('ring-told')
  }
}

function hasInk(canvas: Element): boolean {
  if (!(canvas instanceof HTMLCanvasElement) || canvas.width === 0 || canvas.height === 0) return false
  const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] }
  return data.some((byte) => byte > 0)
}
