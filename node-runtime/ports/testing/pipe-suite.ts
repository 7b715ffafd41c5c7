import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Pipe } from '#contract/worker/pipe'

/** One end of a pipe whose other end sends back whatever it hears. */
export interface PipeHome {
  readonly pipe: Pipe<unknown, unknown>
  until(claim: () => boolean): Promise<void>
  close(): void | Promise<void>
}

/** What every pipe promises. */
export function pipeSuite(name: string, openHome: () => PipeHome | Promise<PipeHome>): void {
  describe(`${name} pipe`, () => {
    let home: PipeHome

    beforeEach(async () => {
      home = await openHome()
    })

    afterEach(() => home.close())

    it('brings plain data as it is', async () => {
      const message = {
        text: 'ção 𝒳 \u0000',
        numbers: [0, -1, 1.5, Number.MAX_SAFE_INTEGER],
        nothing: null,
        nested: { list: [{ yes: true }, []] },
        bytes: new Uint8Array([0, 1, 255]),
        long: 'x'.repeat(1_000_000),
      }
      const heard: unknown[] = []
      home.pipe.listen((back) => void heard.push(back))
      home.pipe.post(message)
      await home.until(() => heard.length > 0)
      expect(heard).toEqual([message])
    })

    it('keeps the order of many messages and loses none', async () => {
      const heard: unknown[] = []
      home.pipe.listen((back) => void heard.push(back))
      const sent = Array.from({ length: 2_000 }, (_, index) => index)
      for (const number of sent) home.pipe.post(number)
      await home.until(() => heard.length >= sent.length)
      expect(heard).toEqual(sent)
    })

    it('does not deliver while it posts, and does not notice what becomes of a message afterwards', async () => {
      const heard: unknown[] = []
      home.pipe.listen((back) => void heard.push(back))
      const message = { state: 'as posted' }
      home.pipe.post(message)
      message.state = 'changed'
      expect(heard).toEqual([])
      await home.until(() => heard.length > 0)
      expect(heard).toEqual([{ state: 'as posted' }])
    })

    it('tells every listener, and none that has stopped', async () => {
      const [first, second, stopped]: unknown[][] = [[], [], []]
      home.pipe.listen((back) => void first?.push(back))
      const stop = home.pipe.listen((back) => void stopped?.push(back))
      home.pipe.listen((back) => void second?.push(back))
      await stop()
      await stop()
      home.pipe.post('x')
      await home.until(() => first?.length === 1 && second?.length === 1)
      expect(stopped).toEqual([])
    })
  })
}
