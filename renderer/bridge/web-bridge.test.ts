import { describe, expect, it } from 'vitest'
import type { ClientFrame, ServerFrame } from '#contract/window/frames'
import { WebBridge, webBridgeLimits } from './web-bridge.ts'

/** A socket and a clock that a test moves by hand. */
class Line {
  readonly sent: ClientFrame[] = []
  readonly #listeners = new Map<string, (event: { data: string }) => void>()

  addEventListener(name: string, listener: (event: { data: string }) => void): void {
    this.#listeners.set(name, listener)
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text))
  }

  happen(name: 'open' | 'close'): void {
    this.#listeners.get(name)?.({ data: '' })
  }

  say(frame: ServerFrame | 'garbage'): void {
    this.#listeners.get('message')?.({ data: frame === 'garbage' ? '{' : JSON.stringify(frame) })
  }
}

function world() {
  const lines: Line[] = []
  const waits = new Map<number, { work: () => void; delayMs: number }>()
  let next = 0
  const opened: string[] = []
  const bridge = new WebBridge({
    origin: 'http://127.0.0.1:7000',
    open: (address) => {
      expect(address).toBe('ws://127.0.0.1:7000/bridge')
      const line = new Line()
      lines.push(line)
      return line as unknown as WebSocket
    },
    openWindow: (route) => opened.push(route) > 0,
    wait: (work, delayMs) => {
      next += 1
      waits.set(next, { work, delayMs })
      return next
    },
    cancel: (waiting) => waits.delete(waiting),
  })
  const pass = (delayMs: number): void => {
    for (const [key, wait] of [...waits]) {
      if (wait.delayMs > delayMs) continue
      waits.delete(key)
      wait.work()
    }
  }
  return { bridge, lines, waits, opened, pass, line: () => lines.at(-1) as Line }
}

const calls = (line: Line) => line.sent.filter((frame) => frame.kind === 'call')

describe('the bridge of the web page', () => {
  it('answers a call by its sequence, also one made before the line was open', async () => {
    const { bridge, line } = world()
    const early = bridge.call('topology.get', {})
    expect(line().sent).toEqual([])
    line().happen('open')
    const late = bridge.call('app.info', {})
    const [first, second] = calls(line())
    line().say({ kind: 'answer', sequence: second?.sequence ?? 0, result: { ok: true, value: 'info' } })
    line().say({ kind: 'answer', sequence: first?.sequence ?? 0, result: { ok: true, value: 'topology' } })
    expect([await early, await late]).toEqual([
      { ok: true, value: 'topology' },
      { ok: true, value: 'info' },
    ])
  })

  it('says the whole list of wishes, and again on a new line', () => {
    const { bridge, line, pass } = world()
    line().happen('open')
    const stop = bridge.on('topology.changed', () => undefined)
    bridge.on('problem.raised', () => undefined)
    expect(line().sent.at(-1)).toEqual({ kind: 'listen', events: ['topology.changed', 'problem.raised'] })
    stop()
    line().happen('close')
    pass(webBridgeLimits.retryMsMax)
    line().happen('open')
    expect(line().sent).toEqual([{ kind: 'listen', events: ['problem.raised'] }])
  })

  it('gives an indefinite refusal for what was on its way when the line broke, and does not send it twice', async () => {
    const { bridge, line, pass } = world()
    line().happen('open')
    const call = bridge.call('clusters.stop', { clusterId: 'notary' })
    line().happen('close')
    expect(await call).toMatchObject({ ok: false, failure: { code: 'timed-out' } })
    pass(webBridgeLimits.retryMsMax)
    line().happen('open')
    expect(calls(line())).toEqual([])
  })

  it('waits longer between tries, and calls it refused when it is never let in', () => {
    const { bridge, line, waits, pass } = world()
    const said: string[] = []
    bridge.watchLine((state) => said.push(state))
    for (let tries = 0; tries <= webBridgeLimits.refusalsMax; tries += 1) {
      line().happen('close')
      expect([...waits.values()].at(-1)?.delayMs).toBeLessThanOrEqual(webBridgeLimits.retryMsMax)
      pass(webBridgeLimits.retryMsMax)
    }
    expect(said.at(0)).toBe('lost')
    expect(said.at(-1)).toBe('refused')
    line().happen('open')
    expect(said.at(-1)).toBe('open')
  })

  it('refuses at its limit of waiting calls, and lets one go that nobody answers', async () => {
    const { bridge, line, pass } = world()
    line().happen('open')
    const waiting = Array.from({ length: webBridgeLimits.callsWaitingMax }, () => bridge.call('app.info', {}))
    expect(await bridge.call('app.info', {})).toMatchObject({ ok: false, failure: { code: 'busy' } })
    pass(webBridgeLimits.answerWithinMs)
    expect((await Promise.all(waiting)).every((result) => !result.ok && result.failure.code === 'timed-out')).toBe(true)
  })

  it('lets fall what is no frame, and answers to nobody', () => {
    const { line } = world()
    line().happen('open')
    line().say('garbage')
    line().say({ kind: 'answer', sequence: 99, result: { ok: true, value: 1 } })
  })

  it('opens a window itself, because the shell has none', async () => {
    const { bridge, opened } = world()
    expect(await bridge.call('windows.open', { route: '/window/lab' })).toEqual({ ok: true, value: null })
    expect(opened).toEqual(['/window/lab'])
  })
})
