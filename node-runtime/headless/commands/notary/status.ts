import type { DeskNotaryStatus, NotaryPeerView } from '#contract/worker/desk'
import type { HttpDialect } from '#contract/worker/dialects'
import { age } from '../../age.ts'
import type { Command } from '../../command.ts'
import { onLine } from '../../on-line.ts'
import { textTable } from '../../table.ts'
import { exitCodes, type Terminal } from '../../terminal.ts'
import { notaryIn } from './dialect.ts'

export const status: Command = {
  options: {},
  async run({ plain }, around) {
    const { terminal } = around
    if (plain.length > 0) return terminal.misunderstand('colmeia notary status')
    return onLine(around, async (line) => {
      const found = await line.call('notary.status', {})
      if (!found.ok) return terminal.refuse(found.failure)
      const topology = await line.call('topology.get', {})
      if (!topology.ok) return terminal.refuse(topology.failure)
      const dialect = notaryIn(topology.value)?.dialect ?? null
      terminal.give({ ...found.value, dialect }, () => statusText({ ...found.value, dialect }, terminal))
      return exitCodes.done
    })
  },
}

interface Shown extends DeskNotaryStatus {
  readonly dialect: HttpDialect | null
}

function statusText(found: Shown, { words: { notary } }: Terminal): string {
  const now = Date.now()
  const counts = Object.entries(found.counts).filter(([, count]) => count > 0)
  return [
    `${found.origin ?? '–'}  ${notary.size(found.size, found.witnessedSize)}`,
    found.policy === null ? notary.keysUnknown : notary.keys(found.witnesses.length, found.isApproved),
    counts.map(([state, count]) => `${state}: ${count}`).join('  '),
    textTable(
      [
        'peer',
        'leads',
        'size',
        'head',
        found.dialect === null ? 'http' : `http (${found.dialect})`,
        'examined',
        'heard',
      ],
      found.peers.map((peer) => peerRow(peer, found.leader, now)),
    ),
  ]
    .filter((line) => line !== '')
    .join('\n')
}

function peerRow(peer: NotaryPeerView, leader: string | null, now: number): (string | number | null)[] {
  const { nodeId, size, head, http, examination, heardWallMs } = peer
  return [
    nodeId,
    nodeId === leader ? '♛' : '',
    size,
    head === null ? null : head.slice(0, 16),
    http,
    examined(examination),
    heardWallMs === null ? null : age(now - heardWallMs),
  ]
}

function examined(examination: NotaryPeerView['examination']): string {
  if (!('index' in examination)) return examination.kind
  const place = `${examination.kind} ${examination.index}`
  return examination.kind === 'broken' && examination.isHealing ? `${place}, healing` : place
}
