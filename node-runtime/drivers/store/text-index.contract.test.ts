import { textIndexSuite } from '#ports/testing/text-index-suite'
import type { SqliteStore } from './index.ts'
import { storePlace } from './testing/store-place.ts'

textIndexSuite('sqlite', () => {
  const place = storePlace()
  let open: SqliteStore | null = null
  return {
    open: () => {
      open?.close()
      open = place.open()
      return open.texts
    },
    setFull: (isFull) => open?.setDisk({ slowMs: 0, isFull }),
    remove: () => {
      open?.close()
      place.remove()
    },
  }
})
