import { toHex } from '#kit/hex'
import { give, jsonType, look } from './asking.ts'
import type { Asked, Route } from './route.ts'

export const statusRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/status',
    about: 'How this peer stands, and what it has. Of a wrong copy (`broken`), size, root and head may be wrong too.',
    reads: 'state',
    parameters: [],
    body: null,
    answers: [{ status: 200, about: 'Facts of this peer.', contentType: jsonType, schema: 'Status' }],
    problems: [],
    serve: serveStatus,
  },
  {
    method: 'GET',
    path: '/api/v1/members',
    about: 'Who belongs to the notary, as far as this peer knows.',
    reads: 'peer',
    parameters: [],
    body: null,
    answers: [{ status: 200, about: 'All members.', contentType: jsonType, schema: 'Members' }],
    problems: [],
    serve: serveMembers,
  },
]

function serveStatus(asked: Asked): void {
  const { service } = asked.parts
  look(asked, { kind: 'status' }, ({ origin, logKey, size, root, head, witnesses }) => {
    const { nodeId, isLeader, leader, term, hearsMajority, lagEntries, broken, leaderSilentMs } = service.standing
    const body = {
      nodeId,
      origin,
      logKey,
      size,
      root: toHex(root),
      head,
      isLeader,
      leader,
      term,
      hearsMajority,
      lagEntries,
      broken,
      leaderSilentMs,
      witnessedSize: service.witnessed?.size ?? 0,
      witnesses: witnesses.map(({ name, key }) => ({ name, key })),
    }
    give(asked, jsonType, JSON.stringify(body))
  })
}

function serveMembers(asked: Asked): void {
  const { term, leader, members } = asked.parts.service.standing
  const shown = members.map(({ nodeId, isVoter, address }) => ({
    nodeId,
    isVoter,
    isLeader: nodeId === leader,
    address,
  }))
  give(asked, jsonType, JSON.stringify({ term, members: shown }))
}
