import { SegmentedControl, Switch } from '@mantine/core'
import type { ReactNode } from 'react'
import { type Language, languages, type Theme, themes } from '#contract/window/settings'
import { useWords } from '../../i18n/use-words.ts'
import { useHands, useSettings } from '../../stores/context.tsx'
import { Installation } from './installation.tsx'
import { ResetLab } from './reset-lab.tsx'
import styles from './settings-page.module.css'

export function SettingsPage() {
  const { t } = useWords()
  const { actions } = useHands()
  const settings = useSettings((state) => state.settings)
  return (
    <div className={styles.page}>
      <h1>{t('settings.title')}</h1>
      <section className={styles.group}>
        <h2>{t('settings.look')}</h2>
        <Row name={t('frame.language')} hint={t('settings.languageHint')}>
          <SegmentedControl
            aria-label={t('frame.language')}
            value={settings.language}
            data={languages.map((language) => ({ value: language, label: t(`frame.languages.${language}`) }))}
            onChange={(value) => void actions.changeSettings({ language: value as Language })} // one of the list above
          />
        </Row>
        <Row name={t('frame.theme')} hint={t('settings.themeHint')}>
          <SegmentedControl
            aria-label={t('frame.theme')}
            value={settings.theme}
            data={themes.map((theme) => ({ value: theme, label: t(`frame.themes.${theme}`) }))}
            onChange={(value) => void actions.changeSettings({ theme: value as Theme })} // one of the list above
          />
        </Row>
        <Row name={t('settings.showsMessages')} hint={t('settings.showsMessagesHint')}>
          <Switch
            aria-label={t('settings.showsMessages')}
            data-testid="shows-messages"
            checked={settings.showsMessages}
            onChange={({ currentTarget: { checked } }) => void actions.changeSettings({ showsMessages: checked })}
          />
        </Row>
      </section>
      <section className={styles.group}>
        <h2>{t('settings.start')}</h2>
        <Row name={t('settings.startsDemo')} hint={t('settings.startsDemoHint')}>
          <Switch
            aria-label={t('settings.startsDemo')}
            data-testid="starts-demo"
            checked={settings.startsDemo}
            onChange={({ currentTarget: { checked } }) => void actions.changeSettings({ startsDemo: checked })}
          />
        </Row>
      </section>
      <Installation />
      <ResetLab />
    </div>
  )
}

interface RowProps {
  readonly name: string
  readonly hint: string
  readonly children: ReactNode
}

function Row({ name, hint, children }: RowProps) {
  return (
    <div className={styles.row}>
      <div>
        <p className={styles.name}>{name}</p>
        <p className={styles.hint}>{hint}</p>
      </div>
      {children}
    </div>
  )
}
