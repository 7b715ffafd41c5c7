import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { faultKinds } from '#contract/worker/faults'
import { failures } from '#kit/failures'

const page = readFileSync(new URL('../../docs/FAULTS.md', import.meta.url), 'utf8')

describe('docs/FAULTS.md', () => {
  it('explains every fault, and no other', () => {
    expect(firstCells(section('## Faults'))).toEqual([...faultKinds])
  })

  it('explains every failure code, says truly whether it is definite, and names no other', () => {
    const rows = tableRows(section('## Failures')).map(([code, definite]) => [code, definite])
    expect(rows).toEqual(Object.entries(failures).map(([code, { definite }]) => [code, definite ? 'yes' : 'no']))
  })
})

function section(title: string): string {
  const from = page.indexOf(`${title}\n`)
  const to = page.indexOf('\n## ', from + title.length)
  return page.slice(from, to === -1 ? undefined : to)
}

/** Rows of the tables whose first cell is a code. */
function tableRows(text: string): string[][] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll('`', '')),
    )
}

function firstCells(text: string): (string | undefined)[] {
  return tableRows(text).map(([first]) => first)
}
