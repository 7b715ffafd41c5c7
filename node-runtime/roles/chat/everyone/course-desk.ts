import type { Act, EveryoneRefusal } from '#cores/chat/everyone/messages'
import type { LamportClock } from '#cores/clocks/lamport'
import {
  type CourseAnswer,
  type CourseAsk,
  courseAnswer,
  type Form,
  type Refusal,
  readRequest,
  refusalAnswer,
} from '#dialects/chat/index'
import { listingLimits } from '../server/listings.ts'
import type { EveryoneService } from './service.ts'

export interface CourseDeskParts {
  readonly service: EveryoneService
  readonly lamport: LamportClock
  /** Of whoever has just done something. */
  readonly here: (user: string) => void
}

type Said = { readonly answer: CourseAnswer } | { readonly refusal: Refusal }
type Done = (said: Said) => void

/** The course's services. The account chat's are refused in its own words: they need accounts. */
export class CourseDesk {
  readonly #parts: CourseDeskParts

  constructor(parts: CourseDeskParts) {
    this.#parts = parts
  }

  /** `done` gets null for what has no codec: nothing would be an answer to it. */
  hear(id: string, frames: readonly Uint8Array[], done: (payload: Uint8Array | null) => void): void {
    const request = readRequest(frames)
    if (request.kind === 'dropped') return done(null)
    const { form } = request
    if (request.kind === 'refused') return done(this.#bytes(form, { refusal: request.why }))
    const { lamport } = this.#parts
    const { clock } = request.stamp
    if (clock !== null && lamport.accepts(clock)) lamport.onReceive(clock)
    if (request.kind === 'account') {
      return done(this.#bytes(form, { refusal: { kind: 'service', service: form.service } }))
    }
    this.#serve({ id, form, ask: request.ask }, (said) => done(this.#bytes(form, said)))
  }

  #serve({ id, form, ask }: { id: string; form: Form; ask: CourseAsk }, done: Done): void {
    const { service } = this.#parts
    switch (ask.kind) {
      case 'login': {
        // One of its names wants to know who else is there.
        const users = (): readonly string[] => (form.service === 'login' ? [] : fitting(service.content.users))
        const did = (): CourseAnswer => ({ kind: 'logged-in', users: users() })
        return this.#act(id, { kind: 'login', user: ask.user }, did, done)
      }
      case 'users':
        return done({ answer: { kind: 'users', users: fitting(service.content.users) } })
      case 'channels':
        return done({ answer: { kind: 'channels', channels: fitting(service.content.channels) } })
      case 'channel':
        return this.#act(id, { kind: 'channel', channel: ask.channel }, () => ({ kind: 'channel-made' }), done)
      case 'publish': {
        const { user: from, channel: to, message: text } = ask
        return this.#act(id, { kind: 'publish', from, to, text, through: 'course' }, said, done)
      }
      case 'message': {
        const { src: from, dst: to, message: text } = ask
        return this.#act(id, { kind: 'message', from, to, text, through: 'course' }, said, done)
      }
      case 'clock':
        return done({ answer: { kind: 'time', atMs: service.timeMs() } })
      case 'election':
        return done({ answer: { kind: 'elected' } })
      // Those are the reference's.
      case 'rank':
      case 'list':
      case 'heartbeat':
        return done({ refusal: { kind: 'service', service: ask.kind } })
    }
  }

  #act(id: string, act: Act, did: () => CourseAnswer, done: Done): void {
    const { service, here } = this.#parts
    service.act(id, act, (result) => {
      // Busy, or a disk that takes nothing: it did not happen, and another server may be asked.
      if (!result.ok) return done({ refusal: { kind: 'nobody' } })
      if (result.value.kind === 'refused') return done({ refusal: refusalOf(result.value.why, act) })
      if (act.kind !== 'channel') here(act.kind === 'login' ? act.user : act.from)
      done({ answer: did() })
    })
  }

  #bytes(form: Form, said: Said): Uint8Array {
    const { service, lamport } = this.#parts
    const stamp = { atMs: service.timeMs(), clock: lamport.beforeSend() }
    return 'answer' in said ? courseAnswer(form, said.answer, stamp) : refusalAnswer(form, said.refusal, stamp)
  }
}

function refusalOf(why: EveryoneRefusal, act: Act): Refusal {
  switch (why) {
    case 'name-taken':
      return act.kind === 'channel'
        ? { kind: 'channel-taken', name: act.channel }
        : { kind: 'user-taken', name: act.kind === 'login' ? act.user : act.from }
    case 'name-not-allowed':
      return { kind: why, name: act.kind === 'channel' ? act.channel : act.kind === 'login' ? act.user : act.from }
    case 'unknown-user':
      return { kind: 'user-unknown', name: 'to' in act ? act.to : '' }
    case 'unknown-channel':
      return { kind: 'channel-unknown', name: 'to' in act ? act.to : '' }
    case 'empty':
    case 'too-long':
    case 'too-many':
      return { kind: why }
    case 'malformed':
      return { kind: 'form' }
    case 'cannot-write':
      return { kind: 'nobody' }
  }
}

const said = (): CourseAnswer => ({ kind: 'said' })

/** As many as fit: the dialect knows no pages, and what is too long reaches nobody. A channel's name is said twice. */
function fitting(names: readonly string[]): readonly string[] {
  const { bytesMax, bytesPerLetter, frameBytes } = listingLimits
  let bytes = 0
  const end = names.findIndex((name) => {
    bytes += frameBytes + 2 * bytesPerLetter * name.length
    return bytes > bytesMax
  })
  return end === -1 ? names : names.slice(0, end)
}
