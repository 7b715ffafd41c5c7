import { startHasher } from './start-hasher.ts'

/** One file by itself, in a worker of its own, so that it does not wait behind thousands. null: it cannot be read. */
export function hashOnce(file: Blob, onProgress: (bytes: number) => void): Promise<string | null> {
  return new Promise((resolve) => {
    const hasher = startHasher(({ progress, finished }) => {
      if (progress !== null) onProgress(progress.bytes)
      const [outcome] = finished
      if (outcome === undefined) return
      hasher.close()
      resolve(outcome.sha256)
    })
    hasher.add([{ key: 'one', file }])
  })
}
