import type { ShopSetup } from '#contract/window/shop'
import type { ShopReach } from '#contract/worker/shop'
import { fail, ok, type Result } from '#kit/result'
import { type Cluster, isAtRest } from './cluster-ports.ts'
import { interfacesHere } from './interfaces.ts'
import type { LabFolder } from './lab-folder.ts'
import { staffTokenOf } from './staff-token.ts'

/** From where people reach it, and what its staff has to show. */
export function shopSetup({ spec }: Cluster, folder: LabFolder): Result<ShopSetup> {
  const { id, shop } = spec
  if (shop === undefined) return fail('does-not-apply', `${id} is no shop`)
  const token = staffTokenOf(spec, folder)
  if (!token.ok) return token
  const reach = folder.shopReach(id)
  const hosts = reach === 'lan' ? interfacesHere().map(({ host }) => host) : []
  return ok({ reach, staffToken: token.value, hosts, port: folder.httpPort(shop.gateway) })
}

export function configureShop(cluster: Cluster, reach: ShopReach, folder: LabFolder): Result<ShopSetup> {
  const { id, shop } = cluster.spec
  if (shop === undefined) return fail('does-not-apply', `${id} is no shop`)
  if (!isAtRest(cluster)) return fail('does-not-apply', `${id} is up; stop it first`)
  const kept = folder.keepShopReach(id, reach)
  return kept.ok ? shopSetup(cluster, folder) : kept
}
