import { readFileSync } from 'node:fs'
import { afterEach, expect, it } from 'vitest'
import { type Address, openTextSockets, type TextSockets } from './testing/reference-runner.ts'
import { openRingLab, type RingLab } from './testing/ring-lab.ts'

let ring: RingLab
const opened: TextSockets[] = []
afterEach(async () => {
  for (const sockets of opened.splice(0)) await sockets.close()
  await ring.close()
})

const poll = { timeout: 20_000, interval: 50 }
const recorded = readFileSync(new URL('../dialects/ring/testing/ring-wire.txt', import.meta.url), 'utf8')
/** Ana leads, Bia and Caio join, and Ana leaves. */
const leaderLeaves = recorded
  .slice(recorded.indexOf('#### fimlider'), recorded.indexOf('#### fimno'))
  .split('\n')
  .slice(1)

/** A recorded peer: what it hears is kept, and what it says is read from the record. */
async function recordedPeer(): Promise<{
  sockets: TextSockets
  lines: string[]
  calls: { from: Address; text: string }[]
}> {
  const lines: string[] = []
  const calls: { from: Address; text: string }[] = []
  const sockets = await openTextSockets(ring.group, {
    line: (text) => lines.push(text),
    call: (from, text) => calls.push({ from, text }),
  })
  opened.push(sockets)
  return { sockets, lines, calls }
}

it('what reference peers said on a wire is understood in the place of one of them, and answered as that one did', async () => {
  ring = await openRingLab(1, { mayStart: false })
  const [ana, caio] = [await recordedPeer(), await recordedPeer()]
  await ring.start()
  const [bia] = ring.ids
  if (bia === undefined) throw new Error('a ring has a peer')
  const id = await ring.lab.until(() => ring.facts(bia)?.id)
  const here = (line: string): string =>
    line
      .replaceAll('127.0.0.1:9001', ana.sockets.id)
      .replaceAll('127.0.0.1:9002', id)
      .replaceAll('127.0.0.1:9003', caio.sockets.id)
  const lines = leaderLeaves.map(here)

  const discover = here('DISCOVER:127.0.0.1:9002')
  expect(lines).toContain(discover)
  await expect.poll(() => ana.calls.some(({ text }) => text === discover), poll).toBe(true)
  const asked = ana.calls.find(({ text }) => text === discover)
  ana.sockets.whisper(asked?.from as Address, lines[lines.indexOf(discover) + 1] ?? '')
  await ring.lab.until(() => ring.facts(bia)?.state === 'guest')

  const ofAna = lines.slice(lines.indexOf(discover) + 2).filter((line) => line.includes('|Ana|'))
  for (const line of ofAna) {
    await ana.sockets.bring(id as TextSockets['id'], line)
    // Each on a connection of its own: only one that has come round is surely before the next.
    await expect.poll(() => ana.lines, poll).toContain(line)
  }
  expect(ana.lines.filter((line) => line.includes('|Ana|'))).toEqual(ofAna)

  const elected = lines.filter((line) => line.includes('>>ELECTED') || line.includes(`@LIST_UPDATE>>${id}`))
  const contents = elected.map((line) => line.split('|')[2])
  expect(contents).toHaveLength(2)
  await expect.poll(() => caio.lines.map((line) => line.split('|')[2]), poll).toEqual(expect.arrayContaining(contents))

  const chat = lines.find((line) => line.includes('|Caio|teste final')) ?? ''
  await caio.sockets.bring(id as TextSockets['id'], chat)
  await ring.lab.until(() => ring.facts(bia)?.records === 1)
  expect(await ring.equal(ring.ids)).toEqual([chat.split('|')[0]])
}, 60_000)
