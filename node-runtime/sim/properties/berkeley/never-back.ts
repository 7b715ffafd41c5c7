import type { NodeId } from '#kit/ids'
import type { Always } from '../../subject.ts'
import type { BerkeleyWords } from '../../subjects/berkeley-words.ts'

export const neverBack: Always<BerkeleyWords> = {
  name: 'a corrected clock never goes back',
  start() {
    const shown = new Map<NodeId, number>()
    return ({ boots, views }) => {
      for (const node of boots) shown.delete(node)
      for (const { id, correctedMs } of views) {
        const beforeMs = shown.get(id)
        if (beforeMs !== undefined && correctedMs < beforeMs) return `${id} went from ${beforeMs} to ${correctedMs} ms`
        shown.set(id, correctedMs)
      }
      return null
    }
  },
}
