import { describe, expect, it } from 'vitest'
import { en } from './en/index.ts'
import { ptBR } from './pt-br/index.ts'
import { createTranslations } from './translations.ts'

/** Texts that are right in both languages as they are. Every other equal text is a forgotten translation. */
const equalOnPurpose = [
  'chat.palette.group',
  'chat.programs.codecs.json',
  'chat.programs.codecs.messagepack',
  'chat.programs.rules.envelope-is-a-map.name',
  'chat.talk.stamps.line',
  'chat.title',
  'common.appName',
  'frame.languages.en',
  'frame.languages.pt-BR',
  'frame.pages.chat',
  'frame.palette.inject',
  'node.bytes',
  'node.perSecond',
  'notary.chain.hash',
  'notary.fingerprint',
  'node.cpu',
  'overview.help.log.name',
  'panel.tabs.positions',
  'overview.clusters.chat',
  'overview.story.why-unknown',
  'lab.timeline.windows.short',
  'lab.timeline.windows.medium',
  'lab.timeline.windows.long',
  'problem.at',
  'shop.line',
  'shop.store.of',
]

const pluralEnd = /_(zero|one|two|few|many|other)$/
const english = new Map(flat(en))
const portuguese = new Map(flat(ptBR))
const baseKeys = (texts: ReadonlyMap<string, string>) =>
  [...new Set([...texts.keys()].map((key) => key.replace(pluralEnd, '')))].sort()

describe('the two languages', () => {
  it('have the same keys', () => {
    expect(english.size).toBeGreaterThan(300)
    expect(baseKeys(portuguese)).toEqual(baseKeys(english))
  })

  it('differ in every text that is not equal on purpose, and the list holds nothing that is not', () => {
    const equal = [...english].filter(([key, text]) => portuguese.get(key) === text).map(([key]) => key)
    expect(equal.sort()).toEqual([...equalOnPurpose].sort())
  })

  it('fill in the same names', () => {
    const names = (text = '') => [...text.matchAll(/\{\{(\w+)/g)].map(([, name]) => name).sort()
    const different = [...english].filter(
      ([key, text]) => !pluralEnd.test(key) && `${names(text)}` !== `${names(portuguese.get(key))}`,
    )
    expect(different).toEqual([])
  })

  it.each([
    ['en', english],
    ['pt-BR', portuguese],
  ] as const)('has every plural form that %s counts by, and one for nothing', (language, texts) => {
    const needed = ['zero', ...new Intl.PluralRules(language).resolvedOptions().pluralCategories]
    const counted = [
      ...new Set([...texts.keys()].filter((key) => pluralEnd.test(key)).map((key) => key.replace(pluralEnd, ''))),
    ]
    expect(counted.length).toBeGreaterThan(5)
    const missing = counted.flatMap((base) => needed.map((form) => `${base}_${form}`)).filter((key) => !texts.has(key))
    expect(missing).toEqual([])
  })

  it('says nothing in English when it speaks Portuguese, at any count', async () => {
    const { t } = await createTranslations('pt-BR')
    const said = [0, 1, 2, 1_000_000].map((count) => t('frame.faults', { count }))
    expect(said).toEqual(['Nenhuma falha ativa', '1 falha ativa', '2 falhas ativas', '1.000.000 de falhas ativas'])
  })
})

function flat(texts: object, path = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value] as [string, string]] : flat(value, `${path}${key}.`),
  )
}
