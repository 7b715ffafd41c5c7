import { describe, expect, it } from 'vitest'
import { VirtualClock } from './virtual-clock.ts'

describe('the virtual clock', () => {
  it('moves only when it is told to, and does what falls due on the way, in order of time', () => {
    const clock = new VirtualClock(100)
    const done: string[] = []
    clock.after(30, () => done.push(`late ${clock.now()}`))
    clock.every(20, () => done.push(`beat ${clock.now()}`))
    clock.after(20, () => done.push(`same ${clock.now()}`))
    expect(clock.now()).toBe(100)
    clock.advanceTo(140)
    expect(done).toEqual(['beat 120', 'same 120', 'late 130', 'beat 140'])
    expect(clock.now()).toBe(140)
  })

  it('does nothing for what was stopped, also from within', () => {
    const clock = new VirtualClock()
    const done: number[] = []
    const stopBeat = clock.every(10, () => {
      done.push(clock.now())
      if (clock.now() === 30) void stopBeat()
    })
    const stopOnce = clock.after(15, () => done.push(-1))
    void stopOnce()
    void stopOnce()
    clock.advanceTo(100)
    expect(done).toEqual([10, 20, 30])
  })

  it('does not make up for beats that a sleeper missed', () => {
    const clock = new VirtualClock()
    const done: string[] = []
    clock.every(10, () => done.push(`beat ${clock.now()}`))
    clock.after(25, () => done.push('once'))
    clock.wakeAt(57)
    expect(done.filter((what) => what.startsWith('beat'))).toHaveLength(1)
    expect(done).toContain('once')
    clock.advanceTo(60)
    expect(done).toHaveLength(3)
  })

  it('shows a skewed wall, and a monotonic time that knows nothing of it', () => {
    const clock = new VirtualClock(5, 1_000)
    clock.skewMs = -300
    expect(clock.wall()).toBe(705)
    expect(clock.now()).toBe(5)
  })

  it('takes work that is started by work', () => {
    const clock = new VirtualClock()
    const done: number[] = []
    clock.after(10, () => void clock.after(5, () => done.push(clock.now())))
    clock.advanceTo(20)
    expect(done).toEqual([15])
  })
})
