import { describe, expect, it } from 'vitest'
import { readPlainHead } from './plain-head.ts'

const post = (more: string): string => `POST /a?b=1 HTTP/1.1\r\nHost: localhost\r\n${more}\r\n`

describe('a plain head', () => {
  it('is read as it stands, names in lower case', () => {
    const text = post('Content-Type:  application/json \r\ncontent-length: 12\r\nconstructor: ours\r\n')
    expect(readPlainHead(`${text}{"a": 1}    `)).toEqual({
      method: 'POST',
      url: '/a?b=1',
      headers: { host: 'localhost', 'content-type': 'application/json', 'content-length': '12', constructor: 'ours' },
      headBytes: text.length,
      bodyBytes: 12,
    })
  })

  it('may say that the connection stays', () => {
    expect(readPlainHead(post('Connection: Keep-Alive\r\n'))).toMatchObject({ bodyBytes: 0 })
  })

  it.each([
    ['is only half here', 'POST /a HTTP/1.1\r\nhost: localhost\r\n'],
    ['has another method', 'HEAD / HTTP/1.1\r\nhost: localhost\r\n\r\n'],
    ['has another version', 'GET / HTTP/1.0\r\nhost: localhost\r\n\r\n'],
    ['has no host', 'GET / HTTP/1.1\r\n\r\n'],
    ['asks for no path', 'GET http://localhost/ HTTP/1.1\r\nhost: localhost\r\n\r\n'],
    ['ends its lines otherwise', 'GET / HTTP/1.1\nhost: localhost\n\n'],
    ['has one name twice', post('content-length: 1\r\nContent-Length: 1\r\n')],
    ['has two hosts', post('host: elsewhere\r\n')],
    ['comes in chunks', post('transfer-encoding: chunked\r\n')],
    ['waits to be let in', post('expect: 100-continue\r\n')],
    ['wants another protocol', post('connection: upgrade\r\nupgrade: websocket\r\n')],
    ['is the last of its connection', post('connection: close\r\n')],
    ['has a length that is none', post('content-length: +1\r\n')],
    ['has no end of a length', post(`content-length: ${'1'.repeat(20)}\r\n`)],
    ['goes on in the next line', post('a: b\r\n c\r\n')],
    ['has a space before the colon', post('content-length : 1\r\n')],
    ['has a name that is none', post('a b: c\r\n')],
    ['has a control character in it', post('a: b\u0000c\r\n')],
    ['has half a line break in it', post('a: b\rc: d\r\n')],
    ['has letters that are not ASCII', post('a: \u00e9\r\n')],
    ['has an empty value', post('a:\r\n')],
  ])('is none when it %s', (_, text) => {
    expect(readPlainHead(text)).toBeNull()
  })
})
