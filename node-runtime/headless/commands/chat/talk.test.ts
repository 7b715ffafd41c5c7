import { setImmediate } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { ChatWorld } from '../../../roles/desk/chat/testing/chat-world.ts'
import { ChatTerminal } from './testing/chat-terminal.ts'
import { deskLine } from './testing/desk-line.ts'

it('ends in silence when the line is closed by us, and says once that the lab is gone', async () => {
  const world = new ChatWorld()
  world.join('ana')
  const once = new ChatTerminal({ line: deskLine(world), user: 'ana', words: ['publish', 'general', 'oi'] })
  expect([await once.exited, once.err]).toEqual([0, ''])
  const asked = new ChatTerminal({ line: deskLine(world), user: 'ana', words: ['status'], isJson: true })
  expect([await asked.exited, asked.out.trim().split('\n').length]).toEqual([0, 1])
  const typed = new ChatTerminal({ line: deskLine(world), user: 'ana' })
  typed.type('publish general oi', 'quit')
  await typed.exited
  await setImmediate()
  expect([await typed.exited, typed.err]).toEqual([0, ''])
  const line = deskLine(world)
  const left = new ChatTerminal({ line, user: 'ana' })
  await left.said(/You are ana/)
  line.close()
  expect([await left.exited, left.err.match(/lab-not-running/g)]).toEqual([3, ['lab-not-running']])
})
