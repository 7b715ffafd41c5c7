import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RingSettingsChange, RingSetup } from '#contract/window/ring'
import type { TopologySnapshot } from '#contract/window/topology'
import type { RingPeerFacts } from '#contract/worker/ring'
import { type ControlClient, connectToLab } from '#host/control-client'
import { defaultLab, labDirIn } from '#host/places'
import type { FailureCode } from '#kit/failures'
import { clusterId, type NodeId } from '#kit/ids'
import type { Result } from '#kit/result'
import type { LanHost } from './lan.ts'
import { openCli } from './real-cli.ts'

const ring = clusterId('ring')

/** A headless Colmeia on a host of a network, asked through its control socket as every command line does. */
export interface ColmeiaOn {
  readonly host: LanHost
  /** What its peers that run say of the ring, by their nodes. */
  facts(): ReadonlyMap<NodeId, RingPeerFacts>
  /** Its ring is set up so, and started. */
  start(change: RingSettingsChange): Promise<RingSetup>
  configure(change: RingSettingsChange): Promise<RingSetup>
  say(node: NodeId, text: string): Promise<void>
  /** The ids of all messages that a peer has, in their order. */
  history(node: NodeId): Promise<readonly string[]>
  onChange(listener: () => void): void
  /** When it tells such a problem by itself. */
  raised(code: FailureCode): Promise<void>
  close(): Promise<void>
}

export async function openColmeia(host: LanHost): Promise<ColmeiaOn> {
  const cli = openCli()
  // Nothing starts by itself: the ring is set up before anybody hears of it.
  writeFileSync(join(cli.dataDir, 'settings.json'), '{"startsDemo":false}')
  await cli.run(['serve', '--no-ui', '--json'], host.before).said('"serving"')
  const line = given(await connectToLab(labDirIn(cli.dataDir, defaultLab)))
  let topology: TopologySnapshot | null = null
  line.on('topology.changed', (fresh) => {
    topology = fresh
  })
  const configure: ColmeiaOn['configure'] = async (change) =>
    given(await line.call('ring.configure', { clusterId: ring, change })).setup
  return {
    host,
    facts: () => factsIn(topology),
    configure,
    async start(change) {
      const setup = await configure(change)
      given(await line.call('clusters.start', { clusterId: ring }))
      return setup
    },
    async say(nodeId, text) {
      given(await line.call('ring.say', { nodeId, text }))
    },
    history: (node) => historyOf(line, node),
    raised: (code) =>
      new Promise((resolve) => {
        line.on('problem.raised', (problem) => {
          if (problem.code === code) resolve()
        })
      }),
    onChange: (listener) => void line.on('topology.changed', listener),
    async close() {
      line.close()
      await cli.close()
    },
  }
}

async function historyOf(line: ControlClient, nodeId: NodeId): Promise<readonly string[]> {
  const uuids: string[] = []
  let before: string | null = null
  do {
    const page: { readonly rows: readonly { readonly uuid: string }[]; readonly next: string | null } = given(
      await line.call('ring.history', { nodeId, before, limit: 200 }),
    )
    uuids.push(...page.rows.map(({ uuid }) => uuid))
    before = page.next
  } while (before !== null)
  return uuids
}

/** A view that is older than this life of the worker is the word of its last life. */
function factsIn(topology: TopologySnapshot | null): ReadonlyMap<NodeId, RingPeerFacts> {
  const nodes = topology?.clusters.find(({ id }) => id === ring)?.nodes ?? []
  return new Map(
    nodes.flatMap(({ id, state, view, viewWallMs }) => {
      const isNow = state.kind === 'running' && viewWallMs !== null && viewWallMs >= state.sinceWallMs
      return isNow && view?.ring ? [[id, view.ring] as const] : []
    }),
  )
}

function given<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.message}`)
  return result.value
}
