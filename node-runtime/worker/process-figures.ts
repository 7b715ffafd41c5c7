import { readFileSync } from 'node:fs'
import type { Clock } from '#ports/clock'

const cpuWindowMs = 1_000
/** Reading it walks all mappings of the process, so it is not done for every report. */
const memoryWindowMs = 5_000

/** What the process costs. The share of a processor is taken over a second, because less says nothing. */
export class ProcessFigures {
  readonly #clock: Clock
  #cpuSince: { readonly ms: number; readonly usage: NodeJS.CpuUsage }
  #cpuPercent = 0
  #memorySinceMs: number
  #memoryMb = proportionalMb()

  constructor(clock: Clock) {
    this.#clock = clock
    this.#cpuSince = { ms: clock.now(), usage: process.cpuUsage() }
    this.#memorySinceMs = clock.now()
  }

  read(): { readonly cpuPercent: number; readonly memoryMb: number } {
    const now = this.#clock.now()
    if (now - this.#cpuSince.ms >= cpuWindowMs) {
      const { user, system } = process.cpuUsage(this.#cpuSince.usage)
      // Microseconds over milliseconds, in percent, to one place.
      this.#cpuPercent = Math.round((user + system) / (now - this.#cpuSince.ms)) / 10
      this.#cpuSince = { ms: now, usage: process.cpuUsage() }
    }
    if (now - this.#memorySinceMs >= memoryWindowMs) {
      this.#memoryMb = proportionalMb()
      this.#memorySinceMs = now
    }
    return { cpuPercent: this.#cpuPercent, memoryMb: this.#memoryMb }
  }
}

/** What this process adds: pages that all workers share are counted once among them. Elsewhere, its resident pages. */
function proportionalMb(): number {
  return Math.round((linuxProportionalKb() ?? process.memoryUsage.rss() / 1024) / 1024)
}

function linuxProportionalKb(): number | null {
  if (process.platform !== 'linux') return null
  try {
    const found = /^Pss:\s+(\d+) kB/m.exec(readFileSync('/proc/self/smaps_rollup', 'utf8'))
    return found === null ? null : Number(found[1])
  } catch {
    // Some containers hide it; the resident size is the next best figure.
    return null
  }
}
