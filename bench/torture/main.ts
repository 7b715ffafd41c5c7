import { parseArgs } from 'node:util'
import { type TortureReport, torture } from './torture.ts'

const { values } = parseArgs({
  options: {
    peers: { type: 'string', default: '3,5,7' },
    seconds: { type: 'string', default: '120' },
    seed: { type: 'string', default: String(Date.now()) },
    keep: { type: 'string' },
  },
})

let hasFailed = false
for (const peers of values.peers.split(',').map(Number)) {
  const seed = `${values.seed}/${peers}`
  console.log(`${peers} peers, ${values.seconds} s, seed ${seed}`)
  const report = await torture({ peers, seconds: Number(values.seconds), seed, keepIn: values.keep ?? null })
  tell(report)
  hasFailed ||= report.failures.length > 0
}
process.exit(hasFailed ? 1 : 0)

function tell(report: TortureReport): void {
  const { operations, operationsPerSecond, indefinite, struck, failures, acknowledged } = report
  console.log(`  ${operations} operations, ${Math.round(operationsPerSecond)} a second, ${indefinite} indefinite`)
  console.log(`  ${[...struck].map(([torment, times]) => `${torment} ${times}`).join(', ')}`)
  console.log(`  ${acknowledged} acknowledged appends: ${report.lost} lost, ${report.doubled} doubled`)
  console.log(failures.length === 0 ? '  linearizable' : failures.map((failure) => `  FAILED: ${failure}`).join('\n'))
}
