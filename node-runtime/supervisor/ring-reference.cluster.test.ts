import { afterEach, describe, expect, it } from 'vitest'
import type { NodeId } from '#kit/ids'
import { type RunningReference, startReference } from './testing/reference-runner.ts'
import { openRingLab, type RingLab } from './testing/ring-lab.ts'

let ring: RingLab
const references: RunningReference[] = []
afterEach(async () => {
  said = 0
  for (const reference of references.splice(0)) await reference.kill()
  await ring.close()
})

async function reference(user: string): Promise<RunningReference> {
  const started = await startReference(ring.group, user)
  references.push(started)
  return started
}

async function killed(gone: RunningReference): Promise<void> {
  references.splice(references.indexOf(gone), 1)
  await gone.kill()
}

/** All own peers know a ring of just so many, in which this one is (or is not) and that one leads. */
async function ringOf(size: number, is: { readonly leader?: string; readonly state?: string } = {}): Promise<void> {
  await ring.lab.until(() => ring.ids.every((id) => isIn(id, size, is)))
}

function isIn(id: NodeId, size: number, { leader, state }: { leader?: string; state?: string }): boolean {
  const facts = ring.facts(id)
  const isLed = leader === undefined || facts?.leader === leader
  return facts?.members.length === size && isLed && (state === undefined || facts.state === state)
}

const heardBy = ({ peer }: RunningReference): readonly string[] =>
  peer.chats.map(({ content }) => (content.kind === 'chat' ? content.text : ''))

/** Looks again with each change of the lab: a reference peer has no signals of its own, and each of its words leads to one. */
async function untilHeard({ peer }: RunningReference, text: string): Promise<void> {
  await expect
    .poll(() => peer.chats.filter(({ content }) => content.kind === 'chat' && content.text === text).length, poll)
    .toBe(1)
}

const poll = { timeout: 30_000, interval: 50 }

/** Everybody hears everybody once. */
async function chat(among: RunningReference, word: string): Promise<void> {
  await say(`${word}, nós`)
  await untilHeard(among, `${word}, nós`)
  among.peer.chat(`${word}, ele`)
  await untilThere(1)
}

let said = 0

async function say(text: string): Promise<void> {
  const [ours] = ring.ids
  if (ours === undefined || (await ring.say(ours, text)) === null) throw new Error(`nobody said ${text}`)
  await untilThere(1)
}

/** So many more at all of ours, in one order. */
async function untilThere(more: number): Promise<void> {
  said += more
  await ring.lab.until(() => ring.ids.every((id) => ring.facts(id)?.records === said))
  await ring.equal(ring.ids)
}

describe('a stand-in of a reference peer, over real sockets,', () => {
  it('joins our ring, hears who is in it, chats, leads it, and leaves it in order', async () => {
    ring = await openRingLab(3)
    const leader = await ring.ledBy(ring.ids)
    const caio = await reference('Caio')
    await ringOf(4)
    const facts = ring.facts(leader.id)
    await expect.poll(() => caio.peer.members, poll).toEqual(facts?.members.map(({ id }) => id))
    expect([caio.peer.leader, facts?.members[1]]).toMatchObject([
      facts?.leader,
      { id: caio.peer.id, kind: 'reference' },
    ])
    await chat(caio, 'entrei')

    caio.peer.elect()
    await ringOf(4, { leader: caio.peer.id, state: 'guest' })
    expect(caio.peer.leads).toBe(true)
    await chat(caio, 'lidero')

    caio.peer.leave()
    await ring.ledBy(ring.ids)
    await killed(caio)
    await say('sem ele')
  }, 90_000)

  it('is told what it can take, and whoever said more is told that', async () => {
    ring = await openRingLab(2)
    const leader = await ring.ledBy(ring.ids)
    const caio = await reference('Caio')
    await ringOf(3)
    const text = `um|dois ${'ç'.repeat(2_000)}`
    const call = { name: 'ring.say', input: { nodeId: leader.id, text } } as const
    const said = await ring.lab.supervisor.ask(leader.id, { kind: 'ring', call })
    expect(said).toMatchObject({ ok: true, value: { isFitted: true } })
    await expect.poll(() => heardBy(caio).length, poll).toBe(1)
    const [heard = ''] = heardBy(caio)
    expect([heard.startsWith('um¦dois ç'), heard.endsWith('ç…')]).toEqual([true, true])
    const line = caio.lines.find((one) => one.includes('um¦dois')) ?? ''
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(1024)
    expect(Buffer.byteLength(line)).toBeGreaterThan(1020)
    await ring.equal(ring.ids)
  }, 60_000)

  it('is gone over when it is killed, whether it leads or not', async () => {
    ring = await openRingLab(3)
    await ring.ledBy(ring.ids)
    const [caio, davi] = [await reference('Caio'), await reference('Davi')]
    await ringOf(5)
    await killed(davi)
    await say('quem está aí?')
    await ringOf(4)
    await chat(caio, 'ainda aqui')

    caio.peer.elect()
    await ringOf(4, { leader: caio.peer.id, state: 'guest' })
    await killed(caio)
    await say('e agora?')
    await ring.ledBy(ring.ids)
    await say('entre nós')
  }, 90_000)
})

describe('ours in the ring of a reference peer that was there first', () => {
  it('are its guests, chat there, leave it in order, and outlive it', async () => {
    ring = await openRingLab(2, { mayStart: false })
    const caio = await reference('Caio')
    await expect.poll(() => caio.peer.leads, poll).toBe(true)
    await ring.start()
    await ringOf(3, { leader: caio.peer.id, state: 'guest' })
    await expect.poll(() => caio.peer.members.length, poll).toBe(3)
    await chat(caio, 'visita')

    const [stays, goes] = ring.ids as [NodeId, NodeId]
    const leave = { name: 'ring.command', input: { nodeId: goes, command: 'leave' } } as const
    expect(await ring.lab.supervisor.ask(goes, { kind: 'ring', call: leave })).toMatchObject({ ok: true })
    await expect.poll(() => caio.peer.members, poll).toEqual([caio.peer.id, ring.facts(stays)?.id])
    caio.peer.chat('só nós dois')
    await ring.lab.until(() => ring.facts(stays)?.records === said + 1)

    await killed(caio)
    expect(await ring.say(stays, 'alguém?')).not.toBeNull()
    await ring.lab.until(() => ring.facts(stays)?.state === 'leader')
  }, 90_000)
})
