/** A program that asks as fast as it can, and reads no answer: `flood.ts ADDRESS KIND`. */
import { Dealer } from 'zeromq'
import { courseRequest } from '#dialects/chat/index'

const [address = '', kind = 'users'] = process.argv.slice(2)
const socket = new Dealer({ linger: 0 })
socket.connect(address)
process.once('disconnect', () => process.exit())
const payload =
  kind === 'garbage'
    ? new Uint8Array(64 * 1024).fill(0xc1)
    : courseRequest(
        'messagepack',
        kind === 'users'
          ? { kind: 'users' }
          : { kind: 'publish', user: 'flood', channel: 'general', message: 'x'.repeat(200) },
        { atMs: Date.now(), clock: 1 },
      )
void (async () => {
  for await (const _ of socket);
})()
process.send?.('ready')
for (;;) await socket.send(['', payload])
