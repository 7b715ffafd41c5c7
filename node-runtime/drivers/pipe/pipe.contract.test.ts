import { fork } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { pipeSuite } from '#ports/testing/pipe-suite'
import { memoryPipes, type ParentPort, parentPortPipe, pipeLimits, processPipe } from './index.ts'

const echoChild = fileURLToPath(new URL('./testing/echo-child.ts', import.meta.url))

async function until(claim: () => boolean): Promise<void> {
  while (!claim()) await new Promise((resolve) => setTimeout(resolve, 1))
}

pipeSuite('in-memory', () => {
  const [near, far] = memoryPipes<unknown, unknown>()
  far.listen((message) => far.post(message))
  return { pipe: near, until, close: () => {} }
})

pipeSuite('forked', () => {
  const child = fork(echoChild, [], { serialization: 'advanced' })
  const close = async () => {
    const exited = once(child, 'exit')
    child.disconnect()
    await exited
  }
  return { pipe: processPipe(child), until, close }
})

/** Electron's two ends are alike: a message comes wrapped in an event. The real one is tried under Electron itself. */
pipeSuite('parent port', () => {
  const [near, far] = parentPorts()
  const farPipe = parentPortPipe<unknown, unknown>(far)
  farPipe.listen((message) => farPipe.post(message))
  return { pipe: parentPortPipe(near), until, close: () => {} }
})

describe('a pipe in memory', () => {
  it('keeps what is posted before anybody listens', async () => {
    const [near, far] = memoryPipes<string, never>()
    near.post('early')
    await new Promise((resolve) => setTimeout(resolve, 0))
    const heard: string[] = []
    far.listen((message) => void heard.push(message))
    near.post('late')
    await until(() => heard.length === 2)
    expect(heard).toEqual(['early', 'late'])
  })

  it('refuses at once what no real pipe could carry', () => {
    const [near] = memoryPipes<unknown, never>()
    expect(() => near.post({ call: () => null })).toThrow()
  })
})

describe('a pipe to a process', () => {
  it('that is gone loses what is posted, in silence', async () => {
    const child = fork(echoChild, [], { serialization: 'advanced' })
    const pipe = processPipe(child)
    const exited = once(child, 'exit')
    child.kill('SIGKILL')
    // Posted while the channel breaks, and after it is known to be broken.
    for (let count = 0; count < 100; count += 1) pipe.post('x'.repeat(10_000))
    await exited
    pipe.post('x')
    expect(child.connected).toBe(false)
  })

  it('that takes nothing any more costs no more than the limit, and works again when it goes on', () => {
    const taken: (() => void)[] = []
    const end = {
      send: (_: unknown, _handle: undefined, _options: undefined, sent: (error: Error | null) => void) => {
        taken.push(() => sent(null))
        return false
      },
      on: () => end,
      off: () => end,
    }
    const pipe = processPipe<number, never>(end)
    for (let count = 0; count < pipeLimits.waitingMax + 50; count += 1) pipe.post(count)
    expect(taken).toHaveLength(pipeLimits.waitingMax)
    for (const take of taken.splice(0)) take()
    pipe.post(0)
    expect(taken).toHaveLength(1)
  })

  it('without a channel takes what is posted: a worker may be started by hand', () => {
    const end = new EventEmitter()
    expect(() => processPipe<string, never>(end).post('x')).not.toThrow()
  })
})

function parentPorts(): readonly [ParentPort, ParentPort] {
  const [near, far] = [new EventEmitter(), new EventEmitter()]
  const port = (own: EventEmitter, other: EventEmitter): ParentPort => ({
    postMessage: (message) => {
      const data = structuredClone(message)
      setImmediate(() => other.emit('message', { data }))
    },
    on: (event, receive) => own.on(event, receive),
    off: (event, receive) => own.off(event, receive),
  })
  return [port(near, far), port(far, near)]
}
