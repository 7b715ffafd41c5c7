import { createInstance, type i18n } from 'i18next'
import type { Language } from '#contract/window/settings'
import { en } from './en/index.ts'

/**
 * English is in the first bundle, because it is also the net under every other language; Portuguese is fetched before
 * the first paint when it is the chosen one, so that nobody sees the window change its language.
 */
export async function createTranslations(language: Language): Promise<i18n> {
  const instance = createInstance()
  await instance.init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false },
  })
  await speak(instance, language)
  return instance
}

export async function speak(instance: i18n, language: Language): Promise<void> {
  if (language === 'pt-BR' && !instance.hasResourceBundle('pt-BR', 'translation')) {
    const { ptBR } = await import('./pt-br/index.ts')
    instance.addResourceBundle('pt-BR', 'translation', ptBR)
  }
  await instance.changeLanguage(language)
}
