import type { CallInput, CallOutput } from '#contract/window/contract'
import type { RingSettings, RingSetup } from '#contract/window/ring'
import type { Result } from '#kit/result'
import { given } from './answers.ts'

type Setup = 'ring.setup' | 'ring.configure'

/** How a scripted ring is set up: what is chosen is kept, and changes nothing else. */
export function ringSetupHandlers(): {
  readonly [Name in Setup]: (input: CallInput<Name>) => Result<CallOutput<Name>>
} {
  let settings: RingSettings = {
    names: ['Ana', 'Bia', 'Caio'],
    reach: 'loopback',
    interface: null,
    textsFrom: 'this-machine',
    timing: 'demo',
    key: 'lab',
  }
  const setup = (): RingSetup => ({
    settings,
    fingerprint: settings.key === 'lab' ? '1f3a-77c0' : 'b25d-0e91',
    group: { host: '224.1.1.1', port: 5007 },
    interfaces: [{ name: 'eth0', host: '192.0.2.7' }],
    host: settings.reach === 'lan' ? '192.0.2.7' : '127.0.0.1',
  })
  return {
    'ring.setup': () => given(setup()),
    'ring.configure': ({ change: { key, ...change } }) => {
      const set = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
      settings = { ...settings, ...set, key: key === undefined ? settings.key : key.from === 'lab' ? 'lab' : 'phrase' }
      return given({ setup: setup(), phrase: key?.from === 'invented' ? 'kudo-rami-telo-bisu-nafe' : null })
    },
  }
}
