import { beforeEach, describe, expect, it } from 'vitest'
import type { DeskCall, DeskCallName, DeskInput, DeskOutput, OutboxCounts } from '#contract/worker/desk'
import { notaryLimits } from '#cores/notary/messages'
import { fromBase64, toBase64 } from '#kit/base64'
import { encodeText } from '#kit/bytes'
import { toHex } from '#kit/hex'
import { nodeId } from '#kit/ids'
import type { Result } from '#kit/result'
import { plainSha256 } from '#kit/sha256'
import { VirtualNotary } from '../notary/testing/virtual-notary.ts'
import type { RunningRole } from '../role.ts'
import { virtualPlan } from '../testing/virtual-hosts.ts'
import { startDesk } from './desk.ts'
import { watchLimits } from './peers.ts'
import { orders } from './testing/desk-world.ts'

const id = nodeId('desk')

/** A desk at the real peers of a notary, in a virtual world. */
class DeskAtNotary {
  readonly notary = new VirtualNotary(['a', 'b', 'c'], [id])
  #role: RunningRole

  constructor() {
    this.notary.untilLed()
    this.#role = this.#start()
  }

  get counts(): OutboxCounts {
    return this.#role.facts().desk!.outbox
  }

  restart(): void {
    this.notary.hosts.host(id).crash()
    this.#role = this.#start()
  }

  ask<Name extends DeskCallName>(name: Name, input: DeskInput<Name>): Result<DeskOutput<Name>> {
    const { hosts } = this.notary
    let given: Result<DeskOutput<Name>> | null = null
    const call = { name, input } as DeskCall // a name with its own input
    hosts.live(hosts.host(id), () => {
      this.#role.answer({ kind: 'desk', call }, (result) => {
        given = result as Result<DeskOutput<Name>> // the desk answers a name with its own output
      })
    })
    hosts.until(() => given !== null)
    return given!
  }

  value<Name extends DeskCallName>(name: Name, input: DeskInput<Name>): DeskOutput<Name> {
    const result = this.ask(name, input)
    if (!result.ok) throw new Error(`${name}: ${result.failure.code} ${result.failure.message}`)
    return result.value
  }

  until(state: keyof OutboxCounts, count: number): void {
    this.notary.hosts.until(() => this.counts[state] === count, 60_000)
  }

  #start(): RunningRole {
    const plan = { ...virtualPlan(id, [...this.notary.members, id]), role: 'desk', group: null } as const
    return startDesk(plan, this.notary.hosts.host(id).ports())
  }
}

let world: DeskAtNotary
beforeEach(() => {
  world = new DeskAtNotary()
})

const [first] = orders(1)
const sha256 = first?.document.kind === 'file' ? first.document.sha256 : ''

