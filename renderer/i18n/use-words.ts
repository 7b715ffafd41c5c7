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
  return useMemo(() => ({ t, format: makeFormat(language), language }), [t, language])
}
