import type { DeedId } from '#cores/chat/messages'
import type { LamportClock } from '#cores/clocks/lamport'
import {
  type ForeignStamp,
  type Form,
  type Refusal,
  readRequest,
  refusalAnswer,
  type Stamp,
} from '#dialects/chat/index'
import { ok, type Result } from '#kit/result'
import { AccountDesk, type ForeignDeskParts } from './account-desk.ts'
import { CourseDesk } from './course-desk.ts'
import type { ForeignOrder } from './native-door.ts'

export interface ForeignDoorParts extends ForeignDeskParts {
  readonly lamport: LamportClock
}

/** A request of a program, as a desk of its dialect hears it. */
export interface Asked {
  readonly id: DeedId
  readonly from: string
  readonly form: Form
}

/** What a desk says: an answer, a refusal in words of the dialect, or that another server has to do it. */
export type Said<Answer> =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'refused'; readonly why: Refusal }
  | { readonly kind: 'elsewhere'; readonly failure: Extract<Result<never>, { ok: false }> }

/** Raw payloads of programs in, answers in their own codec out. */
export class ForeignDoor {
  readonly #parts: ForeignDoorParts
  readonly #course: CourseDesk
  readonly #account: AccountDesk

  constructor(parts: ForeignDoorParts) {
    this.#parts = parts
    this.#course = new CourseDesk(parts)
    this.#account = new AccountDesk(parts)
  }

  /** `done` gets null for what has no codec: nothing would be an answer to it. */
  hear({ id, from, frames }: ForeignOrder, done: (result: Result<Uint8Array | null>) => void): void {
    const request = readRequest(frames)
    if (request.kind === 'dropped') return done(ok(null))
    const { form } = request
    if (request.kind === 'refused') return done(ok(refusalAnswer(form, request.why, this.#stamp())))
    this.#heard(request.stamp)
    const asked: Asked = { id, from, form }
    const told = <Answer>(encode: (form: Form, answer: Answer, stamp: Stamp) => Uint8Array) => {
      return (said: Said<Answer>): void => {
        if (said.kind === 'elsewhere') return done(said.failure)
        const stamp = this.#stamp()
        done(ok(said.kind === 'refused' ? refusalAnswer(form, said.why, stamp) : encode(form, said.answer, stamp)))
      }
    }
    if (request.kind === 'course') this.#course.serve(asked, request.ask, told(this.#course.encode))
    else this.#account.serve(asked, request.ask, told(this.#account.encode))
  }

  #heard({ clock }: ForeignStamp): void {
    const { lamport } = this.#parts
    if (clock !== null && lamport.accepts(clock)) lamport.onReceive(clock)
  }

  #stamp(): Stamp {
    const { lamport, timeMs } = this.#parts
    return { atMs: timeMs(), clock: lamport.beforeSend() }
  }
}
