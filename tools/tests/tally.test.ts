import { describe, expect, it } from 'vitest'
import { failuresOfPlaywright, failuresOfVitest } from '../run/failures.ts'
import { runSteps, type Step } from '../run/steps.ts'
import {
  believe,
  nothing,
  oneFailed,
  onePassed,
  sum,
  tallyOfPlaywright,
  tallyOfVitest,
  describe as words,
} from '../run/tally.ts'

const vitestReport = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] }
const stats = { expected: 2, unexpected: 0, flaky: 0, skipped: 0 }

describe('the tally', () => {
  it('is the last line, word for word', () => {
    expect(words({ passed: 12, failed: 1, skipped: 0 })).toBe('12 passed, 1 failed')
    expect(words({ passed: 12, failed: 0, skipped: 2 })).toBe('12 passed, 0 failed, 2 skipped')
    expect(sum([onePassed, onePassed, oneFailed])).toEqual({ passed: 2, failed: 1, skipped: 0 })
  })

  it('counts a file that could not be loaded as a failure', () => {
    const testResults = [{ name: 'a.test.ts', status: 'failed', message: 'no such module', assertionResults: [] }]
    const report = { ...vitestReport, testResults }
    expect(tallyOfVitest(report)).toEqual({ passed: 3, failed: 1, skipped: 0 })
    expect(failuresOfVitest(report)).toEqual(['a.test.ts\n    no such module'])
  })

  it('counts a flaky test and an error outside any test as failures', () => {
    expect(tallyOfPlaywright({ errors: [{}], stats: { ...stats, flaky: 1 } })).toEqual({
      passed: 2,
      failed: 2,
      skipped: 0,
    })
  })

  it('does not believe a runner that ran nothing, wrote nothing, or ended badly with a clean report', () => {
    expect(believe(null, 0)).toEqual(oneFailed)
    expect(believe(nothing, 0)).toEqual(oneFailed)
    expect(believe({ passed: 3, failed: 0, skipped: 0 }, 1)).toEqual({ passed: 3, failed: 1, skipped: 0 })
    expect(believe({ passed: 3, failed: 0, skipped: 0 }, 0)).toEqual({ passed: 3, failed: 0, skipped: 0 })
  })
})

describe('what failed', () => {
  it('is named with its file and its reason, by either runner', () => {
    const assertionResults = [
      {
        fullName: 'the log keeps what it took',
        status: 'failed',
        failureMessages: ['\u001b[31mexpected 1\u001b[39m\nto be 2'],
      },
      { fullName: 'the log ends', status: 'passed', failureMessages: [] },
    ]
    const testResults = [{ name: 'log.test.ts', status: 'failed', message: '', assertionResults }]
    expect(failuresOfVitest({ ...vitestReport, testResults })).toEqual([
      'log.test.ts › the log keeps what it took\n    expected 1\n    to be 2',
    ])

    const spec = (title: string, status: string) => ({
      file: 'shop.spec.ts',
      title,
      tests: [{ status, results: [{ errors: status === 'unexpected' ? [{ message: 'gone' }] : [] }] }],
    })
    const suites = [
      {
        specs: [spec('opens', 'expected')],
        suites: [{ specs: [spec('sells', 'unexpected'), spec('later', 'skipped')] }],
      },
    ]
    expect(failuresOfPlaywright({ stats, errors: [{ message: 'no display' }], suites })).toEqual([
      'shop.spec.ts › sells\n    gone',
      'outside any test\n    no display',
    ])
  })
})

describe('steps', () => {
  it('share the lanes, run alone where they ask for it, and go on after one that broke', async () => {
    let running = 0
    const together: Record<string, number> = {}
    const printed: string[] = []
    const step = (name: string, alone = false): Step => ({
      name,
      alone,
      run: async () => {
        running += 1
        await new Promise((resolve) => setTimeout(resolve, 20))
        together[name] = running
        await new Promise((resolve) => setTimeout(resolve, 20))
        running -= 1
        if (name === 'broken') throw new Error('no disk')
        if (name === 'unit') return { tally: oneFailed, words: 'shown', failures: ['log.test.ts'] }
        return { tally: onePassed, words: 'not shown' }
      },
    })
    const first = [step('types'), step('lint'), step('unit'), step('sim', true)]
    const steps = [...first, step('broken'), step('e2e', true)]
    const tally = await runSteps(steps, { lanes: 2, print: (text) => printed.push(text) })
    expect(together).toEqual({ types: 2, lint: 2, unit: 1, sim: 1, broken: 1, e2e: 1 })
    expect(tally).toEqual({ passed: 4, failed: 2, skipped: 0 })
    expect(printed).toHaveLength(10)
    expect(printed.slice(-2)).toEqual(['✘ unit: log.test.ts', '✘ broken'])
    expect(printed.find((text) => text.startsWith('Error: no disk'))).toBeDefined()
    expect(printed.join()).not.toContain('not shown')
  })
})
