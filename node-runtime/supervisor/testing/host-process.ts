/** A shell that does nothing but run a lab, to be killed by a test. Says its workers' pids on stdout. */
import { openRealLab } from './real-lab.ts'

const lab = openRealLab({ dir: process.argv[2] ?? '' })
await lab.start()
await lab.leader()
process.stdout.write(`${JSON.stringify(lab.livePids())}\n`)
// Alive until it is killed: its workers' pipes keep it so.
