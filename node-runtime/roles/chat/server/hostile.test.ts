import { describe, expect, it } from 'vitest'
import { encodeText } from '#kit/bytes'
import { VirtualChat } from '../testing/virtual-chat.ts'

const script = '<script>alert("oi")</script><img src=x onerror=alert(1)>'

/** What a program may put on the wire; each is answered, or there is nothing to answer. */
const payloads: readonly (readonly [string, Uint8Array])[] = [
  ['a list', encodeText('[1,2,3]')],
  ['a number', encodeText('7')],
  ['a map of nothing', encodeText('{}')],
  ['a service that is a list', encodeText('{"service":["login"],"data":{}}')],
  ['data that is a text', encodeText('{"service":"login","data":"ana"}')],
  ['a user that is a map', encodeText('{"service":"login","data":{"user":{"$ne":null}}}')],
  ['letters that are none', Uint8Array.of(0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d)],
  ['a map of MessagePack that is cut', Uint8Array.of(0x82, 0xa7, 0x73)],
  ['a claim of four billion', Uint8Array.of(0xdf, 0xff, 0xff, 0xff, 0xff)],
  ['names of the engine', encodeText('{"service":"__proto__","data":{"constructor":1}}')],
  ['nothing', new Uint8Array(0)],
]

describe('what comes from anybody', () => {
  it.each(payloads)('%s gets a definite answer or none, and changes nothing', (_, payload) => {
    const chat = new VirtualChat()
    const leader = chat.untilLed()
    const { position } = chat.found({ kind: 'status' })
    const answer = chat.ask({ kind: 'foreign', frames: [payload] })
    expect(answer.kind).toBe('foreign')
    expect(chat.ask({ kind: 'foreign', frames: [payload, payload] }).kind).toBe('foreign')
    expect(chat.found({ kind: 'status' }).position).toBe(position)
    expect(chat.role(leader).facts().chat).toMatchObject({ openRequests: 0 })
  })

  it('is said as it was written, whatever a page would make of it', () => {
    const chat = new VirtualChat()
    chat.untilLed()
    chat.program('login', { user: 'ana' })
    chat.program('publish', { user: 'ana', channel: 'general', message: script })
    chat.hosts.run(20)
    expect(chat.heard('course')).toEqual([`general: ${script}`])
  })

  it.each(['servers', 'replica', 'all', ' ', 'a\nb', 'x'.repeat(65), '\u0001', 'ana\u0001', '\u202eana', 'ana\u3164'])(
    'takes no name that would be another topic: %j',
    (name) => {
      const chat = new VirtualChat()
      chat.untilLed()
      const refused = { data: { status: 'erro', message: 'nome não permitido' } }
      expect(chat.program('login', { user: name })).toMatchObject(refused)
      expect(chat.program('channel', { channel: name })).toMatchObject(refused)
      const signedUp = chat.ask({ kind: 'sign-up', user: name, password: 'uma senha longa' })
      expect(signedUp).toMatchObject({ kind: 'failed', failure: { code: 'name-not-allowed' } })
    },
  )

  it('is refused when it is too long, in the words of who asks', () => {
    const chat = new VirtualChat()
    chat.untilLed()
    chat.program('login', { user: 'ana' })
    for (const message of ['x'.repeat(10_001), 'x'.repeat(300_000)]) {
      const answer = chat.program('publish', { user: 'ana', channel: 'general', message })
      expect(answer).toMatchObject({ data: { status: 'erro', message: 'mensagem longa demais' } })
    }
  })
})
