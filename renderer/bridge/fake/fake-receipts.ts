import type { CheckStep, CheckVerdict, PolicyView, ReceiptSource, RecordView } from '#contract/worker/desk'

export const fakeOrigin = 'colmeia.local/default/notary'
const fingerprint = (name: string): string => `${name.length}a41 77c0 93f2 5e18`
const witnesses = ['notary-1', 'notary-2', 'notary-3'].map((name) => ({
  name: `${fakeOrigin}/${name}`,
  fingerprint: fingerprint(name),
}))

export const fakeKeys = {
  log: { name: fakeOrigin, fingerprint: '5f0c 8812 b3de 40a9' },
  witnesses,
  policy: [
    `log ${fakeOrigin}+5f0c8812+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k`,
    ...witnesses.map(
      ({ name }, index) => `witness w${index + 1} ${name}+5f0c8812+BOkyeRrm56hApGFkyQR4ZCbV54Id2LKaANYc`,
    ),
    'group majority 2 w1 w2 w3',
    'quorum majority',
    '',
  ].join('\n'),
} as const

export const fakePolicy: PolicyView = {
  fingerprint: 'c0de 1f00 77aa 9b21',
  origin: fakeOrigin,
  text: fakeKeys.policy,
  witnesses: 3,
  quorum: 2,
  isOwn: true,
  isApproved: false,
}

/** Looks like one, and says which record it is of. */
export function fakeReceipt(record: RecordView, size: number): string {
  const line = btoa(record.hash.slice(0, 32))
  const checkpoint = [fakeOrigin, String(size), line, '', `— ${fakeOrigin} ${line}`, `— ${witnesses[0]?.name} ${line}`]
  return ['c2sp.org/tlog-proof@v1', `extra ${line}`, `index ${record.index}`, line, line, '', ...checkpoint, ''].join(
    '\n',
  )
}

export function fakeVerdict(
  source: ReceiptSource,
  sha256: string | null,
  notary: { readonly isApproved: boolean; record(index: number): RecordView | null },
): CheckVerdict {
  const text = source.kind === 'text' ? source.text : ''
  const record = notary.record(Number(/^index (\d+)$/m.exec(text)?.[1] ?? Number.NaN))
  if (record === null || Number.isNaN(record.index)) return { ...nothing, kind: 'not-a-receipt' }
  const { index, title, registrant, atMs, errorMs, leader, term } = record
  const facts = { index, title, registrant, sha256: record.sha256, atMs, errorMs, leader, term }
  const isOther = sha256 !== null && sha256 !== record.sha256
  const kind = isOther ? 'other-document' : notary.isApproved ? 'proven' : 'unknown-keys'
  const steps: CheckStep[] = [
    {
      check: 'document',
      outcome: sha256 === null ? 'not-made' : isOther ? 'wrong' : 'right',
      values: [record.sha256, ...(sha256 === null ? [] : [sha256])],
    },
    { check: 'leaf', outcome: isOther ? 'not-made' : 'right', values: [record.hash] },
    { check: 'path', outcome: isOther ? 'not-made' : 'right', values: [record.previousHash] },
    { check: 'log-signature', outcome: isOther ? 'not-made' : 'right', values: [fakeKeys.log.fingerprint] },
    { check: 'witnesses', outcome: isOther ? 'not-made' : 'right', values: ['2', '3'] },
    { check: 'policy', outcome: isOther ? 'not-made' : notary.isApproved ? 'right' : 'wrong', values: [] },
  ]
  return {
    kind,
    facts: kind === 'proven' ? facts : null,
    steps,
    origin: fakeOrigin,
    size: index + 1,
    log: fakeKeys.log,
    witnesses: witnesses.slice(0, 2).map((witness) => ({ ...witness, isApproved: notary.isApproved })),
  }
}

const nothing = { facts: null, steps: [], origin: null, size: null, log: null, witnesses: [] } as const
