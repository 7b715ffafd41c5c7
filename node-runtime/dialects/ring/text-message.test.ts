import { describe, expect, it } from 'vitest'
import { readTextCall, readTextMessage, writeTextMessage } from './index.ts'

const uuid = '9c0d8652-faa7-453d-9bae-5917a2c6ed5c'
const a = '127.0.0.1:9001'
const b = '127.0.0.1:9002'
const contentOf = (content: string) => readTextMessage(`${uuid}|Ana|${content}`)?.content ?? null

describe('the text form', () => {
  it.each(['', 'x', uuid, `${uuid}|Ana`, `${uuid}|Ana|a|b`, `${uuid.toUpperCase()}|Ana|a`, `x${uuid}|Ana|a`])(
    'DR1 DR2 is no message: %s',
    (line) => expect(readTextMessage(line)).toBeNull(),
  )

  it('DR1 counts bytes, and not letters', () => {
    const room = 1024 - `${uuid}|Ana|`.length
    expect(contentOf('x'.repeat(room))).toEqual({ kind: 'chat', text: 'x'.repeat(room) })
    expect(contentOf('x'.repeat(room + 1))).toBeNull()
    expect(contentOf('ç'.repeat(room / 2 + 1))).toBeNull()
  })

  it('DR1 does not say what would not be understood', () => {
    const say = (user: string, text: string) => writeTextMessage({ uuid, user, content: { kind: 'chat', text } })
    expect(say('Ana', 'olá')).toBe(`${uuid}|Ana|olá`)
    expect(say('Ana', 'a|b')).toBeNull()
    expect(say('A|na', 'olá')).toBeNull()
    expect(say('Ana', 'ç'.repeat(600))).toBeNull()
  })

  it.each([
    '@HEARTBEAT',
    '@HEARTBEAT>>',
    `@HEARTBEAT>>${a}>>${b}`,
    '@LIDER>>nobody',
    `@LIDER>>${a}>>ELECTED>>x`,
    '@LIDER>>ELECTED',
    `@LIST_BUILD>>${a}`,
    `@LIST_BUILD>>${a}>>${a},${b}>>x`,
    '@LIST_UPDATE>>',
    `@LIST_UPDATE>>${a},`,
    `@LIST_UPDATE>>${a},${b},${a}`,
    `@EXIT>>${a}>>${b}`,
    `@RECONNECT>>${a}`,
    `@LEADER_EXIT>>${a}>>${b}>>x`,
  ])('DR4 is a broken word and no message: %s', (content) => expect(contentOf(content)).toBeNull())

  it.each(['olá', '', '@', '@HELP', ' @LIDER>>x', 'a>>b', '@lider>>x'])('DR5 is what a person said: %s', (text) =>
    expect(contentOf(text)).toEqual({ kind: 'chat', text }),
  )

  it.each([
    'DISCOVER:',
    'DISCOVER:host:1',
    'DISCOVER:1.2.3.4:0',
    'DISCOVER:1.2.3.4:70000',
    'DISCOVER:01.2.3.4:5',
    'JOIN|',
  ])('DR6 DR7 is no call: %s', (text) => expect(readTextCall(text)).toBeNull())

  it.each([`JOIN|${a}`, `JOIN|${a}|${b}|x`, `JOIN|${a}|x`, 'COLMEIA1|abc', ''])('DR7 is not for us: %s', (text) =>
    expect(readTextCall(text)).toBeNull(),
  )
})
