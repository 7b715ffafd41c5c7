import { toBase64 } from '#kit/base64'
import { toHex } from '#kit/hex'
import type { EndpointAnswer } from '#ports/endpoint'
import { anyIndex, give, jsonType, look, numberIn } from './asking.ts'
import { numberInQuery } from './describe/parameters.ts'
import { badRequest, problem } from './problems.ts'
import type { Asked, Route } from './route.ts'

export const proofRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/proofs/inclusion',
    about: 'Proves by RFC 6962 that a record stands in the tree of a size.',
    reads: 'state',
    parameters: [
      numberInQuery('index', 'Place of the record.', true),
      numberInQuery('size', 'Of the tree; the present one if it is left out.'),
    ],
    body: null,
    answers: [{ status: 200, about: 'The proof.', contentType: jsonType, schema: 'Inclusion' }],
    problems: [404],
    serve: serveInclusion,
  },
  {
    method: 'GET',
    path: '/api/v1/proofs/consistency',
    about: 'Proves by RFC 6962 that a larger tree holds all of a smaller one, unchanged.',
    reads: 'state',
    parameters: [
      numberInQuery('from', 'Size of the smaller tree.', true),
      numberInQuery('to', 'Size of the larger tree; the present one if it is left out.'),
    ],
    body: null,
    answers: [{ status: 200, about: 'The proof.', contentType: jsonType, schema: 'Consistency' }],
    problems: [404],
    serve: serveConsistency,
  },
]

function serveInclusion(asked: Asked): void {
  const { query } = asked.request
  const index = numberIn(query.get('index'), anyIndex)
  const wanted = numberIn(query.get('size'), anyIndex)
  if (index === null || index === undefined) return asked.answer(badRequest('index is a whole number'))
  if (wanted === null) return asked.answer(badRequest('size is a whole number'))
  withSize(asked, wanted, (size) => {
    if (index >= size) return asked.answer(noSuch(`there is no record ${index} in a tree of ${size}`))
    look(asked, { kind: 'root', size }, ({ root }) => {
      look(asked, { kind: 'inclusion', index, size }, ({ proof }) => {
        if (root === null || proof === null) return asked.answer(noTree(size))
        const body = {
          index,
          size,
          leaf: toBase64(proof.leaf),
          hashes: proof.hashes.map(toHex),
          root: toHex(root),
        }
        give(asked, jsonType, JSON.stringify(body))
      })
    })
  })
}

function serveConsistency(asked: Asked): void {
  const { query } = asked.request
  const from = numberIn(query.get('from'), anyIndex)
  const wanted = numberIn(query.get('to'), anyIndex)
  if (from === null || from === undefined) return asked.answer(badRequest('from is a whole number'))
  if (wanted === null) return asked.answer(badRequest('to is a whole number'))
  withSize(asked, wanted, (to) => {
    if (from > to) return asked.answer(badRequest('from is not larger than to'))
    look(asked, { kind: 'root', size: from }, ({ root: fromRoot }) => {
      look(asked, { kind: 'root', size: to }, ({ root: toRoot }) => {
        look(asked, { kind: 'consistency', from, to }, ({ hashes }) => {
          if (fromRoot === null || toRoot === null || hashes === null) return asked.answer(noTree(to))
          const roots = { fromRoot: toHex(fromRoot), toRoot: toHex(toRoot) }
          give(asked, jsonType, JSON.stringify({ from, to, ...roots, hashes: hashes.map(toHex) }))
        })
      })
    })
  })
}

function withSize(asked: Asked, wanted: number | undefined, then: (size: number) => void): void {
  if (wanted !== undefined) return then(wanted)
  look(asked, { kind: 'status' }, ({ size }) => then(size))
}

function noTree(size: number): EndpointAnswer {
  return noSuch(`this peer has no tree of ${size}`)
}

function noSuch(detail: string): EndpointAnswer {
  return problem({ code: 'not-found', detail })
}
