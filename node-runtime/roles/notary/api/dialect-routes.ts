import type { RegisterOutcome } from '#cores/notary/messages'
import {
  blockKnown,
  blockMissing,
  blockRefused,
  type ClaimedBlock,
  type DialectAnswer,
  type DialectBlock,
  documentMissing,
  healthy,
  htmlType,
  jsonType,
  notLeader,
  page,
  readRegister,
  readSync,
  registered,
  status,
} from '#dialects/notary/index'
import type { Result } from '#kit/result'
import type { EndpointAnswer } from '#ports/endpoint'
import { give, look } from './asking.ts'
import { serveChain } from './chain-pieces.ts'
import { idempotencyKey } from './describe/parameters.ts'
import type { SchemaName } from './describe/schemas.ts'
import { failureProblem, leaderOf, problem } from './problems.ts'
import { dialectBlock } from './record-json.ts'
import { badKey, refusedProblem } from './register-routes.ts'
import { readKey } from './registrations.ts'
import type { AnswerShape, Asked, Route } from './route.ts'

/** What the notary's older programs ask. SPEC.md of dialects/notary has the facts. */
export function dialectRoutes(dialect: 'A' | 'B'): readonly Route[] {
  const [chain, shown, recorded] =
    dialect === 'B' ? (['ChainB', 'StatusB', 'RegisteredB'] as const) : (['ChainA', 'StatusA', 'RegisteredA'] as const)
  const none = { parameters: [], body: null, problems: [] }
  return [
    {
      ...none,
      method: 'POST',
      path: '/register',
      about: 'Registers a text. Without a key it is always recorded, also if it stands in the chain already.',
      reads: null,
      parameters: [idempotencyKey],
      body: 'DialectDocument',
      answers: [
        json(201, 'On the disks of a majority.', recorded),
        json(400, 'No document, or an empty one.', 'DialectError'),
        html(400, 'No JSON.'),
        json(403, 'This peer does not lead.', 'DialectError'),
      ],
      problems: [400, 413, 422, 503, 504],
      serve: serveRegister,
    },
    {
      ...none,
      method: 'POST',
      path: '/sync',
      about: 'Says whether a block stands in the chain. Changes nothing.',
      reads: null,
      body: 'DialectBlock',
      answers: [
        json(200, 'Exactly this block stands in the chain.', 'DialectMessage'),
        json(400, 'No block, or one without its parts.', 'DialectError'),
        html(400, 'No JSON.'),
        json(409, 'It does not stand in the chain.', 'DialectError'),
      ],
      problems: [413, 503],
      serve: serveSync,
    },
    {
      ...none,
      method: 'GET',
      path: '/blockchain',
      about: 'The whole chain, genesis first.',
      reads: 'state',
      answers: [json(200, 'All blocks.', chain)],
      serve: serveChain,
    },
    {
      ...none,
      method: 'GET',
      path: '/status',
      about: 'How this peer stands.',
      reads: 'state',
      answers: [json(200, 'As the original tells it.', shown)],
      serve: serveStatus,
    },
    {
      ...none,
      method: 'GET',
      path: '/health',
      about: 'Whether somebody serves here at all.',
      reads: null,
      answers: [json(200, 'Yes.', 'Health')],
      serve: ({ answer }) => answer(shownAs(healthy)),
    },
  ]
}

function json(code: number, about: string, schema: SchemaName): AnswerShape {
  return { status: code, about, contentType: jsonType, schema }
}

function html(code: number, about: string): AnswerShape {
  return { status: code, about, contentType: htmlType, schema: null }
}

/** Made once for each type: this is answered thousands of times a second. */
const headersOf = { [jsonType]: { 'content-type': jsonType }, [htmlType]: { 'content-type': htmlType } } as const

export function shownAs({ status: code, contentType, body }: DialectAnswer): EndpointAnswer {
  return { status: code, headers: headersOf[contentType], body }
}

function serveRegister({ parts, request, answer }: Asked): void {
  const { service, dialect } = parts
  if (!service.standing.isLeader) return answer(notLeading(parts))
  const { headers } = request
  const id = readKey(headers['idempotency-key'])
  if (id === null) return answer(badKey)
  const read = readRegister(headers['content-type'], request.body)
  if (read.kind === 'too-long') return answer(refusedProblem('too-large'))
  if (read.kind === 'no-json') return answer(shownAs(page(400)))
  if (read.kind === 'no-document') return answer(shownAs(documentMissing))
  const document = { kind: 'text', text: read.text } as const
  const registration = { id: id ?? null, document, title: '', registrant: '' }
  service.register({ registrations: [registration], duplicates: 'recorded' }, (result) => {
    answer(registerAnswer(result, parts, dialect))
  })
}

function registerAnswer(
  result: Result<readonly RegisterOutcome[]>,
  parts: Asked['parts'],
  dialect: 'A' | 'B',
): EndpointAnswer {
  const { standing } = parts.service
  if (!result.ok) {
    return result.failure.code === 'not-leader' ? notLeading(parts) : failureProblem(result.failure, standing)
  }
  const outcome = result.value[0]
  if (outcome === undefined) return problem({ code: 'internal', detail: 'the registration was answered with nothing' })
  if (outcome.kind === 'refused') return refusedProblem(outcome.why)
  return shownAs(registered(dialect, dialectBlock(outcome.record)))
}

function notLeading({ service, dialect }: Asked['parts']): EndpointAnswer {
  return shownAs(notLeader(dialect, leaderOf(service.standing)?.address ?? null))
}

function serveSync(asked: Asked): void {
  const { request, answer } = asked
  const read = readSync(request.headers['content-type'], request.body)
  if (read.kind === 'too-long') return answer(noSuchBlock)
  if (read.kind === 'no-json') return answer(shownAs(page(400)))
  if (read.kind === 'no-block') return answer(shownAs(blockMissing))
  const { block } = read
  look(asked, { kind: 'records', from: block.index, limit: 1, order: 'up' }, ({ records }) => {
    const own = records[0]
    const isOurs = own !== undefined && isSameBlock(dialectBlock(own), block)
    answer(shownAs(isOurs ? blockKnown : blockRefused))
  })
}

const noSuchBlock = problem({ code: 'too-large', detail: 'no block of the chain is as long as that' })

function isSameBlock(own: DialectBlock, claimed: ClaimedBlock): boolean {
  return (
    own.index === claimed.index &&
    own.timestamp === claimed.timestamp &&
    own.data === claimed.data &&
    own.previousHash === claimed.previousHash &&
    own.hash === claimed.hash
  )
}

function serveStatus(asked: Asked): void {
  const { service, dialect } = asked.parts
  look(asked, { kind: 'status' }, ({ size }) => {
    const { nodeId, isLeader, hearsMajority, members } = service.standing
    const address = members.find((member) => member.nodeId === nodeId)?.address || nodeId
    const { body } = status(dialect, { chainLength: size, isLeader, hearsMajority, nodeId, address })
    give(asked, jsonType, body)
  })
}
