import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { parseCase } from './case-file.ts'

const cli = fileURLToPath(new URL('cli.ts', import.meta.url))
const caseOf = (bug: string) => fileURLToPath(new URL(`cases/raft-${bug}.json`, import.meta.url))
const savedCase = caseOf('forgets-vote')

function sim(...words: string[]): { status: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...words], { encoding: 'utf8' })
  return { status, out: stdout, err: stderr }
}

it('plays many worlds, and says how fast', () => {
  const { status, out } = sim('--runs', '5', '--seed', 'a')
  expect(out).toContain('raft: 5 runs passed, 0 failed')
  expect(out).toMatch(/\d+ simulated seconds a second/)
  expect(status).toBe(0)
})

it('says it in one JSON value', () => {
  const { out } = sim('--runs', '5', '--json')
  expect(JSON.parse(out)).toMatchObject({ core: 'raft', runs: 5, failed: 0, failures: [] })
})

it('plays a case on the right core and under its bug, and ends with 1 where something broke', () => {
  const right = sim('--case', savedCase)
  expect(right.out).toContain('passed. It once broke:')
  expect(right.status).toBe(0)
  const under = sim('--case', savedCase, '--bug', 'forgets-vote')
  expect(under.out).toContain('"one vote per term" broke at tick')
  expect(under.status).toBe(1)
})

it('tells a case as a story', () => {
  const { out } = sim('--case', caseOf('keeps-after-sending'), '--bug', 'keeps-after-sending', '--story')
  expect(out).toMatch(/\d+: n\d loses power/)
  expect(out).toMatch(/\d+: n\d -> n\d {"kind":"vote-request"/)
})

it('finds a bug, shrinks it, saves it as a case, and prints the line that plays it again', () => {
  const folder = mkdtempSync(join(tmpdir(), 'colmeia-sim-'))
  try {
    const file = join(folder, 'found.json')
    const { status, out } = sim('--bug', 'votes-twice', '--shrink', '--save', file)
    expect(status).toBe(0)
    const line = /replay: {2}npm run sim -- (.*)/.exec(out)?.[1]?.split(' ') ?? []
    expect(line).toEqual(['--core', 'raft', '--case', expect.any(String), '--bug', 'votes-twice'])
    expect(parseCase(readFileSync(file, 'utf8'))).toMatchObject({ ok: true, value: { bug: 'votes-twice' } })
    expect(sim('--case', file, '--bug', 'votes-twice').status).toBe(1)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

it('ends with 1 where a bug that was to be found was not', () => {
  const { status, out } = sim('--bug', 'leaves-old-leaders-untold', '--runs', '1')
  expect(out).toContain('not found in 1 seeds')
  expect(status).toBe(1)
})

it('refuses what it does not know with what there is', () => {
  const folder = mkdtempSync(join(tmpdir(), 'colmeia-sim-'))
  try {
    const broken = join(folder, 'broken.json')
    writeFileSync(broken, '{"broke": 1}')
    for (const [words, said] of [
      [['--core', 'paxos'], 'raft'],
      [['--bug', 'gremlin'], 'forgets-vote'],
      [['--runs', 'many'], 'whole number'],
      [['--speed', '9'], 'speed'],
      [['--case', broken], 'what it once broke'],
      [['--case', join(folder, 'absent.json')], 'absent.json'],
    ] as const) {
      const { status, err } = sim(...words)
      expect(err).toContain(said)
      expect(err).not.toMatch(/^\s+at /m)
      expect(status).toBe(1)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
})
