import { describe, expect, it } from 'vitest'
import { eventOf, received, voted } from '../testing/events.ts'
import { emptyRecording, recordingLimits, withAppended, withPage } from './recording.ts'

const vote = (position: number) => voted(position, 'notary-1', { for: 'notary-1', term: 1 })

describe('the recording store', () => {
  it('keeps messages apart, so that they cannot push out the story', () => {
    const messages = Array.from({ length: recordingLimits.allMax + 10 }, (_, index) =>
      received(index + 2, 'a-1', 'a-2'),
    )
    const state = withAppended(emptyRecording, { events: [vote(1), ...messages], skipped: 0 }, 0)
    expect(state.all).toHaveLength(recordingLimits.allMax)
    expect(state.all.some(({ position }) => position === 1)).toBe(false)
    expect(state.story.map(({ position }) => position)).toEqual([1])
  })

  it('keeps each position once and in order when a page and an event overlap', () => {
    const live = withAppended(emptyRecording, { events: [vote(3), vote(4)], skipped: 0 }, 0)
    const paged = withPage(live, { events: [vote(1), vote(2), vote(3)], hasOlder: false }, false)
    expect(paged.story.map(({ position }) => position)).toEqual([1, 2, 3, 4])
    expect(paged.hasOlderStory).toBe(false)
  })

  it('counts what the host left out, and remembers when', () => {
    const once = withAppended(emptyRecording, { events: [vote(1)], skipped: 7 }, 50)
    const twice = withAppended(once, { events: [vote(2)], skipped: 0 }, 90)
    expect([twice.skipped, twice.skippedAtMs]).toEqual([7, 50])
  })

  it('stops asking for older events once it can hold no more', () => {
    const events = Array.from({ length: recordingLimits.storyMax }, (_, index) => vote(index + 10))
    const full = withAppended(emptyRecording, { events, skipped: 0 }, 0)
    expect(withPage(full, { events: [vote(1)], hasOlder: true }, false).hasOlderStory).toBe(false)
  })

  it('takes faults and actions as story', () => {
    const action = eventOf(1, null, { kind: 'action', action: 'lab.reset', detail: '' })
    expect(withAppended(emptyRecording, { events: [action], skipped: 0 }, 0).story).toEqual([action])
  })
})
