/**
 * The closed lists of what crosses the window's edge. No imports here: the preload carries this file and little else.
 * What each name takes and gives stands in contract.ts.
 */
export const callNames = [
  'app.info',
  'lab.reset',
  'topology.get',
  'clusters.start',
  'clusters.stop',
  'nodes.start',
  'nodes.stop',
  'nodes.tables',
  'nodes.rows',
  'nodes.handOver',
  'faults.inject',
  'faults.clear',
  'faults.clearAll',
  'recording.page',
  'notary.register',
  'notary.outbox',
  'notary.clearOutbox',
  'notary.status',
  'notary.records',
  'notary.find',
  'notary.receipt',
  'notary.certificate',
  'notary.check',
  'notary.chain',
  'notary.examine',
  'notary.tamper',
  'notary.repair',
  'notary.policies',
  'notary.approve',
  'notary.withdraw',
  'settings.get',
  'settings.set',
  'windows.open',
] as const

export const eventNames = ['topology.changed', 'recording.appended', 'settings.changed', 'problem.raised'] as const

export type CallName = (typeof callNames)[number]
export type EventName = (typeof eventNames)[number]

/**
 * Electron's own channels. A call is an invoke; `listen` says which events the page wants, the whole list each time;
 * `taken` says of each event sent that the page had it, so that nothing piles up before a page that stands still.
 */
export const ipcChannels = {
  call: 'colmeia:call',
  listen: 'colmeia:listen',
  event: 'colmeia:event',
  taken: 'colmeia:taken',
} as const
