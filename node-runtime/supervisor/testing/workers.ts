import { fileURLToPath } from 'node:url'

/** Workers that misbehave, each a process of its own. */
export function badWorker(name: 'silent' | 'foreign' | 'brief' | 'stubborn'): string {
  return fileURLToPath(new URL(`./${name}-worker.mjs`, import.meta.url))
}
