import type { NodeId } from '#kit/ids'
import type { Always } from '../../subject.ts'
import { choiceTimingOf } from '../../subjects/choice-timing.ts'
import type { BetterOf, ChoiceWords } from '../../subjects/choice-words.ts'

export const waitsAfterBetterName = 'nobody announces itself right after it heard a better one'

/**
 * Hearing is judged by what the node knew of ranks the tick before, and time by the world's clock: a wait that begins
 * between two ticks of a node is shorter than its number of ticks by a part of one.
 */
export function waitsAfterBetter<W extends ChoiceWords>(betterOf: BetterOf<W>): Always<W> {
  return {
    name: waitsAfterBetterName,
    start() {
      const heard = new Map<NodeId, { readonly better: NodeId; readonly atTick: number }>()
      let knowing: readonly W['view'][] = []
      return ({ scenario, tick, boots, sent, received, views }) => {
        // A new life knows nothing of what the last one heard, of ranks neither.
        for (const node of boots) heard.delete(node)
        const waitTicks = choiceTimingOf(scenario.settings).answerTicks - 1
        for (const { from, message } of sent) {
          const last = message.kind === 'coordinator' ? heard.get(from) : undefined
          if (last !== undefined && tick - last.atTick < waitTicks)
            return `${from} announces itself, and heard ${last.better} at tick ${last.atTick}`
        }
        // Looked at last: an announcement of the same tick may have left before the better one was heard.
        for (const { from, to, message } of received) {
          if (message.kind === 'election' || heard.get(to)?.atTick === tick) continue
          const view = knowing.find(({ id }) => id === to)
          if (view !== undefined && isAnswer(message.kind) && betterOf(view).includes(from))
            heard.set(to, { better: from, atTick: tick })
        }
        knowing = [...views]
        return null
      }
    },
  }
}

function isAnswer(kind: string): boolean {
  return kind === 'answer' || kind === 'ok' || kind === 'coordinator'
}
