import { describe, expect, it } from 'vitest'
import { saidBy } from './said.ts'

describe('a line of the composer', () => {
  it('is a command where a command stands alone', () => {
    expect(['@LIDER', ' @LIST ', '@MEMBERS', '@HELP', 'FIM'].map(saidBy)).toEqual([
      { kind: 'command', command: 'elect' },
      { kind: 'command', command: 'refresh' },
      { kind: 'show', what: 'members' },
      { kind: 'show', what: 'help' },
      { kind: 'command', command: 'leave' },
    ])
  })

  it('may be written in any letters behind its sign, as in the terminal', () => {
    expect(['@lider', '@List'].map(saidBy)).toEqual(['@LIDER', '@LIST'].map(saidBy))
  })

  it('is said as it is everywhere else, and nothing is not said', () => {
    for (const text of ['FIM da aula', 'fim', '@LIDER?', '@Ana', 'two\nlines'])
      expect(saidBy(text)).toEqual({ kind: 'text', text })
    expect(saidBy('  ')).toEqual({ kind: 'nothing' })
  })
})
