import type { NotaryPeerFacts } from '#contract/worker/view'
import type { ExaminedSoFar } from '#cores/notary/messages'
import { type ByteReader, ByteWriter } from '#kit/bytes'
import type { Clock } from '#ports/clock'
import type { Store } from '#ports/store'
import { ownSpace, readOwn, written } from './own-space.ts'
import type { Look, Unproven } from './proven.ts'

type Shown = NotaryPeerFacts['examination']
type Broken = Omit<Extract<Shown, { readonly kind: 'broken' }>, 'isHealing'>
export type Examination = Exclude<Shown, { readonly kind: 'broken' }> | Broken

export interface ExaminerParts {
  readonly look: Look
  readonly clock: Clock
  readonly store: Store
  readonly onBroken: (what: Unproven) => void
}

export const examinerLimits = {
  recordsPerLook: 250,
  /** Of each tick; the rest belongs to the log. */
  msPerTick: 8,
  /** What was sound longer ago counts for nothing where a copy is to be thrown away. */
  soundForMs: 10 * 60_000,
} as const

const brokenKey = 'broken'
const lessonKey = 'lesson'

/** Computes this peer's copy anew, a little in each tick, and remembers over restarts that it was found wrong. */
export class Examiner {
  readonly #parts: ExaminerParts
  #soFar: ExaminedSoFar | null = null
  /** Stands while a new examination runs: only one that finds nothing takes it back. */
  #broken: Broken | null
  /** Somebody changed this copy on purpose, to see what happens. It stands until the copy is another one. */
  #isLesson: boolean
  #view: Examination
  /** Of the last examination that found nothing. null: there was none in this life of the role, or of the copy. */
  #sound: { readonly size: number; readonly atMs: number } | null = null

  constructor(parts: ExaminerParts) {
    this.#parts = parts
    this.#broken = readOwn(parts.store, brokenKey, readBroken)
    this.#isLesson = readOwn(parts.store, lessonKey, (reader) => reader.boolean()) ?? false
    this.#view = this.#broken ?? { kind: 'none' }
  }

  get view(): Examination {
    return this.#view
  }

  get isBroken(): boolean {
    return this.#broken !== null
  }

  /** The first thing that was found; null: nothing is known to be wrong. */
  get found(): { readonly index: number; readonly check: string } | null {
    const broken = this.#broken
    return broken && { index: broken.index, check: broken.check }
  }

  get isLesson(): boolean {
    return this.#isLesson
  }

  /** How many records were computed anew lately, all sound; 0: nobody can say. */
  get soundSize(): number {
    const sound = this.#sound
    if (sound === null || this.isBroken) return 0
    return this.#parts.clock.now() - sound.atMs > examinerLimits.soundForMs ? 0 : sound.size
  }

  /** Before the copy is changed. False: the disk does not take it, so the lesson would look like an accident. */
  beginLesson(): boolean {
    const isOnDisk = written(this.#parts.store, (tx) => tx.put(ownSpace, lessonKey, new ByteWriter().byte(1).done()))
    if (isOnDisk) this.#isLesson = true
    // What was found sound before may be what is about to be changed.
    this.#soFar = null
    this.#sound = null
    return isOnDisk
  }

  /** Nothing was changed, or nothing of it is left. */
  endLesson(): void {
    if (!this.#isLesson) return
    this.#isLesson = false
    written(this.#parts.store, (tx) => tx.delete(ownSpace, lessonKey))
  }

  start(): void {
    if (this.#view.kind === 'running') return
    this.#soFar = null
    this.#view = { kind: 'running', index: 0, size: this.#parts.look({ kind: 'status' }).size }
  }

  tick(): void {
    if (this.#view.kind !== 'running') return
    const { clock, look } = this.#parts
    const { msPerTick, recordsPerLook: limit } = examinerLimits
    for (const beganMs = clock.now(); clock.now() - beganMs < msPerTick; ) {
      const found = look({ kind: 'examine', after: this.#soFar, limit })
      if (found.kind === 'sound-so-far') {
        this.#soFar = found.soFar
        this.#view = { kind: 'running', index: found.soFar.index, size: look({ kind: 'status' }).size }
        continue
      }
      if (found.kind === 'broken') return this.broken(found)
      this.#forget()
      this.#view = { kind: 'sound', size: found.size, wallMs: Math.round(clock.wall()) }
      this.#sound = { size: found.size, atMs: clock.now() }
      return
    }
  }

  /** Whoever notices. The first word stands until the copy is another one. */
  broken({ index, check }: Unproven): void {
    if (this.#broken !== null && this.#view.kind !== 'running') return
    const { clock, store, onBroken } = this.#parts
    const wallMs = Math.round(clock.wall())
    const row = new ByteWriter().number(index).text(check).number(wallMs).done()
    // A disk that takes nothing now forgets it at the next start, and the next look finds it again.
    written(store, (tx) => tx.put(ownSpace, brokenKey, row))
    this.#broken = { kind: 'broken', index, check, wallMs }
    this.#view = this.#broken
    onBroken({ index, check })
  }

  /** The copy is gone, and what was found in it too. */
  copyIsGone(): void {
    this.#forget()
    this.#view = { kind: 'none' }
  }

  #forget(): void {
    this.#soFar = null
    this.#sound = null
    this.endLesson()
    if (this.#broken === null) return
    this.#broken = null
    written(this.#parts.store, (tx) => tx.delete(ownSpace, brokenKey))
  }
}

function readBroken(reader: ByteReader): Broken {
  return { kind: 'broken', index: reader.count(), check: reader.text(), wallMs: reader.number() }
}
