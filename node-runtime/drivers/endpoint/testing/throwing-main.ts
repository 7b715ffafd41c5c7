import { get } from 'node:http'
import { openClock } from '#drivers/clock/index'
import { openEndpoint } from '../index.ts'

/** A process whose handler has a bug. It ends with it, or with 0 if somebody made a polite answer of it. */
const endpoint = await openEndpoint({ host: '127.0.0.1', port: 0, clock: openClock() })
if (!endpoint.ok) throw new Error(endpoint.failure.message)
endpoint.value.serve(() => {
  throw new Error('a bug of ours')
})
get(endpoint.value.address, () => process.exit(0))
