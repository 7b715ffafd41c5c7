import type { Simulation } from '../simulation.ts'
import { berkeley } from './berkeley.ts'
import { bully } from './bully.ts'
import { chat } from './chat/chat.ts'
import { chosenRaft } from './chosen/chosen-raft.ts'
import { everyone } from './everyone/everyone.ts'
import { notary } from './notary/notary.ts'
import { raft } from './raft/raft.ts'
import { rank } from './rank.ts'
import { replica } from './replica/replica.ts'
import { ring } from './ring/ring.ts'
import { shop } from './shop/shop.ts'

/** Every protocol that can be played, by the name that scenarios and the command line use. */
export const simulations: ReadonlyMap<string, Simulation> = new Map(
  [raft, replica, notary, bully, rank, berkeley, chosenRaft, ring, chat, everyone, shop].map((it) => [it.core, it]),
)
