import type { Witness as ListedWitness, NotaryStatus } from '#cores/notary/messages'
import { formatCheckpoint } from '#cores/notary/receipt/checkpoint'
import { isSame } from '#cores/notary/receipt/merkle'
import { majorityOf } from '#cores/notary/receipt/policy'
import { isBy, type NoteSignature } from '#cores/notary/receipt/signed-note'
import { judgeSignature, signAsLog } from '#cores/notary/receipt/signing'
import { parseVerifierKey, type VerifierKey } from '#cores/notary/receipt/verifier-key'
import { witnessedNote } from '#cores/notary/receipt/witnessed-note'
import type { RaftView } from '#cores/raft/messages'
import type { NodeId } from '#kit/ids'
import type { Clock } from '#ports/clock'
import type { Secrets } from '#ports/secrets'
import type { Store } from '#ports/store'
import type { Letter, Post } from '../post.ts'
import { decodeCosigned, encodeCosigned, cosigningKinds as kinds } from './cosigning-codec.ts'
import type { LogKey } from './log-key.ts'
import { keepNewestNote, type NewestNote, readNewestNote } from './newest-note.ts'
import type { Look } from './proven.ts'
import type { WitnessedCheckpoint } from './service.ts'
import type { TreePoint, Witness } from './witness.ts'

export interface CosigningParts {
  readonly peers: readonly NodeId[]
  readonly post: Post
  readonly secrets: Secrets
  readonly store: Store
  readonly clock: Clock
  readonly logKey: LogKey
  readonly witness: () => Witness | null
  readonly look: Look
  readonly view: () => RaftView
  readonly status: () => NotaryStatus
  /** A peer that is known to be wrong puts its name to nothing. */
  readonly isBroken: () => boolean
  readonly onAnomaly: (detail: string) => void
  readonly onWitnessed: () => void
}

export const cosigningLimits = {
  /** How often is looked whether there is something to propose, or to go on with. */
  proposeEveryTicks: 4,
  /** The first checkpoint comes at once. The next ones rest, because signing and two syncs take each peer from its work. */
  restTicks: 20,
  /** Who lacks signatures asks again. */
  askEveryTicks: 40,
  /** Checkpoints under way; of more, the smallest are given up. */
  pointsMax: 8,
  /** A peer that lags may be told of sizes it has not reached; it signs what it reaches. */
  signaturesPerPointMax: 16,
} as const

/** A checkpoint under way on this peer. */
interface Point extends TreePoint {
  readonly signatures: NoteSignature[]
  isOursSent: boolean
  /** Its root is ours too. */
  isSound: boolean
}

/**
 * How the members witness their log. The leader names a size and its root; each peer that has the same root there
 * co-signs and tells all others; who holds a majority has a checkpoint for receipts. The log's own signature is made by
 * whoever puts the note together, since every member has the key and the signature is the same.
 */
export class Cosigning {
  readonly #parts: CosigningParts
  readonly #points = new Map<number, Point>()
  #newest: NewestNote | null
  /** The list in force, read once. */
  #keys: { readonly text: string; readonly keys: readonly VerifierKey[] } = { text: '', keys: [] }
  #ticks = 0
  #proposedAtTick = -cosigningLimits.restTicks

  constructor(parts: CosigningParts) {
    this.#parts = parts
    this.#newest = readNewestNote(parts.store)
    parts.post.read(Object.values(kinds), (letter) => {
      // Clients are heard on the same wire, and have no part in this.
      if (!parts.peers.includes(letter.from)) return 'malformed'
      return this.#heard(letter) ? null : 'malformed'
    })
  }

  get witnessed(): WitnessedCheckpoint | null {
    return this.#newest?.checkpoint ?? null
  }

