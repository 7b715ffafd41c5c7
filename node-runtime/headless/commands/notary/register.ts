import { randomUUID } from 'node:crypto'
import { windowLimits } from '#contract/window/contract'
import type { TopologySnapshot } from '#contract/window/topology'
import type { DeskInput, OutboxItem, OutboxOrder, OutboxPage } from '#contract/worker/desk'
import { deskLimits } from '#contract/worker/desk'
import { fittingTitle, isFittingRegistrant, orderTextLimits } from '#contract/worker/order-text'
import type { ControlClient } from '#host/control-client'
import { ok, type Result } from '#kit/result'
import type { Command, Surroundings } from '../../command.ts'
import { filesToRegister, type HashedFile } from '../../files-to-register.ts'
import { onLine } from '../../on-line.ts'
import { textTable } from '../../table.ts'
import { type ExitCode, exitCodes, type Terminal } from '../../terminal.ts'

const { registrantCharsMax, registrantBytesMax } = orderTextLimits
const registrantUsage = `--registrant (<= ${registrantCharsMax}, UTF-8 <= ${registrantBytesMax} B)`
/** A call holds more than its documents. */
const callBytesMax = windowLimits.callBytesMax - 4 * 1024

/** Hashes files, hands them to the desk and waits until each has its place. Whoever stops waiting stops nothing. */
export const register: Command = {
  options: { registrant: { type: 'string' } },
  async run({ plain, named }, around) {
    const { terminal } = around
    const registrant = typeof named.registrant === 'string' ? named.registrant : ''
    if (plain.length === 0) return terminal.misunderstand('colmeia notary register FILE…')
    if (!isFittingRegistrant(registrant)) return terminal.misunderstand(registrantUsage)
    const found = await filesToRegister(plain)
    if (!found.ok) return terminal.refuse(found.failure)
    const { files, leftOut } = found.value
    for (const failure of leftOut) terminal.refuse(failure)
    if (leftOut.length > 0) terminal.say(terminal.words.notary.leftOut(leftOut.length))
    const orders = files.map((file) => orderFor(file, registrant))
    const code = await onLine(around, (line) => registerOn(line, orders, around))
    return leftOut.length > 0 && code === exitCodes.done ? exitCodes.refused : code
  },
}

function orderFor({ sha256, bytes, title }: HashedFile, registrant: string): OutboxOrder {
  return {
    id: randomUUID(),
    document: { kind: 'file', sha256, bytes },
    title: fittingTitle(title),
    registrant,
  }
}

async function registerOn(
  line: ControlClient,
  orders: readonly OutboxOrder[],
  { terminal, interrupted }: Surroundings,
): Promise<ExitCode> {
  for (const documents of callsOf(orders)) {
    const taken = await line.call('notary.register', { documents })
    if (!taken.ok) return terminal.refuse(taken.failure)
  }
  const isSettled = await settled(line, interrupted)
  const items = await itemsOf(line, orders)
  if (!items.ok) return terminal.refuse(items.failure)
  if (!isSettled)
    return terminal.refuse({ code: 'timed-out', message: terminal.words.notary.stillWaiting(orders.length) })
  terminal.give(items.value, () => itemTable(items.value, terminal))
  const gone = orders.length - items.value.length
  if (gone > 0) return terminal.refuse({ code: 'not-found', message: terminal.words.notary.takenOut(gone) })
  return items.value.some(({ state }) => state === 'refused') ? exitCodes.refused : exitCodes.done
}

/** As many in a call as it takes. */
function callsOf(orders: readonly OutboxOrder[]): readonly DeskInput<'notary.register'>['documents'][] {
  const calls: OutboxOrder[][] = []
  let bytes = 0
  for (const order of orders) {
    const length = Buffer.byteLength(JSON.stringify(order)) + 1
    const last = calls.at(-1)
    if (last === undefined || last.length >= deskLimits.documentsPerCallMax || bytes + length > callBytesMax) {
      calls.push([order])
      bytes = length
    } else {
      last.push(order)
      bytes += length
    }
  }
  return calls
}

/** The outbox keeps its order: when nothing waits there any more, what was put in before has its place. */
function settled(line: ControlClient, interrupted: Promise<void>): Promise<boolean> {
  return new Promise((resolve) => {
    const look = (topology: TopologySnapshot): boolean => {
      const views = topology.clusters.flatMap(({ nodes }) => nodes.flatMap(({ view }) => view?.desk ?? []))
      const isSettled = views.some(({ outbox }) => outbox.waiting + outbox.sent === 0)
      if (isSettled) resolve(true)
      return isSettled
    }
    void line.call('notary.outbox', { before: null, limit: 1, state: null }).then((page) => {
      // The view of the desk may be older than the call before; what it says itself is not.
      if (page.ok && page.value.counts.waiting + page.value.counts.sent === 0) return resolve(true)
      line.on('topology.changed', (topology) => void look(topology))
      void Promise.race([interrupted, line.closed]).then(() => resolve(false))
    })
  })
}

async function itemsOf(line: ControlClient, orders: readonly OutboxOrder[]): Promise<Result<readonly OutboxItem[]>> {
  const wanted = new Set(orders.map(({ id }) => id))
  const items: OutboxItem[] = []
  for (let before: number | null = null; items.length < wanted.size; ) {
    const page: Result<OutboxPage> = await line.call('notary.outbox', {
      before,
      limit: deskLimits.rowsPerPageMax,
      state: null,
    })
    if (!page.ok) return page
    for (const item of page.value.items) if (wanted.has(item.order.id)) items.push(item)
    if (page.value.next === null) break
    before = page.value.next
  }
  return ok(items.reverse())
}

function itemTable(items: readonly OutboxItem[], { words: { notary } }: Terminal): string {
  const rows = items.map(({ state, record, order, whyRefused }) => [
    notary.states[state],
    record?.index ?? whyRefused,
    state === 'already' && record !== null
      ? notary.registeredBefore(new Date(record.atMs).toISOString(), record.registrant)
      : '',
    order.title,
  ])
  return textTable(['', 'index', '', 'title'], rows)
}
