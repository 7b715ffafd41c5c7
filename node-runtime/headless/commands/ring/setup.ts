import type { RingConfigured, RingSettingsChange, RingSetup } from '#contract/window/ring'
import { ringTextsFrom, ringTimingNames } from '#contract/worker/ring'
import type { ControlClient } from '#host/control-client'
import type { ClusterId } from '#kit/ids'
import { fail, ok, type Result } from '#kit/result'
import type { Surroundings, Words } from '../../command.ts'
import { InputLines } from '../../input-lines.ts'
import { onLine } from '../../on-line.ts'
import { type ExitCode, exitCodes } from '../../terminal.ts'
import { namesIn, networkOf } from './chosen.ts'

/** How the lab's ring is set up: says it, or chooses it. */
export async function setup(named: Words['named'], around: Surroundings): Promise<ExitCode> {
  const { terminal, input } = around
  const lines = new InputLines(input)
  const key = await keyOf(named.key, () => lines.secret(() => terminal.say(terminal.words.ring.askPhrase)))
  lines.close()
  const change = { ...networkOf(named), ...choicesOf(named), ...(key === undefined ? {} : { key }) }
  const isChange = Object.values(change).some((value) => value !== undefined)
  return onLine(around, async (line) => {
    const found = await ringOf(line)
    if (!found.ok) return terminal.refuse(found.failure)
    const clusterId = found.value
    const done: Result<RingConfigured> = isChange
      ? await line.call('ring.configure', { clusterId, change })
      : asRead(await line.call('ring.setup', { clusterId }))
    if (!done.ok) return terminal.refuse(done.failure)
    terminal.give(done.value, () => shown(done.value, around))
    return exitCodes.done
  })
}

/** The lab's ring; a lab has one. */
export async function ringOf(line: ControlClient): Promise<Result<ClusterId>> {
  const topology = await line.call('topology.get', {})
  if (!topology.ok) return topology
  const cluster = topology.value.clusters.find(({ kind }) => kind === 'ring')
  return cluster === undefined ? fail('unknown-cluster', 'this lab has no ring') : ok(cluster.id)
}

function asRead(read: Result<RingSetup>): Result<RingConfigured> {
  return read.ok ? ok({ setup: read.value, phrase: null }) : read
}

function choicesOf({ names, texts, timing }: Words['named']): RingSettingsChange {
  return {
    names: names === undefined ? undefined : namesIn(names),
    textsFrom: ringTextsFrom.find((one) => one === texts),
    timing: ringTimingNames.find((one) => one === timing),
  }
}

async function keyOf(
  chosen: unknown,
  readPhrase: () => Promise<string | null>,
): Promise<RingSettingsChange['key'] | undefined> {
  if (chosen === 'lab') return { from: 'lab' }
  if (chosen === 'new') return { from: 'invented' }
  return chosen === 'phrase' ? { from: 'phrase', phrase: (await readPhrase()) ?? '' } : undefined
}

function shown({ setup: { settings, ...now }, phrase }: RingConfigured, { terminal }: Surroundings): string {
  const words = terminal.words.ring
  const { names, reach, interface: named, textsFrom, timing, key } = settings
  const rows = [
    [words.setup.names, names.join(', ')],
    [words.setup.reach, reach === 'lan' ? `lan (${named ?? 'auto'})` : reach],
    [words.setup.host, now.host ?? words.setup.noHost],
    [words.setup.group, `${now.group.host}:${now.group.port}`],
    [words.setup.texts, textsFrom],
    [words.setup.timing, timing],
    [words.setup.key, `${key} (${now.fingerprint})`],
    [words.setup.networks, now.interfaces.map(({ name, host }) => `${name} ${host}`).join(', ') || '–'],
  ] as const
  const width = Math.max(...rows.map(([label]) => label.length))
  const table = rows.map(([label, value]) => `${label.padEnd(width)}  ${value}`).join('\n')
  return phrase === null ? table : `${table}\n\n${words.invented(phrase)}`
}
