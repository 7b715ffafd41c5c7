import { encodeText } from '#kit/bytes'
import { toHex } from '#kit/hex'
import type { Sha256 } from '#kit/sha256'
import { decimal } from './decimal.ts'
import { formatVerifierKey, parseVerifierKey, type VerifierKey } from './verifier-key.ts'

/** Whose checkpoints count, and who has to have cosigned them: a `tlog-policy` of C2SP. */
export interface Policy {
  readonly logs: readonly VerifierKey[]
  readonly witnesses: readonly NamedWitness[]
  /** Each one's members stand before it, and nobody is a member twice. */
  readonly groups: readonly WitnessGroup[]
  /** A witness, a group, or `none`. */
  readonly quorum: string
}

export interface NamedWitness {
  readonly name: string
  readonly key: VerifierKey
}

export interface WitnessGroup {
  readonly name: string
  /** So many of its members. */
  readonly threshold: number
  readonly members: readonly string[]
}

export const policyLimits = { charsMax: 16 * 1024, eachMax: 32 } as const

/** More than half of them. */
export function majorityOf(count: number): number {
  return Math.floor(count / 2) + 1
}

/** The policy of a notary whose witnesses are its members: a majority of all, also where keys of some are not known. */
export function majorityPolicy(log: VerifierKey, witnesses: readonly VerifierKey[], members: number): Policy {
  const named = witnesses.map((key, index) => ({ name: `witness-${index + 1}`, key }))
  const group = { name: 'majority', threshold: majorityOf(members), members: named.map(({ name }) => name) }
  return { logs: [log], witnesses: named, groups: [group], quorum: group.name }
}

export function formatPolicy({ logs, witnesses, groups, quorum }: Policy): string {
  const lines = [
    ...logs.map((key) => `log ${formatVerifierKey(key)}`),
    ...witnesses.map(({ name, key }) => `witness ${name} ${formatVerifierKey(key)}`),
    ...groups.map(({ name, threshold, members }) => `group ${name} ${threshold} ${members.join(' ')}`),
    `quorum ${quorum}`,
  ]
  return `${lines.join('\n')}\n`
}

/** For eyes to compare. Comments and spaces in its text play no part. */
export function policyFingerprint(policy: Policy, sha256: Sha256): string {
  return toHex(sha256(encodeText(formatPolicy(policy))).subarray(0, 16))
}

/** Whether those who have cosigned are enough. */
export function isSatisfied(policy: Policy, hasCosigned: (key: VerifierKey) => boolean): boolean {
  const witnessed = new Set(policy.witnesses.filter(({ key }) => hasCosigned(key)).map(({ name }) => name))
  for (const { name, threshold, members } of policy.groups) {
    if (members.filter((member) => witnessed.has(member)).length >= threshold) witnessed.add(name)
  }
  return policy.quorum === 'none' || witnessed.has(policy.quorum)
}

/** The fewest cosignatures that can be enough. */
export function leastCosignatures({ witnesses, groups, quorum }: Policy): number {
  const least = new Map(witnesses.map(({ name }) => [name, 1]))
  for (const { name, threshold, members } of groups) {
    const cheapest = members.map((member) => least.get(member) ?? 0).sort((one, other) => one - other)
    least.set(
      name,
      cheapest.slice(0, threshold).reduce((sum, one) => sum + one, 0),
    )
  }
  return least.get(quorum) ?? 0
}

/** null: no policy, one that contradicts itself, or one without a log, by which nothing could be judged. */
export function parsePolicy(text: string, sha256: Sha256): Policy | null {
  if (text.length > policyLimits.charsMax || /[^\t\n\x20-\x7e\x80-\uffff]/.test(text)) return null
  const draft = new PolicyDraft(sha256)
  for (const line of text.split('\n')) {
    const words = line.split(/[ \t]+/).filter((word) => word !== '')
    if (words.length === 0 || words[0]?.startsWith('#')) continue
    if (!draft.take(words)) return null
  }
  return draft.done()
}

class PolicyDraft {
  readonly #sha256: Sha256
  readonly #logs: VerifierKey[] = []
  readonly #witnesses: NamedWitness[] = []
  readonly #groups: WitnessGroup[] = []
  readonly #members = new Set<string>()
  #quorum: string | null = null

  constructor(sha256: Sha256) {
    this.#sha256 = sha256
  }

  /** false: the line makes no sense here. */
  take([word, ...rest]: readonly string[]): boolean {
    switch (word) {
      case 'log':
        return this.#log(rest)
      case 'witness':
        return this.#witness(rest)
      case 'group':
        return this.#group(rest)
      case 'quorum':
        return this.#setQuorum(rest)
      default:
        return false
    }
  }

  done(): Policy | null {
    if (this.#quorum === null || this.#logs.length === 0) return null
    return { logs: this.#logs, witnesses: this.#witnesses, groups: this.#groups, quorum: this.#quorum }
  }

  /** An address may stand behind the key. It means nothing offline. */
  #log([text = '', _address, ...more]: readonly string[]): boolean {
    const key = parseVerifierKey(text, this.#sha256)
    if (key?.use !== 'log' || more.length > 0 || isIn(this.#logs, key)) return false
    return this.#logs.push(key) <= policyLimits.eachMax
  }

  #witness([name = '', text = '', _address, ...more]: readonly string[]): boolean {
    const key = parseVerifierKey(text, this.#sha256)
    if (key?.use !== 'witness' || more.length > 0 || !this.#isFree(name)) return false
    const isKnown = isIn(
      this.#witnesses.map((witness) => witness.key),
      key,
    )
    return !isKnown && this.#witnesses.push({ name, key }) <= policyLimits.eachMax
  }

  #group([name = '', enough = '', ...members]: readonly string[]): boolean {
    const threshold = enough === 'any' ? 1 : enough === 'all' ? members.length : decimal(enough)
    if (!this.#isFree(name) || threshold === null || threshold < 1 || threshold > members.length) return false
    for (const member of members) {
      if (!this.#isNamed(member) || this.#members.has(member)) return false
      this.#members.add(member)
    }
    return this.#groups.push({ name, threshold, members }) <= policyLimits.eachMax
  }

  #setQuorum([name = '', ...more]: readonly string[]): boolean {
    if (this.#quorum !== null || more.length > 0 || !(name === 'none' || this.#isNamed(name))) return false
    this.#quorum = name
    return true
  }

  #isFree(name: string): boolean {
    return name !== '' && name !== 'none' && !this.#isNamed(name)
  }

  #isNamed(name: string): boolean {
    return [...this.#witnesses, ...this.#groups].some((known) => known.name === name)
  }
}

/** The same key under another name would count twice. */
function isIn(keys: readonly VerifierKey[], { publicKey }: VerifierKey): boolean {
  return keys.some((known) => toHex(known.publicKey) === toHex(publicKey))
}
