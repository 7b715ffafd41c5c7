import type { CheckedInput } from '#contract/window/contract'
import type { ShopSetup } from '#contract/window/shop'
import type { Result } from '#kit/result'
import type { Lab } from './lab.ts'
import { openedAnew } from './opened-anew.ts'

type Labs = Pick<Lab, 'topology' | 'shopSetup' | 'configureShop' | 'startCluster' | 'stopCluster'>

/** A shop that is open is opened anew with what was chosen; whoever asks it is told by the lab. */
export async function configureShop(lab: Labs, order: CheckedInput<'shop.configure'>): Promise<Result<ShopSetup>> {
  const { clusterId, reach } = order
  const setup = lab.shopSetup(clusterId)
  if (!setup.ok || setup.value.reach === reach) return setup
  const { kept, opened } = await openedAnew(lab, clusterId, () => lab.configureShop(clusterId, reach))
  if (!kept.ok) return kept
  return opened.ok ? lab.shopSetup(clusterId) : opened
}
