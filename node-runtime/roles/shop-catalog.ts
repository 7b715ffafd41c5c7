import { catalogueMachine } from '#cores/shop/index'
import { systemPeer } from './replicated-peer.ts'
import { CataloguePeer } from './shop/catalogue/peer.ts'

/** A node of the catalogue: the group's log keeps products and stock, and any of its nodes answers reads. */
export const startShopCatalog = systemPeer(() => ({
  machine: catalogueMachine(),
  isReadAnywhere: true,
  serve: (member) => new CataloguePeer(member),
}))
