import type { ChatProfile } from '#contract/worker/chat'
import type { NodeId } from '#kit/ids'
import { Random } from '#kit/random'
import { broker, proxy, reference, servers } from '../../../chat/testing/plain-chat.ts'
import { bot } from '../../../chat/testing/whole-chat.ts'
import { ChatWorld, desk, FakeWindow, general } from './chat-world.ts'

const users = ['ana', 'bia'] as const
const stepMs = 40
/** One server at a time; everything else as it comes. */
const kinds: ReadonlyMap<string, readonly NodeId[]> = new Map([
  ['server', servers],
  ['broker', [broker]],
  ['proxy', [proxy]],
  ['reference', [reference]],
  ['bot', [bot]],
  ['desk', [desk]],
])

interface Talker {
  readonly user: string
  readonly session: string
  readonly window: FakeWindow
  readonly said: string[]
}

export interface DeskChaosEnd {
  readonly wrong: readonly string[]
  readonly killed: ReadonlySet<string>
  readonly said: number
}

/** People who talk by one desk, while nodes of their chat are killed and come back, their desk among them. */
export class DeskChaos {
  readonly #random: Random
  readonly #world: ChatWorld
  readonly #talkers: readonly Talker[]
  readonly #isOrdered: boolean
  readonly #downUntilMs = new Map<NodeId, number>()
  readonly #killed = new Set<string>()
  #nowMs = 0

  constructor(seed: string, profile: ChatProfile) {
    this.#random = new Random(`${seed} ${profile}`)
    this.#world = new ChatWorld(profile)
    this.#isOrdered = profile === 'leader'
    this.#talkers = users.map((user) => {
      const session = this.#world.join(user)
      return { user, session, window: new FakeWindow(this.#world, session), said: [] }
    })
    const luck = this.#random.fork('latency')
    this.#world.chat.hosts.latencyMs = () => luck.below(3) * 5
  }

  play(kills: number): DeskChaosEnd {
    for (let killed = 0; killed < kills; this.#step()) {
      if (this.#random.chance(1, 3)) this.#talk()
      // While it is on its way, too.
      this.#world.run(this.#random.below(4) * 5)
      if (this.#random.chance(1, 10) && this.#kill()) killed += 1
    }
    for (const id of this.#downUntilMs.keys()) this.#downUntilMs.set(id, 0)
    const count = this.#talkers.reduce((sum, { said }) => sum + said.length, 0)
    for (let ms = 0; !this.#isCalm(count); ms += stepMs) {
      if (ms > 120_000) return this.#end([`it did not become calm: ${this.#state()}`], count)
      this.#step()
    }
    return this.#end(this.#judged(), count)
  }

  #end(wrong: readonly string[], said: number): DeskChaosEnd {
    return { wrong, killed: this.#killed, said }
  }

  #step(): void {
    this.#nowMs += stepMs
    this.#world.run(stepMs)
    for (const [id, untilMs] of this.#downUntilMs) {
      if (this.#nowMs < untilMs) continue
      this.#downUntilMs.delete(id)
      this.#world.chat.start(id)
    }
    if (!this.#downUntilMs.has(desk)) for (const { window } of this.#talkers) window.look()
  }

  #kill(): boolean {
    const names = [...kinds.keys()]
    const name = names[this.#random.below(names.length)] ?? ''
    const ids = kinds.get(name) ?? []
    const id = ids[this.#random.below(ids.length)]
    const isServerDown = servers.some((server) => this.#downUntilMs.has(server))
    if (id === undefined || this.#downUntilMs.has(id) || (name === 'server' && isServerDown)) return false
    this.#world.chat.kill(id)
    this.#downUntilMs.set(id, this.#nowMs + 20 + this.#random.below(1_500))
    this.#killed.add(name)
    if (id === desk) for (const { window } of this.#talkers) window.deskDied()
    return true
  }

  #talk(): void {
    const talker = this.#talkers[this.#random.below(this.#talkers.length)]
    if (talker === undefined || this.#downUntilMs.has(desk)) return
    const { user, session, said } = talker
    const text = `${user} ${said.length}`
    const order = { session, conversation: general, id: this.#world.freshId(), text, replyTo: null }
    // Taken at once, or the desk has no disk.
    if (this.#world.call('chat.say', order).result?.ok === true) said.push(text)
  }

  #isCalm(count: number): boolean {
    if (this.#downUntilMs.size > 0) return false
    return this.#talkers.every(({ window }) => window.texts.length >= count)
  }

  #state(): string {
    const shown = this.#talkers.map(
      ({ user, window, said }) => `${user} said ${said.length}, is shown ${window.texts.length}`,
    )
    return `${shown.join('; ')}; ${JSON.stringify(this.#world.call('chat.status', {}).result)}`
  }

  #judged(): readonly string[] {
    const wrong: string[] = []
    const [one, ...others] = this.#talkers.map(({ session, window }) => ({
      kept: this.#allOf(session),
      shown: window.texts,
    }))
    if (one === undefined) return ['nobody talked']
    for (const { user, said } of this.#talkers) {
      const own = one.kept.filter((text) => text.startsWith(`${user} `))
      const expected = this.#isOrdered ? said : said.toSorted()
      const found = this.#isOrdered ? own : own.toSorted()
      if (JSON.stringify(found) !== JSON.stringify(expected)) wrong.push(`${user} said ${said.length}: ${found.join()}`)
    }
    for (const other of others) if (other.kept.join() !== one.kept.join()) wrong.push('they read in another order')
    for (const { shown } of [one, ...others])
      if (shown.join() !== one.kept.join()) wrong.push('a window shows something else')
    return wrong
  }

  #allOf(session: string): readonly string[] {
    const texts: string[] = []
    let page = this.#world.history(session)
    for (;;) {
      texts.unshift(...page.rows.filter(({ author }) => !author.includes('bot')).map(({ text }) => text))
      const [first] = page.rows
      if (page.isBeginning || first === undefined || first.place === null) return texts
      const from = { kind: 'before', place: first.place } as const
      page = this.#world.get('chat.history', { session, conversation: general, from, limit: 200 })
    }
  }
}
