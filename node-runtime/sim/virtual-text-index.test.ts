import { textIndexSuite } from '#ports/testing/text-index-suite'
import { VirtualTextIndex } from './virtual-text-index.ts'

textIndexSuite('virtual', () => {
  let isFull = false
  const index = new VirtualTextIndex(() => isFull)
  return {
    open: () => index,
    setFull: (next) => {
      isFull = next
    },
    remove: () => {},
  }
})
