import type { Supervisor } from '#supervisor/supervisor'

export type { Problem } from '#supervisor/supervisor'

/** What the host needs of a lab. The supervisor is one; the tests have a small one in memory. */
export type Lab = Supervisor
