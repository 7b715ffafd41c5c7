import { describe, expect, it } from 'vitest'
import { OneChat } from '#cores/chat/testing/one-chat'
import { StoreFailure } from '#ports/store'
import type { IndexedText } from '#ports/text-index'
import { VirtualTextIndex } from '#sim/virtual-text-index'
import { Indexer, indexerLimits } from './indexer.ts'

/** A chat with a few conversations, and an indexer that has been told of nothing. */
function setUp() {
  const chat = new OneChat()
  chat.signUp('ana', 'bia', 'caio')
  const room = chat.channel('sala', ['ana', 'bia'])
  const secret = chat.channel('segredo', ['bia', 'caio'], true)
  const said = ['um', 'dois', 'três'].map((text) => chat.say('ana', room, text))
  chat.say('bia', secret, 'quatro')
  const disk = { isFull: false }
  const texts = new VirtualTextIndex(() => disk.isFull)
  const indexer = new Indexer({ state: { look: (query) => chat.ask(query) }, texts })
  const pass = (rounds = 1) => {
    for (let tick = 0; tick < rounds * indexerLimits.writeEveryTicks; tick += 1) indexer.tick()
  }
  const all = { words: [], author: null, group: null, beforeMs: null, beforePlace: null, limit: 2_000 }
  const found = (word: string) => texts.find({ ...all, words: [word] }).length
  const count = () => texts.find(all).length
  return { chat, room, secret, said, disk, texts, indexer, pass, found, count }
}

describe('the indexer', () => {
  it('looks for what nobody told it of, in every conversation', () => {
    const { indexer, pass, count, texts, chat } = setUp()
    expect(indexer.lag).toBeGreaterThan(0)
    pass()
    expect([count(), indexer.lag]).toEqual([4, 0])
    expect(texts.upTo).toBe(chat.ask({ kind: 'status' }).position)
  })

  it('finds edits and deletions that it was not told of', () => {
    const { chat, said, pass, found } = setUp()
    pass()
    chat.do('ana', { kind: 'edit', message: said[0]!.id, text: 'cinco' })
    chat.do('ana', { kind: 'delete', message: said[1]!.id })
    pass()
    expect(['um', 'cinco', 'dois', 'três'].map(found)).toEqual([0, 1, 0, 1])
  })

  it('writes what it is told of, and looks again where something was left out', () => {
    const { chat, room, secret, indexer, pass, found } = setUp()
    pass()
    const tell = (text: string) => {
      chat.say('bia', room, text)
      indexer.happened(chat.events(null, room).slice(-1))
    }
    tell('seis')
    pass()
    chat.say('caio', secret, 'sete')
    tell('oito')
    pass()
    expect(['seis', 'sete', 'oito'].map(found)).toEqual([1, 1, 1])
  })

  it('takes few changes at a time, because they are dear, and leaves alone what is there', () => {
    const { chat, room, said, texts, pass, indexer } = setUp()
    const messages = Array.from({ length: 60 }, (_, turn) => chat.say('ana', room, `mensagem ${turn}`))
    pass()
    const sizes: number[] = []
    const write = texts.write.bind(texts)
    texts.write = (some: readonly IndexedText[], upTo: number) => {
      sizes.push(some.length)
      write(some, upTo)
    }
    for (const { id: message } of messages) chat.do('ana', { kind: 'delete', message })
    pass(4)
    expect(sizes).toEqual([20, 20, 20])
    expect(indexer.lag).toBe(0)
    // As after a restart, when the log is applied again.
    indexer.happened(chat.events(null, room).filter(({ deed }) => said.some(({ id }) => id === deed)))
    pass()
    expect(sizes.filter((size) => size > 0)).toEqual([20, 20, 20])
  })

  it('waits for a disk that takes it', () => {
    const { disk, indexer, pass, count } = setUp()
    disk.isFull = true
    pass()
    expect(indexer.lag).toBeGreaterThan(0)
    disk.isFull = false
    pass()
    expect([count(), indexer.lag]).toEqual([4, 0])
  })

  it('does a bounded piece at a time, and comes to the end', () => {
    const { chat, room, texts, pass, count, indexer } = setUp()
    for (let turn = 0; turn < 1_200; turn += 1) chat.say('ana', room, `mensagem ${turn}`)
    const sizes: number[] = []
    const write = texts.write.bind(texts)
    texts.write = (some: readonly IndexedText[], upTo: number) => {
      sizes.push(some.length)
      write(some, upTo)
    }
    pass()
    expect(count()).toBeLessThan(600)
    pass(5)
    expect([count(), indexer.lag]).toEqual([1_204, 0])
    expect(Math.max(...sizes)).toBeLessThanOrEqual(500)
  })

  it('catches up sooner while little happens, and leaves a busy server alone', () => {
    const { chat, room, count, pass, indexer } = setUp()
    const { calmEventsMax, writeEveryTicks, catchUpEveryTicks } = indexerLimits
    const messages = 1_900
    for (let turn = 0; turn < messages; turn += 1) chat.say('ana', room, `mensagem ${turn}`)
    const isBusy = () => indexer.happened(chat.events(null, room).slice(-calmEventsMax - 1))
    isBusy()
    pass()
    const first = count()
    isBusy()
    pass()
    // One piece each.
    expect([first > 0, count() <= 2 * first]).toEqual([true, true])
    const pieces = Math.ceil(messages / first)
    for (let tick = 0; tick < writeEveryTicks + pieces * catchUpEveryTicks; tick += 1) indexer.tick()
    expect([count(), indexer.lag]).toEqual([messages + 4, 0])
  })

  it('takes little at a time while very much happens', () => {
    const { chat, room, count, pass, indexer } = setUp()
    const { busyEventsMin, textsWhileBusy } = indexerLimits
    for (let turn = 0; turn < busyEventsMin; turn += 1) chat.say('ana', room, `mensagem ${turn}`)
    indexer.happened(Array(busyEventsMin).fill(chat.events(null, room).at(-1)!))
    pass()
    expect(count()).toBe(textsWhileBusy)
  })

  it('lets nothing through but what a disk says', () => {
    const { texts, pass } = setUp()
    texts.write = () => {
      throw new TypeError('a bug')
    }
    expect(() => pass()).toThrow(TypeError)
    texts.write = () => {
      throw new StoreFailure('disk-full', 'no')
    }
    expect(() => pass()).not.toThrow()
  })
})