  tick(): void {
    this.#ticks += 1
    const { proposeEveryTicks, askEveryTicks } = cosigningLimits
    if (this.#ticks % proposeEveryTicks !== 0) return
    for (const point of [...this.#points.values()].toSorted((one, other) => one.size - other.size)) this.#advance(point)
    const { view, status } = this.#parts
    const { size, witnesses } = status()
    if (size === 0 || witnesses.length === 0 || this.#isWitnessed(size)) return
    const isDue = this.#ticks % askEveryTicks === 0
    if (view().role === 'leader') this.#propose(status(), isDue)
    else if (isDue) this.#tellAll(kinds.wanted, new Uint8Array(0))
  }

  #isWitnessed(size: number): boolean {
    return this.witnessed !== null && this.witnessed.size >= size
  }

  #propose({ size, root }: NotaryStatus, isAgain: boolean): void {
    const isResting = this.#ticks - this.#proposedAtTick < cosigningLimits.restTicks
    if (!isAgain && (isResting || this.#points.has(size))) return
    const point = this.#pointOf({ size, root })
    if (point === null) return
    this.#proposedAtTick = this.#ticks
    this.#tellAll(kinds.checkpoint, encodeCosigned({ point: { size, root }, signatures: [] }))
    this.#advance(point)
  }

  #heard({ from, kind, body }: Letter): boolean {
    if (kind === kinds.wanted) {
      this.#tellNewest(from)
      return body.length === 0
    }
    const said = decodeCosigned(body)
    if (said === null) return false
    if (this.#isWitnessed(said.point.size)) {
      if (kind === kinds.checkpoint) this.#tellNewest(from)
      return true
    }
    const point = this.#pointOf(said.point)
    if (point === null) return true
    // Whoever leads asks again because it has not heard us.
    if (kind === kinds.checkpoint) point.isOursSent = false
    for (const signature of said.signatures) addTo(point, signature)
    this.#advance(point)
    return true
  }

  /** null: it is over, too old, or contradicts what was said before. */
  #pointOf({ size, root }: TreePoint): Point | null {
    const known = this.#points.get(size)
    if (known !== undefined && isSame(known.root, root)) return known
    if (known?.isSound === true) {
      this.#parts.onAnomaly(`two roots of the tree of ${size}`)
      return null
    }
    const smallest = Math.min(...this.#points.keys())
    if (this.#points.size >= cosigningLimits.pointsMax) {
      if (size < smallest) return null
      this.#points.delete(smallest)
    }
    const point: Point = { size, root, signatures: [], isOursSent: false, isSound: false }
    this.#points.set(size, point)
    return point
  }

  /** As far as it goes now; each tick tries again. */
  #advance(point: Point): void {
    const { status, look, isBroken, logKey } = this.#parts
    const { origin, size } = status()
    if (origin === null || size < point.size || isBroken()) return
    if (!point.isSound) {
      const { root } = look({ kind: 'root', size: point.size })
      if (root === null || !isSame(root, point.root)) {
        this.#points.delete(point.size)
        return this.#parts.onAnomaly(`another root of the tree of ${point.size} than here`)
      }
      point.isSound = true
    }
    const text = formatCheckpoint({ origin, ...point })
    if (!point.isOursSent) this.#cosign(point, text)
    const signer = logKey.current
    if (signer === null) return
    const { witnesses: listed, members } = look({ kind: 'witnesses', size: point.size })
    const witnesses = this.#keysOf(listed)
    if (point.signatures.length < majorityOf(members)) return
    const cosignatures = point.signatures.filter((signature) => this.#isGood({ text, signature }, witnesses))
    const log = signAsLog(signer.key, signer.sign, text)
    const note = witnessedNote({ text, log, cosignatures, witnesses, members })
    if (note !== null) this.#keep(point, { note, cosignatures, listed })
  }

  #cosign(point: Point, text: string): void {
    const { witness, clock, look, onAnomaly } = this.#parts
    const atSeconds = Math.floor(clock.wall() / 1_000)
    const prove = (from: number, to: number) => look({ kind: 'consistency', from, to }).hashes
    const cosigned = witness()?.cosign({ ...point, text, atSeconds, prove }) ?? { kind: 'not-now' }
    if (cosigned.kind === 'contradiction') {
      return onAnomaly(`the tree of ${point.size} does not go on from that of ${cosigned.last.size}`)
    }
    if (cosigned.kind === 'not-now') return
    point.isOursSent = true
    addTo(point, cosigned.signature)
    this.#tellAll(kinds.cosignatures, encodeCosigned({ point, signatures: [cosigned.signature] }))
  }

  #keep(
    point: Point,
    found: { note: string; cosignatures: readonly NoteSignature[]; listed: readonly ListedWitness[] },
  ): void {
    const { store, clock, onWitnessed } = this.#parts
    const { size, root } = point
    const atMs = Math.round(clock.wall())
    const checkpoint = { size, root, note: found.note, witnesses: found.listed, atMs }
    const newest = { point: { size, root }, signatures: found.cosignatures, checkpoint }
    if (!keepNewestNote(store, newest)) return
    this.#newest = newest
    for (const older of this.#points.keys()) if (older <= size) this.#points.delete(older)
    onWitnessed()
  }

  #keysOf(listed: readonly ListedWitness[]): readonly VerifierKey[] {
    const text = listed.map(({ key }) => key).join('\n')
    if (this.#keys.text !== text) {
      const keys = listed.flatMap(({ key }) => parseVerifierKey(key, this.#parts.secrets.sha256) ?? [])
      this.#keys = { text, keys }
    }
    return this.#keys.keys
  }

  #isGood(signed: { readonly text: string; readonly signature: NoteSignature }, keys: readonly VerifierKey[]): boolean {
    const key = keys.find((one) => isBy(signed.signature, one))
    return key !== undefined && judgeSignature(signed, key, this.#parts.secrets) !== null
  }

  #tellNewest(to: NodeId): void {
    if (this.#newest === null) return
    this.#parts.post.send(to, { kind: kinds.cosignatures, body: encodeCosigned(this.#newest), cause: null })
  }

  #tellAll(kind: string, body: Uint8Array): void {
    const { peers, post } = this.#parts
    for (const to of peers) post.send(to, { kind, body, cause: null })
  }
}

/** The later one of a key counts: of a bad one there may be a good one yet. */
function addTo({ signatures }: Point, signature: NoteSignature): void {
  const { name, keyId } = signature
  const place = signatures.findIndex((known) => known.name === name && known.keyId === keyId)
  if (place !== -1) signatures[place] = signature
  else if (signatures.length < cosigningLimits.signaturesPerPointMax) signatures.push(signature)
}
