import type { ChatProfile } from '#contract/worker/chat'
import { courseRequest, readReply } from '#dialects/chat/index'
import { type NodeId, nodeId } from '#kit/ids'
import { Random } from '#kit/random'
import type { Result } from '#kit/result'
import { NativeAsker } from './native-asker.ts'
import { broker, type PlainChat, proxy, reference, servers } from './plain-chat.ts'
import { areTheSame, bot, leaderOf, textsAt, wholeChat } from './whole-chat.ts'

const stepMs = 25
const nativeUnderWayMax = 60
const programWaitsMs = 3_000
const asker = nodeId('desk')

export interface ChatChaosEnd {
  readonly wrong: readonly string[]
  readonly troubles: ReadonlyMap<string, number>
  readonly native: number
  readonly foreign: number
}

/** A chat whose nodes are killed, one server at a time and everything else as it comes, while a desk and a program talk. */
export class ChatChaos {
  readonly #random: Random
  readonly #profile: ChatProfile
  readonly #native: NativeAsker
  readonly #chat: PlainChat
  readonly #wakeMs = new Map<NodeId, number>()
  readonly #troubles = new Map<string, number>()
  readonly #foreign = new Set<string>()
  #asked: { readonly text: string; readonly about: { result: Result<Uint8Array> | null } } | null = null
  #said = 0
  #nowMs = 0
  #cut: { readonly links: readonly string[]; readonly untilMs: number } | null = null

  constructor(seed: string, profile: ChatProfile = 'leader') {
    this.#random = new Random(seed)
    this.#profile = profile
    this.#native = new NativeAsker(profile === 'leader' ? 'uma senha longa' : '')
    this.#chat = wholeChat({ [asker]: this.#native.start }, profile)
    const luck = this.#random.fork('latency')
    this.#chat.hosts.latencyMs = () => luck.below(4) * 5
  }

  play(kills: number): ChatChaosEnd {
    while (!this.#native.isMember) this.#step()
    for (let killed = 0; killed < kills; this.#step()) {
      if (this.#random.chance(1, 12) && this.#kill()) killed += 1
      if (this.#random.chance(1, 40)) this.#cutOff()
      this.#talk()
    }
    this.#heal()
    for (const id of this.#wakeMs.keys()) this.#wakeMs.set(id, 0)
    const isCalm = (): boolean =>
      this.#native.waiting === 0 && this.#asked?.about.result !== null && areTheSame(this.#chat)
    for (let ms = 0; this.#wakeMs.size > 0 || !isCalm(); ms += stepMs) {
      if (ms > 120_000) return this.#end(['it did not become calm'])
      this.#step()
      this.#hear()
    }
    this.#hear()
    return this.#end([...this.#native.wrong, ...this.#judged()])
  }

  #end(wrong: readonly string[]): ChatChaosEnd {
    return { wrong, troubles: this.#troubles, native: this.#native.acknowledged.size, foreign: this.#foreign.size }
  }

  #step(): void {
    this.#chat.hosts.run(stepMs)
    this.#nowMs += stepMs
    if (this.#cut !== null && this.#cut.untilMs <= this.#nowMs) this.#heal()
    for (const [id, wakeMs] of this.#wakeMs) {
      if (wakeMs > this.#nowMs) continue
      this.#wakeMs.delete(id)
      this.#chat.start(id)
    }
  }

  /** What a server answers does not arrive for a while, or what it is asked: it may do what nobody hears of. */
  #cutOff(): void {
    const server = this.#profile === 'leader' ? leaderOf(this.#chat) : this.#random.pick(servers)
    if (this.#cut !== null || server === null) return
    const others = this.#random.chance(1, 2) || this.#profile === 'leader' ? [broker] : servers
    const isOut = this.#random.chance(1, 2)
    const links = others.map((other) => (isOut ? `${server}>${other}` : `${other}>${server}`))
    this.#cut = { links, untilMs: this.#nowMs + this.#random.below(2_000) }
    for (const link of links) this.#chat.hosts.cut.add(link)
    this.#troubles.set('cut', (this.#troubles.get('cut') ?? 0) + 1)
  }

  #heal(): void {
    for (const link of this.#cut?.links ?? []) this.#chat.hosts.cut.delete(link)
    this.#cut = null
  }

  /** False: whoever it would have been is down, or too many are. Where everyone answers, one that is left is enough. */
  #kill(): boolean {
    const kind = this.#random.pick(['leader', 'server', 'broker', 'proxy', 'reference', 'bot'] as const)
    const id = this.#victim(kind)
    const isServer = id !== null && servers.includes(id)
    const down = servers.filter((server) => this.#wakeMs.has(server)).length
    const areTooMany = down >= (this.#profile === 'leader' ? 1 : 2)
    if (id === null || this.#wakeMs.has(id) || (isServer && areTooMany)) return false
    this.#chat.kill(id)
    this.#wakeMs.set(id, this.#nowMs + 25 + this.#random.below(1_500))
    this.#troubles.set(kind, (this.#troubles.get(kind) ?? 0) + 1)
    return true
  }

  #victim(kind: 'leader' | 'server' | 'broker' | 'proxy' | 'reference' | 'bot'): NodeId | null {
    if (kind === 'leader') return leaderOf(this.#chat)
    if (kind === 'server') return this.#random.pick(servers)
    return { broker, proxy, reference, bot }[kind]
  }

  #talk(): void {
    this.#said += 1
    if (this.#native.waiting < nativeUnderWayMax) this.#native.say(`native ${this.#said}`)
    this.#hear()
    if (this.#asked !== null) return
    const text = `foreign ${this.#said}`
    const ask = { kind: 'publish', user: 'ana', channel: 'general', message: text } as const
    const payload = courseRequest('json', this.#foreign.size === 0 ? { kind: 'login', user: 'ana' } : ask, stamp)
    this.#asked = { text, about: this.#chat.begin(payload, 'broker', programWaitsMs) }
  }

  /** What a program was told is said must be there; what it was not told may be. */
  #hear(): void {
    const result = this.#asked?.about.result ?? null
    if (this.#asked === null || result === null) return
    const reply = result.ok ? readReply(result.value) : null
    if (reply?.isRefused === false) this.#foreign.add(reply.service === 'login' ? 'login' : this.#asked.text)
    this.#asked = null
  }

  #judged(): readonly string[] {
    const kept = textsAt(this.#chat, servers[0] ?? broker)
    const times = new Map<string, number>()
    for (const text of kept) times.set(text, (times.get(text) ?? 0) + 1)
    const told = [...this.#native.acknowledged, ...this.#foreign].filter((text) => text !== 'login')
    const missing = told.filter((text) => !times.has(text)).map((text) => `missing: ${text}`)
    const ours = [...times].filter(([text]) => text.startsWith('native ') || text.startsWith('foreign '))
    const doubled = ours.filter(([, count]) => count > 1).map(([text]) => `doubled: ${text}`)
    return [...missing, ...doubled]
  }
}

const stamp = { atMs: 1, clock: 1 } as const
