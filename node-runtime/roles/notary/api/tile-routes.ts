import { type NotaryRecord, notaryLimits } from '#cores/notary/messages'
import { encodeLeaf } from '#cores/notary/receipt/leaf'
import { anyIndex, give, look } from './asking.ts'
import { textIn } from './describe/parameters.ts'
import { badRequest, problem } from './problems.ts'
import type { Asked, Route } from './route.ts'

const bytesType = 'application/octet-stream'
const about = 'Such as `067`, `x001/x234/067`, or `000.p/17` for the first 17 of one that is not full yet.'
const pattern = '^(x[0-9]{3}/)*[0-9]{3}(\\.p/[0-9]{1,3})?$'

/** The tree as tlog-tiles has it. Not to be kept in a cache for ever: a lab that is reset has another log here. */
export const tileRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/tile/{level}/{tile...}',
    about:
      'Hashes of the tree, 256 a tile; at the level `entries`, the leaves themselves, each with its length before it.',
    reads: 'state',
    parameters: [
      textIn('path', 'level', 'A number, or `entries`.', '^([0-9]{1,2}|entries)$'),
      textIn('path', 'tile', about, pattern),
    ],
    body: null,
    answers: [{ status: 200, about: 'The tile.', contentType: bytesType, schema: null }],
    problems: [404],
    serve: serveTile,
  },
]

export interface TilePath {
  readonly tile: number
  readonly width: number
}

/** null: not the one way to write a tile's number. */
export function readTilePath(path: string): TilePath | null {
  const match = /^((?:x\d{3}\/){0,4}\d{3})(?:\.p\/([1-9]\d{0,2}))?$/.exec(path)
  const number = match?.[1]
  if (number === undefined || number.startsWith('x000/')) return null
  const width = match?.[2] === undefined ? notaryLimits.tileWidth : Number(match[2])
  const isPartial = match?.[2] !== undefined
  if (isPartial && width >= notaryLimits.tileWidth) return null
  return { tile: Number(number.replaceAll(/[x/]/g, '')), width }
}

const levelMax = 7
const noTile = problem({ code: 'not-found', detail: 'this peer has no such tile, or not so much of it' })

function serveTile(asked: Asked): void {
  const [level = '', path = ''] = asked.places
  const read = readTilePath(path)
  if (read === null) return asked.answer(badRequest('that is no number of a tile'))
  const { tile, width } = read
  // No record has such a place, and a larger number could not even be asked for.
  if (tile > anyIndex.max / notaryLimits.tileWidth) return asked.answer(noTile)
  if (level === 'entries') return gatherLeaves(asked, { from: tile * notaryLimits.tileWidth, width, found: [] })
  if (!/^(0|[1-9]\d?)$/.test(level)) return asked.answer(badRequest('that is no level of the tree'))
  if (Number(level) > levelMax) return asked.answer(noTile)
  look(asked, { kind: 'tile', level: Number(level), tile, width }, ({ hashes }) => {
    if (hashes === null) return asked.answer(noTile)
    give(asked, bytesType, hashes)
  })
}

interface Gathered {
  readonly from: number
  readonly width: number
  readonly found: readonly NotaryRecord[]
}

/** Records with long texts come a few at a time. */
function gatherLeaves(asked: Asked, { from, width, found }: Gathered): void {
  const limit = width - found.length
  look(asked, { kind: 'records', from: from + found.length, limit, order: 'up' }, ({ records }) => {
    if (records.length === 0) return asked.answer(noTile)
    const all = [...found, ...records]
    if (all.length < width) return gatherLeaves(asked, { from, width, found: all })
    give(asked, bytesType, bundleOf(all))
  })
}

function bundleOf(records: readonly NotaryRecord[]): Uint8Array {
  const leaves = records.map(encodeLeaf)
  const bundle = new Uint8Array(leaves.reduce((bytes, leaf) => bytes + 2 + leaf.length, 0))
  let at = 0
  for (const leaf of leaves) {
    bundle[at] = leaf.length >> 8
    bundle[at + 1] = leaf.length & 0xff
    bundle.set(leaf, at + 2)
    at += 2 + leaf.length
  }
  return bundle
}
