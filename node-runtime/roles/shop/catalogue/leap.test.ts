import { expect, it } from 'vitest'
import { encodeCatalogueCommand } from '#cores/shop/index'
import type { CatalogueDeed } from '#cores/shop/messages'
import { OneCatalogue } from '#cores/shop/testing/one-catalogue'
import { wholeAnswer } from '../../api-codec.ts'
import { Post } from '../../post.ts'
import type { ReplicatedMember } from '../../replicated-peer.ts'
import { VirtualHosts, virtualPlan } from '../../testing/virtual-hosts.ts'
import { CataloguePeer } from './peer.ts'

type Applied = Parameters<Parameters<ReplicatedMember['replica']['watch']>[0]>

/** A node of the catalogue on a replica that does what a test says, also what a real one does once in a thousand. */
class LeapingNode {
  readonly #catalogue = new OneCatalogue()
  readonly #hosts = new VirtualHosts(['shop-catalog-1', 'shop-gateway', 'shop-cart', 'shop-orders'])
  readonly #view = {
    ...{ id: 'shop-catalog-1', role: 'follower', leader: 'shop-catalog-2', leaderHeardTicksAgo: 0, membership: [] },
    ...{ commitIndex: 0, base: { index: 0, term: 0 } },
  }
  #listener: (...applied: Applied) => void = () => {}

  constructor() {
    const [self, gateway, cart, orders] = this.#hosts.ids as [never, never, never, never]
    const host = this.#hosts.host(self)
    const ports = host.ports()
    const shop = { gateway, catalogues: [self], founders: [self], cart, orders, staffToken: null }
    const post = new Post({ id: self, life: 1, lamport: host.lamport, ports })
    const catalogue = this.#catalogue
    const replica = {
      view: this.#view,
      get appliedIndex() {
        return catalogue.index
      },
      look: (query: Uint8Array) => ({ answer: catalogue.machine.query(query, catalogue.state), appliedIndex: 0 }),
      watch: (listener: (...applied: Applied) => void) => {
        this.#listener = listener
        return () => {}
      },
    }
    const member = {
      plan: { ...virtualPlan(self, this.#hosts.ids), shop },
      ports,
      post,
      replica,
      time: { timeMs: () => 0 },
    }
    new CataloguePeer(member as never) // of a replica only this is asked
  }

  /** As every command is, one by one. */
  apply(deed: CatalogueDeed): void {
    const { machine, state } = this.#catalogue
    this.#catalogue.index += 1
    const { index, atMs } = this.#catalogue
    const at = { index, atMs, lamport: index }
    this.#listener(at, machine.apply({ ...at, bytes: encodeCatalogueCommand({ deeds: [deed] }) }, state))
  }

  /** As a snapshot brings them: many at once, and nobody hears of any. */
  leapOver(...deeds: readonly CatalogueDeed[]): void {
    for (const deed of deeds) this.#catalogue.do(deed)
    this.#view.base = { index: this.#catalogue.index, term: 1 }
  }

  nameOf(product: number): string {
    let name = ''
    const host = this.#hosts.host(this.#hosts.ids[0] as never)
    const request = { method: 'GET', path: `/api/produtos/${product}`, query: new Map<string, string>(), headers: {} }
    host.endpoint.ask({ ...request, body: new Uint8Array(0) }, (answer) =>
      wholeAnswer(answer, (whole) => {
        name = JSON.parse(new TextDecoder().decode(whole?.body)).data?.nome ?? ''
      }),
    )
    return name
  }
}

const named = (id: number, product: number, name: string): CatalogueDeed => ({
  ...{ kind: 'change-product', id: id.toString(16).padStart(32, '0'), by: 'bia', product, name },
  ...{ description: null, priceCents: null, category: null, photo: null, isActive: null },
})

it('shows what a snapshot brought, also when a command was applied right behind it', () => {
  const node = new LeapingNode()
  node.apply({ kind: 'expire' })
  expect(node.nameOf(1)).toBe('Bolo de Chocolate')
  node.leapOver(named(1, 1, 'Bolo de Fubá'))
  node.apply(named(2, 2, 'Bolo de Milho'))
  expect([node.nameOf(1), node.nameOf(2)]).toEqual(['Bolo de Fubá', 'Bolo de Milho'])
})
