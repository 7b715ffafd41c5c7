import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type Format, makeFormat } from './format.ts'

export interface Speech {
  readonly t: TFunction
  readonly format: Format
  readonly language: string
}

/** The words and numbers of the chosen language, for components and for the functions that make sentences. */
export function useWords(): Speech {
  const { t, i18n } = useTranslation()
  const language = i18n.language
  return useMemo(() => ({ t, format: formatOf(language), language }), [t, language])
}

const formats = new Map<string, Format>()

/** One a language: the browser needs a millisecond to make one, and each row of a long list asks for it. */
function formatOf(language: string): Format {
  const known = formats.get(language)
  if (known !== undefined) return known
  const made = makeFormat(language)
  formats.set(language, made)
  return made
}
