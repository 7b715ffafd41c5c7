import type { Chat, Told } from '../chat.ts'
import { chatLimits } from '../limits.ts'
import { type Claim, isSameClaim, type LockRecord, lockView } from '../lock-rows.ts'
import type { Deed } from '../messages.ts'
import { isShortText } from '../names.ts'
import { spaces } from '../rows.ts'
import { type Act, type ActOutcome, done } from './outcome.ts'

export function askLock({ chat, deed, what }: Act<'ask-lock'>): ActOutcome {
  const { lock, holder } = what
  if (!isShortText(lock, chatLimits.lockCharsMax) || !isShortText(holder, chatLimits.holderCharsMax)) return 'malformed'
  const claim: Claim = { holder, actor: deed.actor }
  const now = heldNow(chat, lock)
  if (now === null) {
    if (chat.locks.get(lock) === null && chat.head.locks >= chatLimits.locksMax) return 'too-many'
    const granted = grantedTo(chat, { claim, waiting: [], fence: 0 })
    return done(change(chat, deed, { lock, to: granted }), granted.fence)
  }
  if (isSameClaim(now.held, claim)) return done(change(chat, deed, { lock, to: now }), now.fence)
  if (now.waiting.some((one) => isSameClaim(one, claim))) return done(change(chat, deed, { lock, to: now }))
  if (now.waiting.length >= chatLimits.waitingPerLockMax) return 'too-many'
  return done(change(chat, deed, { lock, to: { ...now, waiting: [...now.waiting, claim] } }))
}

export function keepLock({ chat, deed, what }: Act<'keep-lock'>): ActOutcome {
  const { lock, holder, fence } = what
  const now = heldNow(chat, lock)
  if (now === null || now.fence !== fence || !isSameClaim(now.held, { holder, actor: deed.actor })) return 'not-yours'
  return done(change(chat, deed, { lock, to: { ...now, untilMs: chat.entry.atMs + chatLimits.lockMs } }), fence)
}

export function giveLock({ chat, deed, what }: Act<'give-lock'>): ActOutcome {
  const { lock, holder, fence } = what
  const claim: Claim = { holder, actor: deed.actor }
  const now = heldNow(chat, lock)
  if (now === null) return 'not-yours'
  if (isSameClaim(now.held, claim)) {
    return now.fence === fence ? done(change(chat, deed, { lock, to: passedOn(chat, now) })) : 'not-yours'
  }
  const waiting = now.waiting.filter((one) => !isSameClaim(one, claim))
  if (waiting.length === now.waiting.length) return 'not-yours'
  return done(change(chat, deed, { lock, to: { ...now, waiting } }))
}

/** Those whose time is over by the log's clock. */
export function expireLocks({ chat, deed }: Act<'expire-locks'>): ActOutcome {
  if (deed.actor !== null) return 'malformed'
  // A scan sees rows, not what this command has changed so far.
  chat.locks.write()
  let told: Told | null = null
  for (const { key: lock } of chat.state.scan(spaces.locks, { limit: chatLimits.locksMax })) {
    told = change(chat, deed, { lock, to: heldNow(chat, lock) }) ?? told
  }
  return done(told)
}

/** As it is at the command's time, written or not: what is over has gone to whoever waited first. null: it is free. */
export function heldNow(chat: Chat, lock: string): LockRecord | null {
  const kept = chat.locks.get(lock)
  return kept === null || kept.untilMs > chat.entry.atMs ? kept : passedOn(chat, kept)
}

function passedOn(chat: Chat, { waiting, fence }: LockRecord): LockRecord | null {
  const [claim, ...others] = waiting
  return claim === undefined ? null : grantedTo(chat, { claim, waiting: others, fence })
}

interface Grant {
  readonly claim: Claim
  readonly waiting: readonly Claim[]
  /** Of whoever had it before. */
  readonly fence: number
}

function grantedTo(chat: Chat, { claim, waiting, fence }: Grant): LockRecord {
  const untilMs = chat.entry.atMs + chatLimits.lockMs
  return { held: claim, fence: Math.max(chat.head.fence, fence) + 1, untilMs, waiting }
}

/** null: it is as it was. */
function change(
  chat: Chat,
  deed: Deed,
  { lock, to }: { readonly lock: string; readonly to: LockRecord | null },
): Told | null {
  const before = chat.locks.get(lock)
  if (before === to) return null
  chat.locks.set(lock, to)
  chat.head.locks += (to === null ? 0 : 1) - (before === null ? 0 : 1)
  chat.head.fence = Math.max(chat.head.fence, to?.fence ?? 0)
  const free = { lock, holder: null, fence: before?.fence ?? 0, untilMs: 0, waiting: [] }
  return chat.tellAll(deed, { kind: 'lock', lock: to === null ? free : lockView(lock, to) })
}
