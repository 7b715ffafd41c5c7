import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { caseText, parseCase } from './case-file.ts'
import { simulations } from './subjects/all.ts'

const folder = new URL('cases/', import.meta.url)
const cases = readdirSync(folder).map((file) => {
  const text = readFileSync(new URL(file, folder), 'utf8')
  const read = parseCase(text)
  if (!read.ok) throw new Error(`${file}: ${read.failure.message}`)
  return { file, text, ...read.value }
})

describe.each(cases)('$file', ({ text, broke, property, bug, scenario }) => {
  const simulation = simulations.get(scenario.core)!

  it('passes on the right core', () => {
    expect(simulation.run(scenario, null).verdict).toEqual({ kind: 'passed' })
  })

  it.runIf(bug !== null)('still fails under its bug, with its property', () => {
    expect(simulation.run(scenario, bug).verdict).toMatchObject({ kind: 'failed', property })
  })

  it('says what it once broke, and is written as the command line writes it', () => {
    expect(broke).toMatch(/\.$/)
    expect(caseText({ broke, property, bug, scenario })).toBe(text)
  })
})

it('has a case for every planted bug', () => {
  for (const simulation of simulations.values()) {
    const saved = cases.filter(({ scenario }) => scenario.core === simulation.core).map(({ bug }) => bug)
    expect(saved).toEqual(expect.arrayContaining(simulation.bugs.map(({ name }) => name)))
  }
})
