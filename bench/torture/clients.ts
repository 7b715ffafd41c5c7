import type { ListAnswer, ListOp } from '#check/models/list'
import type { RegisterAnswer as ModelAnswer, RegisterOp } from '#check/models/register'
import type { HistoryRecorder } from '#check/recorder'
import { decodeRegisterAnswer, type RegisterAnswer } from '#cores/registers/answers'
import { encodeRegisterCommand, encodeRegisterQuery, type RegisterCommand } from '#cores/registers/requests'
import { failures } from '#kit/failures'
import type { Random } from '#kit/random'
import type { Result } from '#kit/result'
import { Lanes } from '#roles/replica/lanes'
import type { LogClient } from '#roles/replica/log-client'

export interface ClientsPlan {
  readonly log: LogClient
  readonly registers: HistoryRecorder<RegisterOp, ModelAnswer>
  readonly lists: HistoryRecorder<ListOp, ListAnswer>
  readonly random: Random
  readonly processes: number
  readonly keys: number
}

/** A client rests up to so long between two of its operations; without rest the history would be all that is tested. */
const restMsMax = 12
/** A list is left alone after so many appends, well before it is full. */
const appendsPerList = 600

/** Clients that ask one thing after the other until they are told to stop. */
export class Clients {
  readonly #plan: ClientsPlan
  readonly #lanes: Lanes
  #isStopped = false
  #lastValue = 0
  #appends = 0

  constructor(plan: ClientsPlan) {
    this.#plan = plan
    const soon = (work: () => void): void => void setImmediate(work)
    this.#lanes = new Lanes({ log: plan.log, lanesMax: plan.processes, waitingMax: plan.processes, soon })
  }

  /** Resolves when the last operation of each client is over. */
  async run(): Promise<void> {
    const names = Array.from({ length: this.#plan.processes }, (_, index) => `c${index + 1}`)
    await Promise.all(names.map((name) => this.#live(name, this.#plan.random.fork(name))))
  }

  stop(): void {
    this.#isStopped = true
  }

  /** Every list that was ever begun. */
  get listKeys(): readonly string[] {
    return Array.from({ length: Math.floor(this.#appends / appendsPerList) + 1 }, (_, index) => `list-${index}`)
  }

  async readList(process: string, key: string): Promise<readonly string[] | null> {
    const token = this.#plan.lists.begin(process, key, { kind: 'read' })
    let items: readonly string[] | null = null
    await this.#read(encodeRegisterQuery({ kind: 'read-list', key }), (result) => {
      if (result.ok && result.value.kind === 'list') items = result.value.items.map(textOf)
      this.#plan.lists.end(token, items === null ? { kind: 'failed' } : { kind: 'ok', answer: items })
    })
    return items
  }

  /** undefined: no answer. */
  async readRegister(process: string, key: string): Promise<string | null | undefined> {
    const token = this.#plan.registers.begin(process, key, { kind: 'read' })
    let seen: string | null | undefined
    await this.#read(encodeRegisterQuery({ kind: 'read', key }), (result) => {
      if (result.ok && result.value.kind === 'value')
        seen = result.value.value === null ? null : textOf(result.value.value)
      this.#plan.registers.end(token, seen === undefined ? { kind: 'failed' } : { kind: 'ok', answer: seen })
    })
    return seen
  }

  async #live(process: string, random: Random): Promise<void> {
    const seen = new Map<string, string | null>()
    while (!this.#isStopped) {
      const key = `key-${random.below(this.#plan.keys)}`
      const lot = random.below(10)
      if (lot < 4) {
        const value = await this.readRegister(process, key)
        if (value !== undefined) seen.set(key, value)
      } else if (lot < 6) await this.#write(process, key)
      else if (lot < 8) await this.#swap(process, key, seen.get(key) ?? null)
      else if (lot < 9) await this.#append(process)
      else await this.readList(process, this.#list())
      await new Promise((resolve) => setTimeout(resolve, random.below(restMsMax)))
    }
  }

  async #write(process: string, key: string): Promise<void> {
    const value = this.#newValue()
    const token = this.#plan.registers.begin(process, key, { kind: 'write', value })
    const result = await this.#propose({ kind: 'write', key, value: bytesOf(value) })
    this.#plan.registers.end(
      token,
      endingOf(result, () => null),
    )
  }

  async #swap(process: string, key: string, expected: string | null): Promise<void> {
    const value = this.#newValue()
    const token = this.#plan.registers.begin(process, key, { kind: 'cas', expected, value })
    const expectedBytes = expected === null ? null : bytesOf(expected)
    const result = await this.#propose({ kind: 'swap', key, expected: expectedBytes, value: bytesOf(value) })
    this.#plan.registers.end(
      token,
      endingOf(result, ({ kind }) => kind === 'swapped'),
    )
  }

  async #append(process: string): Promise<void> {
    const key = this.#list()
    this.#appends += 1
    const value = this.#newValue()
    const token = this.#plan.lists.begin(process, key, { kind: 'append', value })
    const result = await this.#propose({ kind: 'append', key, item: bytesOf(value) })
    this.#plan.lists.end(
      token,
      endingOf(result, () => null),
    )
  }

  #list(): string {
    return `list-${Math.floor(this.#appends / appendsPerList)}`
  }

  #newValue(): string {
    this.#lastValue += 1
    return String(this.#lastValue)
  }

  #propose(command: RegisterCommand): Promise<Result<RegisterAnswer>> {
    return new Promise((resolve) => {
      this.#lanes.propose(encodeRegisterCommand(command), (result) => {
        resolve(result.ok ? { ok: true, value: answered(result.value.answer) } : result)
      })
    })
  }

  #read(query: Uint8Array, done: (result: Result<RegisterAnswer>) => void): Promise<void> {
    return new Promise((resolve) => {
      this.#plan.log.read(query, 'linearizable', (result) => {
        done(result.ok ? { ok: true, value: answered(result.value.answer) } : result)
        resolve()
      })
    })
  }
}

function endingOf<Answer>(result: Result<RegisterAnswer>, told: (answer: RegisterAnswer) => Answer) {
  if (result.ok) return { kind: 'ok', answer: told(result.value) } as const
  return failures[result.failure.code].definite ? ({ kind: 'failed' } as const) : ({ kind: 'unknown' } as const)
}

/** Ours are well formed and within every limit; any other answer is a finding. */
function answered(bytes: Uint8Array): RegisterAnswer {
  const answer = decodeRegisterAnswer(bytes)
  if (answer === null || answer.kind === 'refused') throw new Error(`the group answers ${JSON.stringify(answer)}`)
  return answer
}

function bytesOf(text: string): Uint8Array {
  return Buffer.from(text, 'utf8')
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8')
}
