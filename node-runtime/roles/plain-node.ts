import type { FaultRules } from '#contract/worker/faults'
import type { NodePlan, NodeRequest } from '#contract/worker/protocol'
import { fail, ok, type Result } from '#kit/result'
import { StopStack } from '#kit/stop-stack'
import { beginLife } from './lives.ts'
import { Post } from './post.ts'
import type { NodePorts, RoleFacts } from './role.ts'
import { noRole } from './status.ts'

/** What nodes have in common that lead nothing and replicate nothing: those of a chat around its servers, the single ones of a shop. */
export class PlainNode {
  readonly post: Post
  readonly stops = new StopStack()
  readonly #ports: NodePorts
  #isPaused: boolean

  constructor(plan: NodePlan, ports: NodePorts) {
    this.#ports = ports
    const { life } = beginLife(ports.store)
    this.post = new Post({ id: plan.nodeId, life, lamport: ports.lamport, ports })
    this.stops.add(ports.wire.listen((from, bytes) => this.post.receive(from, bytes)))
    this.#isPaused = plan.faults.isPaused
    this.post.pause(this.#isPaused)
  }

  get isPaused(): boolean {
    return this.#isPaused
  }

  /** While it is awake. */
  every(everyMs: number, work: () => void): void {
    this.stops.add(
      this.#ports.clock.every(everyMs, () => {
        if (!this.#isPaused) work()
      }),
    )
  }

  /** With what the role knows of itself. */
  facts(own: Partial<RoleFacts> = {}): RoleFacts {
    return { ...noRole, ...own, isPaused: this.#isPaused, anomalies: this.post.malformed }
  }

  setFaults(rules: FaultRules): void {
    this.#isPaused = rules.isPaused
    this.post.pause(rules.isPaused)
    this.#ports.onChange()
  }

  /** What every one of them is asked. */
  answer(request: NodeRequest, done: (result: Result<unknown>) => void): void {
    const { queries } = this.#ports
    if (request.kind === 'tables') return done(ok(queries.tables()))
    if (request.kind === 'rows') return done(queries.rows(request.table, request))
    done(fail('does-not-apply', 'this node is not asked that'))
  }
}
