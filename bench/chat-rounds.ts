import type { NodeId } from '#kit/ids'
import type { RealChat } from '#roles/chat/testing/real-chat'
import { pidOf } from '#supervisor/testing/real-lab'
import type { ChatLoadOrder, ChatLoadReport } from './chat-load.ts'
import type { Figure } from './figures.ts'
import { underLoad } from './load-process.ts'
import { processorMs } from './processes.ts'

const channel = 'general'

export type Role = 'leader' | 'follower' | 'broker' | 'proxy' | 'load'

/** One load, with the processor time that it took of each role. */
export interface Weighed extends ChatLoadReport {
  readonly messages: number
  readonly usedMs: ReadonlyMap<Role, number>
}

/** Loads of one chat, each by another user. */
export class Rounds {
  readonly #lab: RealChat
  #round = 0

  constructor(lab: RealChat) {
    this.#lab = lab
  }

  async run(order: Pick<ChatLoadOrder, 'senders' | 'messages' | 'restMs'>): Promise<Weighed> {
    this.#round += 1
    const leader = (await this.#lab.leader()).id
    const before = this.#used(leader)
    const { spec } = this.#lab
    const whole = { labDir: this.#lab.lab.dir, spec, guests: spec.clients, channel, round: this.#round, ...order }
    return underLoad('chat-load.ts', whole, (report: ChatLoadReport, pid) => {
      const used = this.#used(leader)
      for (const [role, ms] of before) used.set(role, (used.get(role) ?? 0) - ms)
      return { ...report, messages: order.messages, usedMs: used.set('load', processorMs(pid)) }
    })
  }

  /** Until the servers have done all that a load left for a quieter moment, so that whoever is measured next has one. */
  async settled(): Promise<void> {
    const { lab, servers } = this.#lab
    const sinceMs = Date.now()
    await lab.until(() =>
      servers.every((id) => {
        const isFresh = (lab.node(id).viewWallMs ?? 0) > sinceMs
        return isFresh && this.#lab.facts(id, 'server')?.searchLag === 0
      }),
    )
  }

  #used(leader: NodeId): Map<Role, number> {
    const used = new Map<Role, number>()
    for (const node of this.#lab.lab.nodes()) {
      const role = roleOf(node.role, node.id === leader)
      if (role !== null) used.set(role, (used.get(role) ?? 0) + processorMs(pidOf(node)))
    }
    return used
  }
}

function roleOf(role: string, isLeader: boolean): Role | null {
  if (role === 'chat-server') return isLeader ? 'leader' : 'follower'
  return role === 'chat-broker' ? 'broker' : role === 'chat-proxy' ? 'proxy' : null
}

export function figure(id: string, value: number, unit: string, note: string, beside?: number): Figure {
  return { id, value, unit, beside: beside === undefined ? null : Math.round(beside * 100) / 100, note }
}
