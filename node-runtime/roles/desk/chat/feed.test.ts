import { describe, expect, it } from 'vitest'
import type { ChatAnswers, ChatEvent } from '#cores/chat/messages'
import { fail, ok, type Result } from '#kit/result'
import { Feed, feedLimits } from './feed.ts'
import { LooseFeed } from './loose-feed.ts'

function eventAt(number: number, deed = `${number}`): ChatEvent {
  const what = { kind: 'joined', conversation: 'c:x', user: 'ana' } as const
  return { position: number, feed: 'c:x', number, deed, atMs: 0, lamport: 0, logIndex: 0, what }
}

type Answer = Result<ChatAnswers['events']>

/** A feed whose server has so many events. */
function follow(total = 0) {
  const heard: number[] = []
  const asked: { readonly after: number; readonly done: (answer: Answer) => void }[] = []
  let lost = 0
  const feed = new Feed({
    read: (after, _limit, done) => asked.push({ after, done }),
    hear: ({ number }) => heard.push(number),
    lost: () => {
      lost += 1
    },
  })
  const answer = (isForgotten = false): void => {
    const one = asked.shift()
    const events = Array.from({ length: Math.max(0, total - (one?.after ?? 0)) }, (_, index) =>
      eventAt((one?.after ?? 0) + index + 1),
    )
    one?.done(ok({ events: events.slice(0, feedLimits.pageMax), last: total, isForgotten }))
  }
  return { feed, heard, asked, answer, lost: () => lost }
}

describe('a feed', () => {
  it('is heard once and in order, whatever comes twice or too early', () => {
    const { feed, heard, answer } = follow(4)
    feed.take(eventAt(2))
    feed.begin(1)
    for (const number of [2, 1, 2, 4, 4]) feed.take(eventAt(number))
    expect(heard).toEqual([2])
    answer()
    expect(heard).toEqual([2, 3, 4])
    feed.take(eventAt(3))
    expect(heard).toEqual([2, 3, 4])
  })

  it('says nothing before it is begun, and nothing of what is known then', () => {
    const { feed, heard } = follow()
    for (const number of [1, 2, 3, 4]) feed.take(eventAt(number))
    expect(heard).toEqual([])
    feed.begin(2)
    expect(heard).toEqual([3, 4])
    feed.begin(1)
    expect(feed.last).toBe(4)
  })

  it('asks for what it has missed, page by page, one question at a time', () => {
    const { feed, heard, asked, answer } = follow(feedLimits.pageMax + 5)
    feed.begin(0)
    feed.check(3)
    feed.check(3)
    expect(asked).toHaveLength(1)
    answer()
    answer()
    expect(heard).toHaveLength(feedLimits.pageMax + 5)
    expect(asked).toHaveLength(0)
  })

  it('asks again at the next occasion when nobody answered', () => {
    const { feed, heard, asked, answer } = follow(2)
    feed.begin(0)
    feed.take(eventAt(2))
    asked.shift()?.done(fail('timed-out', 'nobody'))
    expect(heard).toEqual([])
    feed.check(2)
    answer()
    expect(heard).toEqual([1, 2])
  })

  it('says that all has to be asked for anew when what it missed is no longer kept', () => {
    const { feed, heard, answer, lost } = follow(9)
    feed.begin(1)
    feed.check(9)
    answer(true)
    expect([heard, lost(), feed.last]).toEqual([[], 1, 9])
    feed.take(eventAt(10))
    expect(heard).toEqual([10])
  })

  it('keeps a few that come too early, and asks for the rest', () => {
    const { feed, heard, answer } = follow(feedLimits.earlyMax + 50)
    feed.begin(0)
    for (let number = 2; number <= feedLimits.earlyMax + 50; number += 1) feed.take(eventAt(number))
    for (let page = 0; page < 4; page += 1) answer()
    expect(heard).toEqual(Array.from({ length: feedLimits.earlyMax + 50 }, (_, index) => index + 1))
  })

  it('hears nothing more when it is stopped', () => {
    const { feed, heard, answer } = follow(3)
    feed.begin(0)
    feed.check(3)
    feed.stop()
    answer()
    feed.take(eventAt(1))
    expect(heard).toEqual([])
  })
})

describe('a feed where everyone answers', () => {
  it('is told each deed once, and looks again when there are more than it was told', () => {
    const heard: string[] = []
    let lost = 0
    const feed = new LooseFeed({
      hear: ({ deed }) => heard.push(deed),
      lost: () => {
        lost += 1
      },
    })
    feed.begin(3)
    for (const deed of ['x', 'y', 'x']) feed.take(eventAt(7, deed))
    expect(heard).toEqual(['x', 'y'])
    feed.check(3)
    expect(lost).toBe(0)
    feed.check(5)
    feed.check(5)
    expect(lost).toBe(1)
  })
})
