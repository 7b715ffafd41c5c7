import { crc32 } from '#kit/crc32'
import { withReplaced } from '../../bugs/raft/replaced.ts'
import { shopBugs } from '../../bugs/shop/all.ts'
import type { ShopBug } from '../../bugs/shop/shop-bug.ts'
import { nobodyComplains } from '../../properties/any/nobody-complains.ts'
import { acknowledgedStands } from '../../properties/shop/acknowledged-stands.ts'
import { copiesAgree } from '../../properties/shop/copies-agree.ts'
import { keysAreOrders } from '../../properties/shop/keys-are-orders.ts'
import { ledgerAddsUp } from '../../properties/shop/ledger-adds-up.ts'
import { ledgersAgree } from '../../properties/shop/ledgers-agree.ts'
import { oneAttemptAKey } from '../../properties/shop/one-attempt-a-key.ts'
import { ordersAreSold } from '../../properties/shop/orders-are-sold.ts'
import { shopPlaces } from '../../properties/shop/places.ts'
import { refusedIsNeverSold } from '../../properties/shop/refused-is-never-sold.ts'
import { reservationsEnd } from '../../properties/shop/reservations-end.ts'
import { settled } from '../../properties/shop/settled.ts'
import { soldOnce } from '../../properties/shop/sold-once.ts'
import { somebodyGetsTheLast } from '../../properties/shop/somebody-gets-the-last.ts'
import { stockIsLinearizable } from '../../properties/shop/stock-is-linearizable.ts'
import type { Scenario } from '../../scenario.ts'
import { type Simulation, simulationOf } from '../../simulation.ts'
import type { PlantedBug, Subject } from '../../subject.ts'
import { shortLogs } from '../notary/compaction.ts'
import { timingOf } from '../raft/timing.ts'
import { membersIn } from '../replica/settings.ts'
import { Member } from './member.ts'
import { OrdersNode } from './orders-node.ts'
import { rightShop, type ShopParts } from './parts.ts'
import { drawShopSettings, plainShopSettings, shortTimes } from './settings.ts'
import type { ShopWords } from './words.ts'

/** Catalogues behind their log, as workers run them, and the orders of a shop with people who order. */
export const shop: Simulation = inSmall(simulationOf(shopOf(rightShop), shopBugs.map(plant)))

function plant({ name, property, parts, rules = [] }: ShopBug): PlantedBug<ShopWords> {
  const subject = shopOf({ ...rightShop, ...parts })
  return { name, property, subject, isJudgedInCalm: true, around: (run) => withReplaced(rules, run) }
}

function inSmall(simulation: Simulation): Simulation {
  const small = <T>(scenario: Scenario, run: () => T): T =>
    withReplaced([shortLogs(scenario), ...shortTimes(scenario)], run)
  return {
    ...simulation,
    run: (scenario, bug) => small(scenario, () => simulation.run(scenario, bug)),
    tell: (scenario, bug) => small(scenario, () => simulation.tell(scenario, bug)),
  }
}

function shopOf(parts: ShopParts): Subject<ShopWords> {
  return {
    name: 'shop',
    // No disk lies here: what a group makes of one is played by others, and the orders are lost with theirs.
    faultKinds: ['kill', 'pause', 'cut', 'delay', 'loss', 'duplicate', 'slow-disk', 'full-disk', 'skew'],
    always: [
      nobodyComplains,
      ledgersAgree,
      copiesAgree,
      ledgerAddsUp,
      soldOnce,
      reservationsEnd,
      acknowledgedStands,
      keysAreOrders,
      oneAttemptAKey,
      refusedIsNeverSold,
      ordersAreSold,
      somebodyGetsTheLast,
      stockIsLinearizable,
    ],
    eventually: [settled],
    sometimes: shopPlaces,
    digest: ({ bytes }) => crc32(bytes),
    plainSettings: plainShopSettings,
    drawSettings: drawShopSettings,
    // Whoever orders waits for answers, and a worker that could not start for its next start.
    ticksOfCalmMax: (settings) => 60 * timingOf(settings).electionTicksLongest + 6_000,
    boot: (hands) => {
      const isOrders = membersIn(hands.scenario).clients.includes(hands.id)
      return isOrders ? new OrdersNode(hands, parts) : new Member(hands, parts)
    },
  }
}
