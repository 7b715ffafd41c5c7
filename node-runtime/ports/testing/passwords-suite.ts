import { describe, expect, it } from 'vitest'
import type { Result } from '#kit/result'
import { type Passwords, passwordLimits } from '../passwords.ts'

/** What every home of the Passwords port promises. */
export function passwordsSuite(name: string, passwords: Passwords): void {
  const hashed = (password: string) => new Promise<Result<string>>((resolve) => passwords.hash(password, resolve))
  const checked = (phc: string | null, password: string) =>
    new Promise<Result<boolean>>((resolve) => passwords.check(phc, password, resolve))

  describe(`${name} passwords`, () => {
    it('are known again, and nothing else is', async () => {
      const result = await hashed('pão de queijo')
      const phc = result.ok ? result.value : ''
      expect(phc.startsWith('$')).toBe(true)
      expect(phc).not.toContain('queijo')
      expect(await checked(phc, 'pão de queijo')).toEqual({ ok: true, value: true })
      for (const other of ['pao de queijo', 'pão de queijo ', '']) {
        expect(await checked(phc, other)).toEqual({ ok: true, value: false })
      }
    })

    it.each([null, '', '$scrypt$', 'no hash at all'])('are nobody’s behind %j', async (phc) => {
      expect(await checked(phc, '')).toEqual({ ok: true, value: false })
    })

    it('have an end', async () => {
      const long = 'x'.repeat(passwordLimits.passwordCharsMax + 1)
      expect(await hashed(long)).toMatchObject({ failure: { code: 'too-large' } })
      expect(await checked(null, long)).toMatchObject({ failure: { code: 'too-large' } })
    })

    it('go with fresh keys that are never the same', () => {
      expect(passwords.freshKey()).toHaveLength(32)
      expect(passwords.freshKey()).not.toEqual(passwords.freshKey())
    })
  })
}
