import { describe, expect, it } from 'vitest'
import { endOf } from './history.ts'
import { checkLinearizable, type Verdict } from './linearizable.ts'
import { list } from './models/list.ts'
import { register } from './models/register.ts'
import { registerServer } from './testing/servers.ts'
import { append, cas, lost, read, readList, write } from './testing/words.ts'
import { drawHistory } from './testing/worlds.ts'

describe('a counter-example', () => {
  it('KC2 is a few lines out of many, with who, when, what and the answer', () => {
    const story = [
      write('ana', [1, 2], 1),
      cas('rui', [3, 8], { expected: 1, value: 2 }, true),
      read('eva', [4, 5], 1),
      write('ana', [6, 7], 3),
      lost(write('rui', [9, 10], 4)),
      read('eva', [11, 12], 3),
      read('ana', [13, 14], 2),
      read('eva', [15, 16], 3),
    ]
    expect(textOf(checkLinearizable(register, story))).toMatchInlineSnapshot(`
      "key k: no order explains these answers (cut from 8 operations; nothing more can be left out)
        ana  ├┤        1 to 2    write 1     done
        rui    ├──┤    3 to 8    cas 1 to 2  done
        ana     ├┤     6 to 7    write 3     done
        ana        ├┤  13 to 14  read        2"
    `)
  })

  it('KH3 shows that nobody knows how something ended', () => {
    const story = [
      write('ana', [1, 2], 1),
      lost(write('rui', [3, 4], 2)),
      read('eva', [5, 6], 2),
      read('eva', [7, 8], 1),
    ]
    expect(textOf(checkLinearizable(register, story))).toMatchInlineSnapshot(`
      "key k: no order explains these answers (cut from 4 operations; nothing more can be left out)
        ana  ├┤        1 to 2  write 1  done
        rui    ├────╌  from 3  write 2  ?
        eva     ├┤     5 to 6  read     2
        eva       ├┤   7 to 8  read     1"
    `)
  })

  it('KC3 keeps the write of which a read tells: without it any read would be a wonder', () => {
    const story = [write('a', [1, 2], 1), write('a', [3, 4], 2), read('b', [5, 6], 1)]
    expect(operationsOf(checkLinearizable(register, story))).toEqual(story)
  })

  it('KC3 cuts a chain of cas: what the first one found need not be told', () => {
    const chain = Array.from({ length: 40 }, (_, link) =>
      cas('a', [10 * link, 10 * link + 1], { expected: link === 0 ? null : link, value: link + 1 }, true),
    )
    const verdict = checkLinearizable(register, [...chain, read('b', [500, 501], 20)])
    expect(operationsOf(verdict)).toMatchObject([
      { op: { kind: 'write', value: 20 } },
      { op: { kind: 'write' }, invokedAt: 380 },
      { op: { kind: 'read' }, ending: { answer: 20 } },
    ])
  })

  it('KC3 keeps a cas that missed, if nothing that is left out can be what it met', () => {
    const before = Array.from({ length: 40 }, (_, count) => write('a', [10 * count, 10 * count + 1], `w${count}`))
    const story = [write('a', [500, 501], 1), cas('b', [502, 503], { expected: 1, value: 2 }, false)]
    expect(operationsOf(checkLinearizable(register, [...before, ...story]))).toEqual(story)
  })

  it('KC4 takes a value that does not matter out of all lists', () => {
    const story = [
      append('a', [1, 2], 'x'),
      append('a', [3, 4], 'y'),
      append('b', [5, 6], 'z'),
      readList('c', [7, 8], ['x', 'z', 'y']),
    ]
    expect(textOf(checkLinearizable(list, story))).toMatchInlineSnapshot(`
      "key k: no order explains these answers (cut from 4 operations; nothing more can be left out)
        a  ├┤      3 to 4  append "y"  done
        b    ├┤    5 to 6  append "z"  done
        c      ├┤  7 to 8  read        ["z" "y"]"
    `)
  })

  it('KC2 of two wrongs the first is kept', () => {
    const story = [write('a', [1, 2], 1), read('b', [3, 4], null), write('a', [5, 6], 2), read('b', [7, 8], 1)]
    expect(operationsOf(checkLinearizable(register, story))).toEqual(story.slice(0, 2))
  })

  it('KS8 is as small as the budget lets it become, and says so', () => {
    const world = { seed: 'big', operations: 2_000, keys: 1, processes: 8, unknown: 10, slowPerMille: 0 }
    const server = registerServer({ reads: 5, writes: 2, values: null })
    const history = drawHistory({ ...world, server })
    const last = Math.max(...history.map(endOf).filter(Number.isFinite))
    const broken = [...history, { ...read('late', [last + 1, last + 2], 'never written'), key: 'k0' }]
    const verdict = checkLinearizable(register, broken, { shrinkStepsMax: 1 })
    expect(verdict).toMatchObject({ kind: 'invalid', counterExample: { isMinimal: false, cutFrom: 2_001 } })
    const lines = textOf(verdict).split('\n')
    expect(lines[0]).toContain('the budget ended before more could be left out')
    expect(lines.length).toBeLessThan(70)
    expect(lines.at(-1)).toMatch(/^ {2}and \d+ more$/)
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(160)
  })
})

function textOf(verdict: Verdict<unknown, unknown>): string {
  return verdict.kind === 'invalid' ? verdict.counterExample.text : verdict.kind
}

function operationsOf(verdict: Verdict<unknown, unknown>): unknown {
  return verdict.kind === 'invalid' ? verdict.counterExample.operations : verdict.kind
}
