import type { Random } from '#kit/random'
import { lifeId } from './ids.ts'
import type { LifeId } from './messages.ts'

/** Of a peer whose disk counts this as its start number `count`. Past what the digits hold luck alone orders lives. */
export function drawLife(random: Random, count: number): LifeId {
  const digits = Array.from({ length: lifeDigits - countDigits }, () => random.below(16).toString(16)).join('')
  return lifeId(
    Math.min(count, 16 ** countDigits - 1)
      .toString(16)
      .padStart(countDigits, '0') + digits,
  )
}

const lifeDigits = 16
const countDigits = 4

/** A uuid of the fourth kind, drawn by luck. */
export function drawUuid(random: Random): string {
  const digits = Array.from({ length: 8 }, () => random.below(0x1_0000).toString(16).padStart(4, '0'))
  const [a = '', b = '', c = '', d = '', e = '', ...rest] = digits
  // The digit of the kind, and the two bits that say how the rest is to be read.
  const kind = `4${d.slice(1)}`
  const variant = `${(8 + (Number.parseInt(e.slice(0, 1), 16) % 4)).toString(16)}${e.slice(1)}`
  return `${a}${b}-${c}-${kind}-${variant}-${rest.join('')}`
}
