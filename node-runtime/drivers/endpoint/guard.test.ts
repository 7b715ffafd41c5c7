import { describe, expect, it } from 'vitest'
import { isWelcome } from './guard.ts'

const lan = '192.168.7.20:5080'

describe('who asks', () => {
  it('goes by our own address where we listen on one', () => {
    expect(isWelcome({ host: '127.0.0.1:5080' }, '127.0.0.1')).toBe(true)
    expect(isWelcome({ host: 'localhost' }, '127.0.0.1')).toBe(true)
    expect(isWelcome({ host: lan }, '127.0.0.1')).toBe(false)
  })

  it('goes by any number where we listen everywhere, and by no name that somebody else gave us', () => {
    expect(isWelcome({ host: lan }, '0.0.0.0')).toBe(true)
    expect(isWelcome({ host: lan, origin: `http://${lan}` }, '0.0.0.0')).toBe(true)
    expect(isWelcome({ host: 'shop.example:5080' }, '0.0.0.0')).toBe(false)
    expect(isWelcome({ host: '192.168.7.20.example' }, '0.0.0.0')).toBe(false)
  })

  it('is no page of somebody else', () => {
    expect(isWelcome({ host: lan, origin: 'http://elsewhere.example' }, '0.0.0.0')).toBe(false)
    expect(isWelcome({ host: 'localhost:5080', origin: 'http://elsewhere.example' }, '127.0.0.1')).toBe(false)
    expect(isWelcome({}, '0.0.0.0')).toBe(false)
  })
})
