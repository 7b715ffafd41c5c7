import { createSHA256 } from 'hash-wasm'
import { HashQueue } from './hash-queue.ts'
import type { HashNews, ToWorker } from './messages.ts'

const queue = new HashQueue({
  hash: createSHA256(),
  nowMs: () => performance.now(),
  tell: (news: HashNews) => self.postMessage(news),
})

self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => void queue.hear(data))
