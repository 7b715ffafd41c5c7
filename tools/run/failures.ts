/** Which tests failed, and why, from the runners' own reports. Pure. */

import { stripVTControlCharacters } from 'node:util'
import type { PlaywrightReport, PlaywrightSuite, VitestReport } from './tally.ts'

const linesMax = 20

/** A file that could not even be loaded has failed with all the tests that it may have. */
export function failuresOfVitest({ testResults }: VitestReport): readonly string[] {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    if (assertionResults.length === 0) return status === 'failed' ? [failure(name, message)] : []
    const failed = assertionResults.filter((test) => test.status === 'failed')
    return failed.map((test) => failure(`${name} › ${test.fullName}`, test.failureMessages.join('\n')))
  })
}

export function failuresOfPlaywright({ suites, errors }: PlaywrightReport): readonly string[] {
  return [...suites.flatMap(failuresIn), ...errors.map(({ message }) => failure('outside any test', message))]
}

function failuresIn({ suites = [], specs }: PlaywrightSuite): readonly string[] {
  const failed = specs.flatMap(({ file, title, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ results }) => {
        const messages = results.flatMap((result) => result.errors.map(({ message = '' }) => message))
        return failure(`${file} › ${title}`, messages.join('\n'))
      }),
  )
  return [...failed, ...suites.flatMap(failuresIn)]
}

function failure(name: string, why = ''): string {
  const lines = stripVTControlCharacters(why).trimEnd().split('\n').slice(0, linesMax)
  return [name, ...lines.map((line) => `    ${line}`)].join('\n')
}