describe('a desk at a notary', () => {
  it('registers, and gives out a receipt that its own check finds proven', () => {
    world.value('notary.register', { documents: orders(3) })
    world.until('co-signed', 3)
    const { receipt, fileName } = world.value('notary.receipt', { index: 1 })
    expect(fileName).toBe('document-0.1.tlog-proof')
    const check = (text: string, hash: string | null = sha256) =>
      world.value('notary.check', { receipt: { kind: 'text', text }, sha256: hash }).kind
    expect(check(receipt)).toBe('proven')
    expect(check(receipt, 'f'.repeat(64))).toBe('other-document')
    expect(check(receipt.replace('index 1', 'index 2'))).toBe('proof-wrong')
    expect(check('cake')).toBe('not-a-receipt')
    world.value('notary.withdraw', { fingerprint: world.value('notary.policies', {}).policies[0]!.fingerprint })
    expect(check(receipt)).toBe('unknown-keys')
    expect(world.value('notary.status', {}).isApproved).toBe(false)
    world.value('notary.approve', { policy: null })
    expect(check(receipt)).toBe('proven')
  })

  it('finds more long documents than one answer can hold', () => {
    const { notary } = world
    const texts = Array.from({ length: 60 }, (_, at) => `${at}`.padEnd(notaryLimits.textBytesMax, 'x'))
    const leader = notary.untilLed()
    for (const text of texts) {
      notary.registered(leader, [{ id: null, document: { kind: 'text', text }, title: '', registrant: '' }])
    }
    const documents = texts.map((text, at) => {
      const document = { kind: 'file', sha256: toHex(plainSha256(encodeText(text))), bytes: text.length } as const
      return { id: `order-${at}`, document, title: `${at}.txt`, registrant: 'Ana' }
    })
    world.value('notary.register', { documents })
    notary.hosts.until(() => world.counts.waiting + world.counts.sent === 0)
    expect(world.counts).toMatchObject({ already: 60, refused: 0 })
  })

  it('goes by the keys of each list that co-signs, also where the list was known before it signed anything', () => {
    const { notary } = world
    world.value('notary.register', { documents: orders(1) })
    world.until('co-signed', 1)
    const keys = (): string => JSON.stringify(notary.found(notary.untilLed(), { kind: 'witnesses', size: 1_000 }))
    const before = keys()
    const [gone, silent] = notary.members.filter((id) => id !== notary.untilLed())
    notary.powerOff(gone!, { losesDisk: true })
    notary.boot(gone!, true)
    notary.hosts.until(() => keys() !== before, 60_000)
    // Longer than the desk takes to ask, so that it has heard of the new list.
    notary.hosts.run(2 * watchLimits.idleEveryMs)
    notary.powerOff(silent!)
    world.value('notary.register', { documents: orders(2).slice(1) })
    world.until('co-signed', 2)
    notary.hosts.run(2 * watchLimits.idleEveryMs)
    expect(world.ask('notary.receipt', { index: 2 })).toMatchObject({ ok: true })
  })

  it('prints a certificate with the receipt inside', () => {
    world.value('notary.register', { documents: orders(1) })
    world.until('co-signed', 1)
    const { pdf, fileName } = world.value('notary.certificate', { index: 1, language: 'pt-BR' })
    expect(fileName).toBe('document-0.1.pdf')
    const inside = (base64: string) => world.value('notary.check', { receipt: { kind: 'pdf', base64 }, sha256 }).kind
    expect(inside(pdf)).toBe('proven')
    const bytes = fromBase64(pdf)!
    expect(inside(toBase64(bytes.slice(0, 40)))).toBe('not-a-receipt')
  })

  it('has no receipt for what is not there, or not signed for yet', () => {
    expect(world.ask('notary.receipt', { index: 99 })).toMatchObject({ failure: { code: 'not-found' } })
    world.value('notary.register', { documents: orders(1) })
    world.until('in-log', 1)
    expect(world.ask('notary.receipt', { index: 1 })).toMatchObject({ failure: { code: 'not-ready' } })
    expect(world.counts['in-log']).toBe(1)
  })

  it('finds, lists and shows the chain', () => {
    world.value('notary.register', { documents: orders(5) })
    world.until('co-signed', 5)
    expect(world.value('notary.find', { sha256 }).records).toMatchObject([{ index: 1, title: 'document 0' }])
    const page = world.value('notary.records', { search: 'DOCUMENT', before: null, limit: 2 })
    expect(page.records.map(({ index }) => index)).toEqual([5, 4])
    const more = world.value('notary.records', { search: 'DOCUMENT', before: page.next, limit: 2 })
    expect(more.records.map(({ index }) => index)).toEqual([3, 2])
    const chain = world.value('notary.chain', { nodeId: world.notary.members[1]!, from: 0, limit: 10 })
    expect(chain.records.map(({ index, kind }) => [index, kind]).slice(0, 2)).toEqual([
      [0, 'genesis'],
      [1, 'file'],
    ])
    expect(chain.records.every(({ hash, computedHash }) => hash === computedHash)).toBe(true)
    const status = world.value('notary.status', {})
    expect(status).toMatchObject({ size: 6, isApproved: true, witnessedSize: 6 })
    expect(status.witnesses).toHaveLength(3)
    expect(new Set(status.peers.map(({ head }) => head)).size).toBe(1)
  })

  it('registers each once when leaders lose their power and the desk is killed in the middle', () => {
    const { notary } = world
    const all = orders(400)
    for (let from = 0; from < all.length; from += 50) {
      world.value('notary.register', { documents: all.slice(from, from + 50) })
      if (from === 100 || from === 250) {
        const leader = notary.untilLed()
        notary.powerOff(leader)
        world.restart()
        notary.hosts.run(700)
        notary.boot(leader, true)
      }
    }
    world.until('co-signed', all.length)
    const titles: string[] = []
    for (let from = 1; titles.length < all.length; from += 100) {
      const { records } = world.value('notary.chain', { nodeId: notary.untilLed(), from, limit: 100 })
      titles.push(...records.map(({ title }) => title))
      if (records.length === 0) break
    }
    expect(titles).toEqual(all.map(({ title }) => title))
  })
})
