import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { idOf, Room } from '#cores/ring/testing/room'
import { readTextCall, readTextMessage, writeTextCall, writeTextMessage } from '#dialects/ring/index'

const recorded = readFileSync(new URL('../../dialects/ring/testing/ring-wire.txt', import.meta.url), 'utf8')
/** Ana leads, Bia and Caio join, Bia leaves, and Caio says something. */
const lines = recorded
  .slice(recorded.indexOf('#### fimno'))
  .split('\n')
  .slice(1)
  .map((line) =>
    line
      .replaceAll('127.0.0.1:9001', idOf('p1'))
      .replaceAll('127.0.0.1:9002', idOf('p2'))
      .replaceAll('127.0.0.1:9003', idOf('p3')),
  )

/** What Ana said without being asked again and again, by its words: uuid and name are of whoever says it. */
const isAnswer = (line: string): boolean => line.startsWith('JOIN|') || /\|Ana\|@(LIST_UPDATE|RECONNECT)/.test(line)
const wordsOf = (line: string): string => (line.startsWith('JOIN|') ? line : (line.split('|')[2] ?? ''))

/** A peer of ours in Ana's seat. All that it says to reference peers is kept as it goes over the wire. */
function inAnasSeat(): { readonly room: Room; readonly said: string[] } {
  const room = new Room('recorded')
  const said: string[] = []
  room.outside = (_, { invitations, texts }) => {
    for (const { next, leader } of invitations) said.push(writeTextCall({ kind: 'join', next, leader }))
    for (const { message } of texts) said.push(writeTextMessage(message) ?? 'cannot be said')
  }
  room.start('p1', true)
  room.passUntil(() => room.facts('p1').state === 'leader')
  return { room, said }
}

describe('a leader in the place of a recorded one', () => {
  it('TX4 TX6 answers who comes and who goes by the words that were recorded, in their order', () => {
    const { room, said } = inAnasSeat()
    for (const line of lines) {
      const call = readTextCall(line)
      const message = readTextMessage(line)
      if (call?.kind === 'discover' && call.id !== idOf('p1'))
        room.step('p1', { kind: 'discover', id: call.id, answerTo: { host: '10.0.0.9', port: 1 } })
      else if (message !== null && ['Bia', 'Caio'].includes(message.user))
        room.step('p1', { kind: 'text', message, atMs: 0 })
      room.pass(1)
    }
    const answers = lines.filter(isAnswer).map(wordsOf)
    expect(answers).toHaveLength(6)
    const words = said.map(wordsOf)
    expect(words.filter((one) => !one.startsWith('@HEARTBEAT') && one !== 'teste final')).toEqual(answers)
    expect(words).toContain(`@HEARTBEAT>>${idOf('p1')}`)
    expect(room.texts('p1')).toEqual(['teste final'])
    expect(room.anomalies).toEqual([])
  })
})
