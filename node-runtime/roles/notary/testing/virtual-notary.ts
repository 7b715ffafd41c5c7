import { notaryMachine } from '#cores/notary/machine'
import type { NotaryAnswers, NotaryQuery, RegisterOutcome, Registration } from '#cores/notary/messages'
import { encodeText } from '#kit/bytes'
import type { NodeId } from '#kit/ids'
import type { Result } from '#kit/result'
import { plainSha256 } from '#kit/sha256'
import type { EndpointRequest } from '#ports/endpoint'
import { type WholeAnswer, wholeAnswer } from '../../api-codec.ts'
import type { ReplicatedMember } from '../../replicated-peer.ts'
import { systemPeer } from '../../replicated-peer.ts'
import type { RunningRole } from '../../role.ts'
import { VirtualHosts, virtualPlan } from '../../testing/virtual-hosts.ts'
import { notaryApi } from '../api/index.ts'
import { NotaryPeer } from '../peer.ts'
import type { NotaryService } from '../service.ts'

interface Running {
  readonly role: RunningRole
  readonly service: NotaryService
  readonly member: ReplicatedMember
}

/** Peers of a notary on virtual hosts, and whoever asks them, in one process and one time. */
export class VirtualNotary {
  readonly hosts: VirtualHosts
  readonly members: readonly NodeId[]
  readonly #running = new Map<NodeId, Running>()

  constructor(names: readonly string[] = ['a', 'b', 'c'], strangers: readonly string[] = []) {
    this.hosts = new VirtualHosts([...names, ...strangers])
    this.members = this.hosts.ids.filter((id) => !strangers.includes(id))
    for (const id of this.members) this.boot(id)
  }

  boot(id: NodeId, hasRun = false): void {
    const host = this.hosts.host(id)
    const plan = virtualPlan(id, this.members)
    const parts: { service?: NotaryService; member?: ReplicatedMember } = {}
    const start = systemPeer(({ secrets }) => ({
      machine: notaryMachine(secrets),
      isReadAnywhere: true,
      serve: (member) => {
        parts.member = member
        return new NotaryPeer({
          member,
          apiOf: (service, dialect) => {
            parts.service = service
            return notaryApi({ service, dialect, sha256: secrets.sha256 })
          },
        })
      },
    }))
    this.hosts.live(host, () => {
      const group = plan.group === null ? null : { ...plan.group, hasRun }
      const role = start({ ...plan, group }, host.ports())
      const { service, member } = parts
      if (service === undefined || member === undefined) throw new Error('a peer has a service')
      this.#running.set(id, { role, service, member })
    })
  }

  /** The power goes, and the disk with it if need be. */
  powerOff(id: NodeId, { losesDisk = false } = {}): void {
    const host = this.hosts.host(id)
    host.crash()
    if (losesDisk) host.loseDisk()
    this.#running.delete(id)
  }

  isUp(id: NodeId): boolean {
    return this.#running.has(id)
  }

  service(id: NodeId): NotaryService {
    return this.#at(id).service
  }

  role(id: NodeId): RunningRole {
    return this.#at(id).role
  }

  member(id: NodeId): ReplicatedMember {
    return this.#at(id).member
  }

  get up(): readonly NodeId[] {
    return this.members.filter((id) => this.#running.has(id))
  }

  get leader(): NodeId | null {
    return this.up.find((id) => this.service(id).standing.isLeader && this.service(id).standing.hearsMajority) ?? null
  }

  untilLed(): NodeId {
    let leader = this.leader
    this.hosts.until(() => {
      leader = this.leader
      return leader !== null
    })
    if (leader === null) throw new Error('nobody leads')
    return leader
  }

  /** Until every peer that is up has the same, and a checkpoint over all of it. */
  untilWitnessed(size: number): void {
    this.hosts.until(() => this.up.every((id) => this.service(id).witnessed?.size === size))
  }

  register(id: NodeId, registrations: readonly Registration[]): Result<readonly RegisterOutcome[]>[] {
    const results: Result<readonly RegisterOutcome[]>[] = []
    this.hosts.live(this.hosts.host(id), () =>
      this.service(id).register({ registrations, duplicates: 'found' }, (result) => results.push(result)),
    )
    return results
  }

  /** As a stranger would, over HTTP. */
  http(id: NodeId, asked: Partial<EndpointRequest>): WholeAnswer {
    const answers: (WholeAnswer | null)[] = []
    const host = this.hosts.host(id)
    this.hosts.live(host, () =>
      host.endpoint.ask(asked, (answer) => wholeAnswer(answer, (whole) => answers.push(whole))),
    )
    this.hosts.until(() => answers.length > 0)
    const [answer] = answers
    if (answer === null || answer === undefined) throw new Error('no whole answer')
    return answer
  }

  ask<Query extends NotaryQuery>(id: NodeId, query: Query): Result<NotaryAnswers[Query['kind']]> {
    const results: Result<NotaryAnswers[Query['kind']]>[] = []
    this.hosts.live(this.hosts.host(id), () => this.service(id).ask(query, 'stale', (result) => results.push(result)))
    this.hosts.until(() => results.length > 0)
    const [result] = results
    if (result === undefined) throw new Error('no answer')
    return result
  }

  /** Fails where it is refused. */
  found<Query extends NotaryQuery>(id: NodeId, query: Query): NotaryAnswers[Query['kind']] {
    const result = this.ask(id, query)
    if (!result.ok) throw new Error(`${query.kind} at ${id}: ${result.failure.code}`)
    return result.value
  }

  registered(id: NodeId, registrations: readonly Registration[]): readonly RegisterOutcome[] {
    const results = this.register(id, registrations)
    this.hosts.until(() => results.length > 0)
    const [result] = results
    if (!result?.ok) throw new Error(`not registered: ${result?.failure.code}`)
    return result.value
  }

  /** What was answered so far. */
  request(id: NodeId, request: Parameters<RunningRole['answer']>[0]): Result<unknown>[] {
    const results: Result<unknown>[] = []
    this.hosts.live(this.hosts.host(id), () => this.role(id).answer(request, (result) => results.push(result)))
    return results
  }

  #at(id: NodeId): Running {
    const running = this.#running.get(id)
    if (running === undefined) throw new Error(`${id} is off`)
    return running
  }
}

export function textOf(text: string, id: string | null = text): Registration {
  return { id, document: { kind: 'text', text }, title: `about ${text}`, registrant: 'Ana' }
}

export function fileOf(text: string, id: string | null = text): Registration {
  const document = { kind: 'file', sha256: plainSha256(encodeText(text)), bytes: text.length } as const
  return { id, document, title: `file ${text}`, registrant: 'Ana' }
}
