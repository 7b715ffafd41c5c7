import { describe, expect, it } from 'vitest'
import { chatDeskLimits } from '#contract/worker/chat-calls'
import { VirtualDisk } from '#sim/virtual-disk'
import { VirtualStore } from '#sim/virtual-store'
import { ChatOutbox } from './outbox.ts'

const said = (id: string, conversation = 'c:general') => ({ id, conversation, text: `text ${id}`, replyTo: null })

function onDisk() {
  const disk = new VirtualDisk()
  const open = (session = 's-1') => new ChatOutbox(new VirtualStore(disk), session)
  return { disk, open }
}

const ids = (outbox: ChatOutbox): readonly string[] => outbox.messages.map(({ id }) => id)

describe('the outbox of one user', () => {
  it('keeps what was said in its order, over restarts, and a repeated call is one message', () => {
    const { open } = onDisk()
    const outbox = open()
    for (const id of ['a', 'b', 'a', 'c']) outbox.take(said(id), 5, false)
    expect(ids(outbox)).toEqual(['a', 'b', 'c'])
    expect(open().messages).toEqual(outbox.messages)
    const again = open()
    again.remove('a')
    again.take(said('d'), 6, false)
    expect(ids(open())).toEqual(['b', 'c', 'd'])
  })

  it('is nobody else’s', () => {
    const { open } = onDisk()
    open('s-1').take(said('a'), 1, false)
    open('s-10').take(said('b'), 1, false)
    expect([ids(open('s-1')), ids(open('s-10'))]).toEqual([['a'], ['b']])
    open('s-1').clear()
    expect([ids(open('s-1')), ids(open('s-10'))]).toEqual([[], ['b']])
  })

  it('has one turn after the other, and passes over what was refused', () => {
    const { open } = onDisk()
    const outbox = open()
    for (const id of ['a', 'b']) outbox.take(said(id), 1, false)
    outbox.markSent('a')
    expect(open().first).toMatchObject({ id: 'a', state: 'sent' })
    outbox.refuse('a', 'not-a-member')
    expect(open().first).toMatchObject({ id: 'b', state: 'waiting' })
    expect(outbox.waiting).toBe(1)
    expect(open().find('a')).toMatchObject({ state: 'refused', whyRefused: 'not-a-member' })
  })

  it('forgets what the chat has, here at once and on the disk a moment later, however often that fails', () => {
    const { disk, open } = onDisk()
    const outbox = open()
    for (const id of ['a', 'b', 'c']) outbox.take(said(id), 1, true)
    outbox.settle('a')
    outbox.settle('b')
    expect([ids(outbox), ids(open())]).toEqual([['c'], ['a', 'b', 'c']])
    disk.isFull = true
    outbox.flush()
    disk.isFull = false
    outbox.flush()
    expect(ids(open())).toEqual(['c'])
    outbox.settle('c')
    outbox.clear()
    expect(ids(open())).toEqual([])
  })

  it('refuses what the disk does not take, and what is too much, and is as before', () => {
    const { disk, open } = onDisk()
    const outbox = open()
    outbox.take(said('a'), 1, false)
    disk.isFull = true
    expect(outbox.take(said('b'), 1, false)).toMatchObject({ failure: { code: 'disk-full' } })
    expect(outbox.markSent('a').ok).toBe(false)
    expect(outbox.remove('a').ok).toBe(false)
    expect(outbox.messages).toMatchObject([{ id: 'a', state: 'waiting' }])
    disk.isFull = false
    for (let index = 1; index < chatDeskLimits.outboxMax; index += 1) outbox.take(said(`m${index}`), 1, false)
    expect(outbox.take(said('one more'), 1, false)).toMatchObject({ failure: { code: 'busy' } })
  })
})
