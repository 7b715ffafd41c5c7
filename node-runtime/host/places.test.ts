import { expect, it } from 'vitest'
import { dataDirFor } from './places.ts'

it.each([
  ['linux', {}, '/home/ana/.config/Colmeia'],
  ['linux', { XDG_CONFIG_HOME: '/cfg' }, '/cfg/Colmeia'],
  ['darwin', {}, '/home/ana/Library/Application Support/Colmeia'],
  ['linux', { COLMEIA_HOME: '/elsewhere' }, '/elsewhere'],
  ['linux', { COLMEIA_HOME: '' }, '/home/ana/.config/Colmeia'],
] as const)('on %s with %o data lives in %s', (platform, env, expected) => {
  expect(dataDirFor({ platform, env, home: '/home/ana' })).toBe(expected)
})
