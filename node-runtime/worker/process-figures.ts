import type { Clock } from '#ports/clock'

const windowMs = 1_000

/** What the process costs. The share of a processor is taken over a second, because less says nothing. */
export class ProcessFigures {
  readonly #clock: Clock
  #since: { readonly ms: number; readonly cpu: NodeJS.CpuUsage }
  #cpuPercent = 0
  #memoryMb = residentMb()

  constructor(clock: Clock) {
    this.#clock = clock
    this.#since = { ms: clock.now(), cpu: process.cpuUsage() }
  }

  read(): { readonly cpuPercent: number; readonly memoryMb: number } {
    const ms = this.#clock.now() - this.#since.ms
    if (ms >= windowMs) {
      const { user, system } = process.cpuUsage(this.#since.cpu)
      // Microseconds over milliseconds, in percent, to one place.
      this.#cpuPercent = Math.round((user + system) / ms) / 10
      this.#since = { ms: this.#clock.now(), cpu: process.cpuUsage() }
      this.#memoryMb = residentMb()
    }
    return { cpuPercent: this.#cpuPercent, memoryMb: this.#memoryMb }
  }
}

function residentMb(): number {
  return Math.round(process.memoryUsage.rss() / 1024 / 1024)
}
