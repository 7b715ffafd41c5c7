import type { LifeId } from '#cores/ring/messages'
import type { Always } from '../../subject.ts'
import type { RingWord, RingWords } from '../../subjects/ring/words.ts'

/** Who has left says nothing more, in that life. */
export const goneIsSilent: Always<RingWords> = {
  name: 'who has left says nothing',
  start() {
    const gone = new Set<LifeId>()
    return ({ views, sent }) => {
      for (const { from, message } of sent) {
        const life = lifeOf(message)
        if (life !== null && gone.has(life)) return `${from} has left, and says ${message.kind}.`
      }
      // What it said in the step in which it left was still in order.
      for (const { facts } of views) if (facts.state === 'left') gone.add(facts.life)
      return null
    }
  },
}

function lifeOf(word: RingWord): LifeId | null {
  if (word.kind === 'message') return word.life
  if (word.kind === 'lost') return null
  return word.shout.kind === 'seek' ? word.shout.life : word.shout.ring.life
}
