import { initialsOf } from './names.ts'
import styles from './side.module.css'

/** Two letters on a hexagon of the house: who has no picture still has a shape that the eye finds again. */
export function Face({ name, isHere }: { readonly name: string; readonly isHere?: boolean }) {
  return (
    <span className={styles.face} data-tint={tintOf(name)} data-here={isHere} aria-hidden="true">
      {initialsOf(name)}
    </span>
  )
}

const tints = 4

function tintOf(name: string): number {
  let sum = 0
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9_973
  return sum % tints
}
