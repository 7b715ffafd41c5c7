import { HashQueue } from './hash-queue.ts'
import type { HashNews, ToWorker } from './messages.ts'

const queue = new HashQueue({
  nowMs: () => performance.now(),
  tell: (news: HashNews) => self.postMessage(news),
})

self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => void queue.hear(data))
