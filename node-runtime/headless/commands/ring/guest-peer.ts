import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RecordedEvent } from '#contract/window/recording'
import type { RingCall, RingCommand, RingHistoryPage, RingOutput, RingPeerFacts } from '#contract/worker/ring'
import { within } from '#host/within'
import type { Failure } from '#kit/failures'
import type { ClusterId, NodeId } from '#kit/ids'
import { fail, ok, type Result } from '#kit/result'
import type { Stop } from '#kit/stop-stack'
import { guestRing, type RingAccess } from '#supervisor/ring-guest'
import { createSupervisor, type Supervisor } from '#supervisor/supervisor'
import type { Surroundings } from '../../command.ts'
import { workerLauncher } from '../../worker-launcher.ts'

/** As every shell: what has not stopped by then is ended by force. */
const stopWithinMs = 3_500

/** One peer of a ring, whose lab and folder are there for as long as this terminal is. */
export class GuestPeer {
  readonly #lab: Supervisor
  readonly #cluster: ClusterId
  readonly #node: NodeId
  readonly #close: () => Promise<void>

  private constructor(lab: Supervisor, at: { cluster: ClusterId; node: NodeId }, close: () => Promise<void>) {
    this.#lab = lab
    this.#cluster = at.cluster
    this.#node = at.node
    this.#close = close
  }

  static open(access: RingAccess, name: string, around: Surroundings): Result<GuestPeer> {
    const labDir = mkdtempSync(join(tmpdir(), 'colmeia-ring-'))
    const spec = guestRing(labDir, access, name)
    const [node] = spec.ok ? spec.value.nodes : []
    if (!spec.ok || node === undefined) {
      rmSync(labDir, { recursive: true, force: true })
      return spec.ok ? fail('internal', 'a guest is one peer') : spec
    }
    const launcher = workerLauncher(around)
    const lab = createSupervisor({ labDir, lab: 'terminal', launcher, clusters: [spec.value] })
    return ok(
      new GuestPeer(lab, { cluster: spec.value.id, node: node.id }, async () => {
        await within(stopWithinMs, lab.stop())
        launcher.killAll()
        rmSync(labDir, { recursive: true, force: true })
      }),
    )
  }

  get node(): NodeId {
    return this.#node
  }

  start(): Promise<Result<null>> {
    return this.#lab.startCluster(this.#cluster)
  }

  get facts(): RingPeerFacts | null {
    return this.#card()?.view?.ring ?? null
  }

  /** Why it will not come back by itself; null: it runs, or will. */
  get failure(): Failure | null {
    const state = this.#card()?.state
    return state?.kind === 'left-down' ? { code: state.code, message: state.detail } : null
  }

  say(text: string): Promise<Result<RingOutput<'ring.say'>>> {
    return this.#ask({ name: 'ring.say', input: { nodeId: this.#node, text } })
  }

  command(command: RingCommand): Promise<Result<null>> {
    return this.#ask({ name: 'ring.command', input: { nodeId: this.#node, command } })
  }

  history(before: string | null, limit: number): Promise<Result<RingHistoryPage>> {
    return this.#ask({ name: 'ring.history', input: { nodeId: this.#node, before, limit } })
  }

  onChange(listener: () => void): Stop {
    return this.#lab.onTopology(listener)
  }

  onEvents(listener: (events: readonly RecordedEvent[]) => void): Stop {
    return this.#lab.recorder.onAppend(listener)
  }

  /** Waits for what it shows. Whoever waits has something else that ends the waiting. */
  until(look: (peer: GuestPeer) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.onChange(() => check())
      const check = (): void => {
        if (!look(this)) return
        void stop()
        resolve()
      }
      check()
    })
  }

  close(): Promise<void> {
    return this.#close()
  }

  #card() {
    return this.#lab.topology().clusters[0]?.nodes[0]
  }

  async #ask<Answer>(call: RingCall): Promise<Result<Answer>> {
    const answer = await this.#lab.ask(this.#node, { kind: 'ring', call })
    return answer as Result<Answer> // the peer is ours, and answers a name with its own output
  }
}
