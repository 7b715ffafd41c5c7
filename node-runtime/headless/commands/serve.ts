import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { SystemKind } from '#contract/window/topology'
import { notarySizes } from '#contract/worker/sizes'
import { startDemo } from '#host/demo'
import type { Lab } from '#host/lab'
import { fail, ok, type Result } from '#kit/result'
import { type Command, type Surroundings, type Words, wholeNumber } from '../command.ts'
import type { RunningLab } from '../run-lab.ts'
import { type ExitCode, exitCodes, type Terminal } from '../terminal.ts'
import type { WebServer } from '../web/web-server.ts'

const peersWanted = `--peers ${notarySizes.min}..${notarySizes.max}`
const kinds = ['notary', 'chat', 'ring', 'shop'] as const satisfies readonly SystemKind[]
const options = {
  port: { type: 'string' },
  'no-ui': { type: 'boolean' },
  only: { type: 'string' },
  peers: { type: 'string' },
} as const

/** `serve` asks the settings whether to start the demo; `up` starts it because somebody said so. */
export const serve: Command = { options, run: (words, around) => run(words, around, { isAsked: false }) }
export const up: Command = { options, run: (words, around) => run(words, around, { isAsked: true }) }

async function run(words: Words, around: Surroundings, { isAsked }: { readonly isAsked: boolean }): Promise<ExitCode> {
  const { terminal } = around
  const port = wholeNumber(words.named.port ?? '0', { min: 0, max: 65_535 })
  const only = kindsOf(words.named.only)
  const peers = words.named.peers === undefined ? undefined : wholeNumber(words.named.peers, notarySizes)
  if (words.plain.length > 0) return terminal.misunderstand(`${words.plain.join(' ')}?`)
  if (port === null) return terminal.misunderstand('--port 0..65535')
  if (typeof only === 'string') return terminal.misunderstand(only)
  if (peers === null) return terminal.misunderstand(peersWanted)
  const hasPage = words.named['no-ui'] !== true
  if (hasPage && !existsSync(join(pageRoot(around), 'index.html')))
    return terminal.misunderstand(terminal.words.notBuilt)

  // Loaded only here: every other command would start slower with a whole lab in its memory.
  const { runLab } = await import('../run-lab.ts')
  const opened = await runLab(around)
  if (!opened.ok) return terminal.refuse(opened.failure)
  const lab = opened.value
  try {
    const present = only === null ? null : presentKinds(only, lab.lab, terminal)
    if (present !== null && present.length === 0) return terminal.misunderstand(terminal.words.nothingToStart)
    const founded = peers === undefined ? ok(null) : foundNotary(lab.lab, peers)
    if (!founded.ok) return terminal.refuse(founded.failure)
    const page = hasPage ? await openPage(lab, port, around) : ok(null)
    if (!page.ok) return terminal.refuse(page.failure)
    announce(page.value, around)
    if (isAsked || only !== null || lab.settings.settings.startsDemo) void begin(lab.lab, present, terminal)
    await around.interrupted
    terminal.say(terminal.words.stopping)
    await page.value?.close()
  } finally {
    await lab.stop()
  }
  terminal.say(terminal.words.stopped)
  return exitCodes.done
}

/** Loaded only when there is a page: a machine without people needs no web server in memory. */
async function openPage(lab: RunningLab, port: number, around: Surroundings): Promise<Result<WebServer>> {
  const { startWebServer } = await import('../web/web-server.ts')
  try {
    return ok(await startWebServer({ ...lab.host, port, root: pageRoot(around) }))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    if (code === 'EADDRINUSE') return fail('port-taken', `port ${port} of the page is in use`)
    if (code === 'EACCES') return fail('no-permission', `port ${port} of the page is not ours to take`)
    throw error
  }
}

function announce(web: WebServer | null, { terminal, lab }: Surroundings): void {
  const address = web?.address ?? null
  const text = address === null ? terminal.words.runsWithoutPage(lab) : terminal.words.addressToOpen(address)
  terminal.give({ event: 'serving', lab, address, pid: process.pid }, () => text)
}

async function begin(lab: Lab, only: readonly SystemKind[] | null, terminal: Terminal): Promise<void> {
  const started = await startDemo(lab, only ?? undefined)
  if (started.ok) terminal.give({ event: 'demo-running' }, () => terminal.words.done)
  else {
    terminal.say(terminal.words.demoFailed)
    terminal.refuse(started.failure)
  }
}

function kindsOf(text: unknown): readonly SystemKind[] | null | string {
  if (typeof text !== 'string') return null
  const named = text.split(',').map((word) => word.trim())
  const unknown = named.filter((word) => !kinds.some((kind) => kind === word))
  return unknown.length > 0
    ? `--only ${unknown.join(',')}? (${kinds.join(', ')})`
    : kinds.filter((kind) => named.includes(kind))
}

/** Kinds that this version does not have are named, not silently left out. */
function presentKinds(only: readonly SystemKind[], lab: Lab, terminal: Terminal): readonly SystemKind[] {
  const present = new Set(lab.topology().clusters.map(({ kind }) => kind))
  const later = only.filter((kind) => !present.has(kind))
  if (later.length > 0) terminal.say(terminal.words.laterVersion(later.join(', ')))
  return only.filter((kind) => present.has(kind))
}

/** Before anything starts: a notary that has run once keeps the number of its peers. */
function foundNotary(lab: Lab, peers: number): Result<null> {
  const notary = lab.topology().clusters.find(({ kind }) => kind === 'notary')
  return notary === undefined ? fail('unknown-cluster', 'this lab has no notary') : lab.found(notary.id, peers)
}

function pageRoot({ builtDir }: Surroundings): string {
  return join(builtDir, '..', 'renderer')
}
