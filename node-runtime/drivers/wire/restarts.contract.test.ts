import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { nodeId } from '#kit/ids'
import { rules } from '#ports/testing/wire-suite'
import { isConnected, type Member, members, type OpenMember, openMember, planOf, until } from './testing/wire-net.ts'

const echoNode = fileURLToPath(new URL('./testing/echo-node.ts', import.meta.url))
const n2 = nodeId('n2')

/** One life of the peer, in a process of its own. */
interface Life {
  readonly child: ChildProcess
  /** What it has said: `open`, then each text that it heard. */
  lines(): readonly string[]
}

describe('a peer that is killed and comes back', () => {
  let all: readonly Member[]
  let one: OpenMember
  let answers: string[]
  const children: ChildProcess[] = []

  beforeEach(async () => {
    all = await members([nodeId('n1'), n2])
    one = await openMember(all[0]!, all)
    answers = []
    one.wire.listen((_, bytes) => answers.push(Buffer.from(bytes).toString()))
  })

  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL')
    await one.wire.close()
  })

  async function startLife(): Promise<Life> {
    const plan = JSON.stringify(planOf(all[1]!, all))
    const child = spawn(process.execPath, [echoNode, plan], { stdio: ['pipe', 'pipe', 'inherit'] })
    children.push(child)
    let text = ''
    child.stdout.on('data', (chunk) => {
      text += String(chunk)
    })
    const lines = () => text.split('\n').slice(0, -1)
    await until(() => lines().includes('open'))
    return { child, lines }
  }

  const say = (text: string) => one.wire.send(n2, Buffer.from(text))

  async function expectAnswer(text: string): Promise<void> {
    await until(() => isConnected(one.wire))
    // The way back may be a moment later than the way there; a protocol repeats itself as well.
    for (let turn = 0; !answers.includes(text); turn += 1) {
      if (turn % 10 === 0) say(text)
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
  }

  it('is heard again on a fresh connection, life after life', async () => {
    for (const text of ['first life', 'second life', 'third life']) {
      const life = await startLife()
      await expectAnswer(text)
      life.child.kill('SIGKILL')
      await until(() => !isConnected(one.wire))
      expect(say('to nobody')).toBe(false)
      expect(life.lines()).not.toContain('to nobody')
    }
  })

  it('hears nothing that was meant for its former life', async () => {
    const first = await startLife()
    await expectAnswer('hello')
    // Held back by a delay, waiting in our queue and lying in the socket's: all of it is of the former life.
    one.wire.setFaults([rules(n2, { delayMs: 60_000 })])
    say('stale: held back')
    one.wire.setFaults([])
    first.child.kill('SIGSTOP')
    for (let count = 0; count < 9_000; count += 1) say(`stale: ${'x'.repeat(4_000)}`)
    first.child.kill('SIGKILL')
    await once(first.child, 'exit')
    const second = await startLife()
    await until(() => isConnected(one.wire))
    await expectAnswer('fresh')
    expect(second.lines().filter((line) => line.startsWith('stale'))).toEqual([])
    const dropped = one.drops.filter(({ peer, why }) => peer === n2 && why === 'not-connected')
    expect(dropped.map(({ bytes }) => Buffer.from(bytes!).toString())).toContain('stale: held back')
  })

  it('that only hangs is heard again when it goes on, and has cost no more than the queue allows', async () => {
    const life = await startLife()
    await expectAnswer('hello')
    life.child.kill('SIGSTOP')
    let sent = 0
    // Sockets take some of it before the queue begins to fill; a bound on all of it is what matters here.
    const refused = () => one.drops.some(({ why }) => why === 'queue-full')
    for (; !refused() && sent < 1_000_000; sent += 1) {
      say('x'.repeat(1_000))
      if (sent % 1_000 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    expect(refused()).toBe(true)
    life.child.kill('SIGCONT')
    await expectAnswer('and on')
  })

  it('ends by itself once its wire is closed: nothing holds the process', async () => {
    const life = await startLife()
    await expectAnswer('hello')
    life.child.stdin!.end()
    const [code, signal] = await once(life.child, 'exit')
    expect({ code, signal }).toEqual({ code: 0, signal: null })
  })
})
