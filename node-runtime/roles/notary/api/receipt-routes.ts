import type { WitnessList } from '#cores/notary/messages'
import { formatPolicy, majorityPolicy } from '#cores/notary/receipt/policy'
import { formatReceipt } from '#cores/notary/receipt/receipt'
import { parseVerifierKey, type VerifierKey } from '#cores/notary/receipt/verifier-key'
import { anyIndex, give, look, numberIn, textType } from './asking.ts'
import { indexInPath, numberInQuery } from './describe/parameters.ts'
import { withRecord } from './document-routes.ts'
import { badRequest, problem } from './problems.ts'
import type { Asked, Route } from './route.ts'

const checkpoint: Omit<Route, 'path'> = {
  method: 'GET',
  about: 'The newest checkpoint that a majority has co-signed, as a signed note.',
  reads: 'peer',
  parameters: [],
  body: null,
  answers: [{ status: 200, about: 'A tlog-checkpoint.', contentType: textType, schema: null }],
  problems: [503],
  serve: serveCheckpoint,
}

export const receiptRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/receipts/{index}',
    about: 'What proves a record for ever, without asking anybody: tlog-proof@v1.',
    reads: 'state',
    parameters: [indexInPath],
    body: null,
    answers: [{ status: 200, about: 'The receipt.', contentType: textType, schema: null }],
    problems: [404],
    serve: serveReceipt,
  },
  { ...checkpoint, path: '/api/v1/checkpoint' },
  { ...checkpoint, path: '/checkpoint' },
  {
    method: 'GET',
    path: '/api/v1/policy',
    about: 'Whose signatures make a checkpoint count: tlog-policy. Keys from here prove nothing until they are pinned.',
    reads: 'state',
    parameters: [
      numberInQuery(
        'size',
        'Judges checkpoints of this size; the newest co-signed one, and so receipts of now, without it.',
      ),
    ],
    body: null,
    answers: [{ status: 200, about: 'The policy.', contentType: textType, schema: null }],
    problems: [404],
    serve: servePolicy,
  },
]

function serveCheckpoint(asked: Asked): void {
  const { witnessed } = asked.parts.service
  if (witnessed === null) return asked.answer(notWitnessed)
  give(asked, textType, witnessed.note)
}

const notWitnessed = notReady('no checkpoint was co-signed by a majority yet')

function serveReceipt(asked: Asked): void {
  withRecord(asked, ({ index }) => {
    const { witnessed } = asked.parts.service
    if (witnessed === null) return asked.answer(notWitnessed)
    const { size, note } = witnessed
    if (index >= size) return asked.answer(notReady(`the newest co-signed checkpoint ends before record ${index}`))
    look(asked, { kind: 'inclusion', index, size }, ({ proof }) => {
      if (proof === null) return asked.answer(notReady('this peer has not come as far as its newest checkpoint'))
      give(asked, textType, formatReceipt({ record: proof.record, hashes: proof.hashes, note }))
    })
  })
}

function servePolicy(asked: Asked): void {
  const wanted = numberIn(asked.request.query.get('size'), { ...anyIndex, min: 1 })
  if (wanted === null) return asked.answer(badRequest('size is a whole number from 1'))
  look(asked, { kind: 'status' }, ({ logKey, size: present, witnesses }) => {
    // The list in force may be another one already: it judges what is not there yet.
    const size = wanted ?? asked.parts.service.witnessed?.size ?? present
    // A list that is not here yet may judge it.
    if (size > present) return asked.answer(notReady(`this peer has not come as far as ${size}`))
    look(asked, { kind: 'witnesses', size }, (list) => {
      if (witnesses.length > 0 && list.witnesses.length === 0) return asked.answer(neverJudged(size))
      const policy = policyText(asked, logKey, list)
      if (policy === null) return asked.answer(notReady('the notary has no keys yet'))
      give(asked, textType, policy, { 'colmeia-policy-size': String(size) })
    })
  })
}

/** It was there before the first list of witnesses, and no later list takes it over. */
function neverJudged(size: number): ReturnType<typeof problem> {
  return problem({
    code: 'not-found',
    detail: `no checkpoint of ${size} was ever judged, nor will be; ask for a later one`,
  })
}

/** null: nobody could check anything by it. */
function policyText({ parts }: Asked, logKey: string | null, { witnesses, members }: WitnessList): string | null {
  const log = logKey === null ? null : parseVerifierKey(logKey, parts.sha256)
  const keys = witnesses.map(({ key }) => parseVerifierKey(key, parts.sha256))
  const known = keys.filter((key): key is VerifierKey => key !== null)
  if (log === null || known.length === 0 || known.length < keys.length) return null
  return formatPolicy(majorityPolicy(log, known, members))
}

function notReady(detail: string): ReturnType<typeof problem> {
  return problem({ code: 'not-ready', detail })
}
