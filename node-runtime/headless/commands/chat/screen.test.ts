import { expect, it } from 'vitest'
import type { ChatGap, DeskChatStatus } from '#contract/worker/chat-calls'
import { nodeId } from '#kit/ids'
import { ChatWorld } from '../../../roles/desk/chat/testing/chat-world.ts'
import { makeTerminal } from '../../terminal.ts'
import { Screen } from './screen.ts'
import { ChatTerminal } from './testing/chat-terminal.ts'
import { deskLine } from './testing/desk-line.ts'

const one = nodeId('chat-server-1')
const gapAt = (fromWallMs: number): ChatGap => ({ fromWallMs, ms: 14_495, leader: one })

it('tells each gap once, none that was before, also when the list of them is full', () => {
  let out = ''
  const streams = {
    out: (text: string) => {
      out += text
    },
    err: () => undefined,
  }
  const screen = new Screen(makeTerminal('pt', false, streams), 'ana')
  const status: DeskChatStatus = { ...new ChatWorld().get('chat.status', {}), leader: one }
  const gaps = Array.from({ length: 40 }, (_, at) => gapAt(at))
  screen.status({ ...status, gaps: gaps.slice(0, 39) })
  expect(out).toBe('')
  screen.status({ ...status, gaps })
  screen.status({ ...status, gaps: [...gaps.slice(1), gapAt(40)] })
  screen.status({ ...status, gaps: [...gaps.slice(1), gapAt(40)] })
  expect(out.match(/ninguém liderou por 14495 ms/g)).toHaveLength(2)
})

it('knows from the beginning how the chat stands, before anything changes', async () => {
  const world = new ChatWorld()
  world.join('ana')
  const status = { ...world.get('chat.status', {}), gaps: [gapAt(1)] }
  const next = { ...status, gaps: [gapAt(1), gapAt(2)] }
  const line = deskLine(world, {
    'chat.status': () => status,
    'chat.changes': ({ after }) => {
      const isFirst = after === null
      return { upTo: 1, isForgotten: false, changes: isFirst ? [] : [{ kind: 'status', status: next }] }
    },
  })
  const ana = new ChatTerminal({ line, user: 'ana' })
  await ana.said(/nobody led/)
  expect([await ana.ended(), ana.out.match(/nobody led/g)]).toEqual([0, ['nobody led']])
})
