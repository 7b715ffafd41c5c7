import { type Hasher, QueuedHasher } from './hasher.ts'
import type { HashNews, ToWorker } from './messages.ts'
import { turnOfOthers } from './turn-of-others.ts'

/** Hashing in a worker of the page, away from everything that is drawn. The worker begins with the first file. */
export function startHasher(onNews: (news: HashNews) => void): Hasher {
  return new QueuedHasher({
    onNews,
    soon: (work) => void turnOfOthers().then(work),
    open: (hear, broke) => {
      const worker = new Worker(new URL('./hash-worker.ts', import.meta.url), { type: 'module' })
      worker.addEventListener('message', ({ data }: MessageEvent<HashNews>) => hear(data))
      worker.addEventListener('error', () => {
        worker.terminate()
        broke()
      })
      return { post: (message: ToWorker) => worker.postMessage(message), close: () => worker.terminate() }
    },
  })
}
