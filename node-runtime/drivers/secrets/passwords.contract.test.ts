import { scryptSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Result } from '#kit/result'
import { passwordLimits } from '#ports/passwords'
import { passwordsSuite } from '#ports/testing/passwords-suite'
import { openPasswords } from './open-passwords.ts'
import { formatPhc, parsePhc } from './phc.ts'

const passwords = openPasswords()

passwordsSuite('scrypt', passwords)

function hashed(password: string): Promise<Result<string>> {
  return new Promise((resolve) => passwords.hash(password, resolve))
}

function checked(phc: string | null, password: string): Promise<Result<boolean>> {
  return new Promise((resolve) => passwords.check(phc, password, resolve))
}

async function phcOf(password: string): Promise<string> {
  const result = await hashed(password)
  if (!result.ok) throw new Error(result.failure.code)
  return result.value
}

describe('passwords by scrypt', () => {
  it('have a salt each, and letters mean the same however they are written', async () => {
    const [one, two] = await Promise.all([phcOf('pão de queijo'), phcOf('pão de queijo')])
    expect(one).toMatch(/^\$scrypt\$ln=15,r=8,p=1\$/)
    expect(one).not.toBe(two)
    expect(await checked(one, 'pão de queijo'.normalize('NFD'))).toEqual({ ok: true, value: true })
  })

  it('are nobody’s where one would cost too much', async () => {
    const dear = (await phcOf('x')).replace('ln=15', 'ln=30')
    expect(parsePhc(dear)).toBeNull()
    for (const odd of ['ln=0', 'ln=99']) expect(parsePhc(dear.replace('ln=30', odd))).toBeNull()
    expect(parsePhc(dear.replace('ln=30,r=8', 'ln=15,r=0'))).toBeNull()
    expect(await checked(dear, 'x')).toEqual({ ok: true, value: false })
  })

  it('are what the library makes of them, and survive their text', () => {
    const { scryptLogN: logN, scryptR: r, scryptP: p, hashBytes } = passwordLimits
    const salt = Buffer.alloc(16, 3)
    const hash = scryptSync('x', salt, hashBytes, { N: 2 ** logN, r, p, maxmem: 2 ** 27 })
    const text = formatPhc({ logN, r, p, salt, hash })
    expect(text).not.toContain('=\u0024')
    expect(parsePhc(text)).toEqual({ logN, r, p, salt, hash })
  })

  it('wait in a line that ends', async () => {
    const { atOnceMax, waitingMax } = passwordLimits
    // One that costs next to nothing: it is the line that is looked at.
    const phc = formatPhc({ logN: 1, r: 1, p: 1, salt: Buffer.alloc(16), hash: Buffer.alloc(32) })
    const all = Array.from({ length: atOnceMax + waitingMax + 1 }, (_, place) => checked(phc, `${place}`))
    expect(await all.at(-1)).toMatchObject({ failure: { code: 'busy' } })
    const others = await Promise.all(all.slice(0, -1))
    expect(others).toEqual(others.map(() => ({ ok: true, value: false })))
    expect(await checked(phc, 'later')).toEqual({ ok: true, value: false })
  })
})
