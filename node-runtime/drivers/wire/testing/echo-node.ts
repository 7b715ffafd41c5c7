/**
 * A node in a process of its own: it sends back whatever it hears, and says each text on its standard output.
 * Usage: echo-node.ts PLAN, the wire's options as JSON. It closes its wire when its standard input ends.
 */
import { writeSync } from 'node:fs'
import { openClock } from '#drivers/clock/index'
import { openWire, type WireOptions } from '../index.ts'

const plan: Omit<WireOptions, 'clock' | 'onDrop'> = JSON.parse(process.argv[2] ?? '')
const opened = await openWire({ ...plan, clock: openClock(), onDrop: () => {} })
if (!opened.ok) throw new Error(opened.failure.message)
const wire = opened.value

wire.listen((from, bytes) => {
  writeSync(1, `${Buffer.from(bytes).toString()}\n`)
  wire.send(from, bytes)
})
process.stdin.once('end', () => void wire.close())
process.stdin.resume()
writeSync(1, 'open\n')
