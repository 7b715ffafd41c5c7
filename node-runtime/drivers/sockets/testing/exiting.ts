import { openClock } from '../../clock/index.ts'
import { keyPair } from '../../wire/testing/wire-net.ts'
import { openSockets } from '../index.ts'

/** A node with forwarders that exits without closing anything, as a worker does whose parent is gone. */
const host = '127.0.0.1'
const [from, to, nativeFrom, nativeTo] = process.argv.slice(2).map((port) => ({ host, port: Number(port) }))
if (!from || !to || !nativeFrom || !nativeTo) throw new Error('four ports')
const opened = await openSockets({
  plans: [
    { kind: 'forwarder', name: 'open', from, to, trust: 'open' },
    { kind: 'forwarder', name: 'native', from: nativeFrom, to: nativeTo, trust: 'lab' },
    { kind: 'subscriber', name: 'heard', to, trust: { kind: 'open' } },
  ],
  keys: keyPair(),
  members: [],
  clock: openClock(),
})
if (!opened.ok) throw new Error(opened.failure.message)
process.exit(7)
