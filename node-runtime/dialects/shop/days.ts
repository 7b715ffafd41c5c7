const dayMs = 86_400_000

/** A day of universal time, such as 2026-11-23, some days after a moment. */
export function dayAfter(atMs: number, days: number): string {
  return new Date(atMs + days * dayMs).toISOString().slice(0, 10)
}
