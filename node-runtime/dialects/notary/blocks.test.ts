import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { blockJson, chainFrame, type DialectBlock } from './blocks.ts'
import { notLeader, page, registered, status } from './index.ts'

const heard = readFileSync(new URL('testing/notary-http.txt', import.meta.url), 'utf8')
const [, formB = '', formA = ''] = heard.split('######## dialect ')

const genesis: DialectBlock = {
  index: 0,
  timestamp: '2022-12-31T21:00:00',
  atMs: 1_672_520_400_000,
  data: 'Genesis Block',
  previousHash: '0',
  hash: '2fe67b34b3f7407b189af5ae8715eb3d5f76deec57c08b4079cf8f329926076e',
}
const contract: DialectBlock = {
  index: 1,
  timestamp: '2026-11-21T01:38:40.538947',
  atMs: 1_795_225_120_538.947,
  data: 'Contrato nº 1',
  previousHash: genesis.hash,
  hash: '69a6524e277255aa27a02ef68b1ed43f301baf9399d3e37c5d4e698b768c1e8f',
}

describe('the dialects, to the letter of the recording', () => {
  it('DN1 DN6 DN11 B tells the whole block of a registration', () => {
    expect(formB).toContain(`${registered('B', contract).body} [HTTP 201]`)
  })

  it('DN8 B frames a chain', () => {
    const { before, after } = chainFrame('B')
    expect(formB).toContain(`${before}${blockJson('B', genesis)},${blockJson('B', contract)}${after} [HTTP 200]`)
  })

  it('DN6 DN12 A tells less of a block, and its time as a number', () => {
    const hash = 'c707dee603e7bb3880a3fb74f90b1fa0e1d5ccef5882a135601dd65f13a4344d'
    const block = { ...contract, hash, atMs: 1_795_225_158_790.7615 }
    expect(formA).toContain(`${registered('A', block).body} [HTTP 201]`)
    expect(formA).toContain(`${blockJson('A', block)}${chainFrame('A').after} [HTTP 200]`)
  })

  it('DN12 A keeps the fraction of whole seconds', () => {
    expect(blockJson('A', genesis)).toContain('"timestamp":1672520400.0}')
  })

  it('DN4 refuses where it does not lead', () => {
    expect(formB).toContain(`${notLeader('B', 'node1:5001').body} [HTTP 403]`)
    expect(notLeader('B', null).body).toContain('"leader_hint":"Nenhum"')
    expect(formA).toContain(`${notLeader('A', 'node1:5001').body} [HTTP 403]`)
  })

  it.each([
    [1, true],
    [2, false],
  ])('DN9 tells how it stands (node %i)', (number, isLeader) => {
    const facts = { chainLength: 1, isLeader, hearsMajority: true }
    const node = { nodeId: `notary-${number}`, address: `node${number}:500${number}` }
    expect(formB).toContain(`${status('B', { ...facts, ...node }).body} [HTTP 200]`)
    expect(formA).toContain(`${status('A', { ...facts, ...node }).body} [HTTP 200]`)
  })

  it.each([400, 404, 405] as const)('DN2 DN3 has the title of page %i', (code) => {
    const [doctype, , title] = page(code).body.split('\n')
    expect(formB).toContain(`${doctype}\n${title}\n [HTTP ${code}]`)
  })
})
