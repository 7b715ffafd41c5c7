import { describe, expect, it } from 'vitest'
import { passwordsSuite } from '#ports/testing/passwords-suite'
import { secretsSuite } from '#ports/testing/secrets-suite'
import { VirtualSecrets } from './virtual-secrets.ts'

secretsSuite('virtual', () => {
  let isFull = false
  const secrets = new VirtualSecrets('seed', () => isFull)
  return {
    open: () => secrets,
    setFull: (next) => {
      isFull = next
    },
    remove: () => {},
  }
})

describe('virtual secrets alone', () => {
  it('are the same in every run of a seed, and others in another', () => {
    const keyOf = (seed: string) => new VirtualSecrets(seed).makeKey('log').publicKey
    expect(keyOf('one')).toEqual(keyOf('one'))
    expect(keyOf('one')).not.toEqual(keyOf('two'))
  })
})

passwordsSuite('virtual', new VirtualSecrets('seed').passwords)
