import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { otherPicture, pictures } from './pictures.ts'

const folder = new URL('../../../../assets/shop/', import.meta.url)

it('has every picture of assets/shop, line ends apart', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.svg'))
  const texts = files.map((name) => readFileSync(new URL(name, folder), 'utf8').replaceAll(/\s*\n\s*/g, ''))
  expect([...pictures, otherPicture].toSorted()).toEqual(texts.toSorted())
})
