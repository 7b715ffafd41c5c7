import { describe, expect, it } from 'vitest'
import { StopStack } from './stop-stack.ts'

describe('a stack of stops', () => {
  it('undoes the last first, and waits for each before the one below it', async () => {
    const done: string[] = []
    const stops = new StopStack()
    stops.add(() => void done.push('first started'))
    stops.add(async () => {
      await Promise.resolve()
      await Promise.resolve()
      done.push('slow one in between')
    })
    stops.add(() => void done.push('last started'))
    await stops.run()
    expect(done).toEqual(['last started', 'slow one in between', 'first started'])
  })

  it('undoes each once, also when it is run twice at the same time', async () => {
    const stops = new StopStack()
    let count = 0
    for (let index = 0; index < 3; index += 1) {
      stops.add(async () => {
        await Promise.resolve()
        count += 1
      })
    }
    await Promise.all([stops.run(), stops.run()])
    await stops.run()
    expect(count).toBe(3)
  })

  it('undoes what a stop adds while it runs', async () => {
    const done: string[] = []
    const stops = new StopStack()
    stops.add(() => {
      stops.add(() => void done.push('added late'))
    })
    await stops.run()
    expect(done).toEqual(['added late'])
  })

  it('can be filled and run again', async () => {
    const stops = new StopStack()
    await stops.run()
    let isDone = false
    stops.add(() => {
      isDone = true
    })
    await stops.run()
    expect(isDone).toBe(true)
  })
})
