import { idPattern, type NodeId } from '#kit/ids'
import type { BullyMessage, RankedServer, RankMessage } from './messages.ts'
import { serversMax } from './server-list.ts'

/** The largest rank there may be; a reference gives them out one by one. */
export const rankMax = 2 ** 31

/** A message as a peer sent it, or null if it is none. Builds a new value: what was not asked for does not come in. */
export function parseBullyMessage(value: unknown): BullyMessage | null {
  if (!isRecord(value)) return null
  const { kind } = value
  return kind === 'election' || kind === 'answer' || kind === 'coordinator' ? { kind } : null
}

/** As `parseBullyMessage`. */
export function parseRankMessage(value: unknown): RankMessage | null {
  if (!isRecord(value)) return null
  const { kind } = value
  return kind === 'election' || kind === 'ok' || kind === 'coordinator' ? { kind } : null
}

/** The list of a reference, each server once; or null. Two servers of one rank are let in: the ids tell them apart. */
export function parseServerList(value: unknown): readonly RankedServer[] | null {
  if (!Array.isArray(value) || value.length > serversMax) return null
  const servers = value.map(parseServer)
  const known = servers.filter((server) => server !== null)
  const names = new Set(known.map(({ node }) => node))
  return names.size === value.length ? known : null
}

function parseServer(value: unknown): RankedServer | null {
  if (!isRecord(value)) return null
  const { node, rank } = value
  if (typeof node !== 'string' || !idPattern.test(node)) return null
  if (typeof rank !== 'number' || !Number.isInteger(rank) || rank < 0 || rank > rankMax) return null
  return { node: node as NodeId, rank } // its shape was checked two lines above
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
