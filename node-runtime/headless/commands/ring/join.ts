import type { RingPeerFacts } from '#contract/worker/ring'
import { ok, type Result } from '#kit/result'
import { StopStack } from '#kit/stop-stack'
import { type RingAccess, ringAccess } from '#supervisor/ring-guest'
import { keyOfPhrase } from '#supervisor/ring-key'
import { changedRing } from '#supervisor/ring-settings'
import type { Surroundings, Words } from '../../command.ts'
import { InputLines } from '../../input-lines.ts'
import { type ExitCode, exitCodes } from '../../terminal.ts'
import { networkOf } from './chosen.ts'
import { Conversation } from './conversation.ts'
import { GuestPeer } from './guest-peer.ts'
import { ringOf } from './setup.ts'
import { type LogMode, Transcript } from './transcript.ts'

/** One peer more for the ring that is here, until its person leaves. */
export async function join(named: Words['named'], mode: LogMode, around: Surroundings): Promise<ExitCode> {
  const { terminal, env } = around
  const stops = new StopStack()
  const lines = new InputLines(around.input)
  stops.add(() => lines.close())
  try {
    const access = await accessFor(named, around, lines)
    if (!access.ok) return terminal.refuse(access.failure)
    const name = String(named.name ?? env.USER ?? env.USERNAME ?? 'Colmeia')
    const peer = GuestPeer.open(access.value, name, around)
    if (!peer.ok) return terminal.refuse(peer.failure)
    stops.add(() => peer.value.close())
    return await take(peer.value, { mode, lines, stops }, around)
  } finally {
    await stops.run()
  }
}

interface Parts {
  readonly mode: LogMode
  readonly lines: InputLines
  readonly stops: StopStack
}

async function take(peer: GuestPeer, { mode, lines, stops }: Parts, around: Surroundings): Promise<ExitCode> {
  const { terminal, interrupted } = around
  const transcript = new Transcript(peer, mode, terminal)
  stops.add(peer.onEvents((events) => transcript.take(events)))
  stops.add(peer.onChange(() => void transcript.show()))
  // The first order to stop does not wait for a peer that is on its way.
  const started = await Promise.race([peer.start(), interrupted.then(() => null)])
  if (started === null) return exitCodes.done
  if (!started.ok) return terminal.refuse(started.failure)
  const fell = peer.until(({ failure }) => failure !== null)
  const isAsked = interrupted.then(() => 'asked' as const)
  await Promise.race([peer.until(({ facts }) => isIn(facts)), fell, isAsked])
  greet(peer.facts, transcript, around)
  await transcript.show()
  const conversation = new Conversation({ peer, transcript, lines, terminal })
  await Promise.race([conversation.run(), fell, isAsked])
  if (peer.failure !== null) return terminal.refuse(peer.failure)
  await conversation.leave()
  terminal.give({ event: 'left' }, () => terminal.words.ring.youLeft)
  return exitCodes.done
}

function isIn(facts: RingPeerFacts | null): boolean {
  return facts !== null && ['member', 'leader', 'guest'].includes(facts.state)
}

function greet(facts: RingPeerFacts | null, transcript: Transcript, { terminal }: Surroundings): void {
  if (facts === null || facts.leader === null) return
  const { id, leader, members } = facts
  terminal.give({ event: 'in-ring', id, leader, members }, () =>
    terminal.words.ring.youAreIn(id, transcript.nameOf(leader), members.length),
  )
}

/** As the lab that runs here says it, else as its folder has it; a phrase opens a ring of any machine. */
async function accessFor(
  named: Words['named'],
  { connect, labDir, terminal }: Surroundings,
  lines: InputLines,
): Promise<Result<RingAccess>> {
  const line = await connect()
  if (!line.ok && line.failure.code !== 'lab-not-running') return line
  const cluster = line.ok ? await ringOf(line.value) : null
  // Asked before the folder is looked into: the answer is there when the key is.
  const told = line.ok && cluster?.ok ? await line.value.call('ring.setup', { clusterId: cluster.value }) : null
  if (line.ok) line.value.close()
  if (told !== null && !told.ok) return told
  const access = ringAccess(labDir)
  if (!access.ok) return access
  const { settings, group } = told?.value ?? access.value
  const chosen = { ...access.value, group, settings: changedRing(settings, networkOf(named)) }
  if (named.phrase !== true) return ok(chosen)
  const key = await keyOfPhrase((await lines.secret(() => terminal.say(terminal.words.ring.askPhrase))) ?? '')
  return key.ok ? ok({ ...chosen, key: key.value }) : key
}
