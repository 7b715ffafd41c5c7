import { Menu } from '@mantine/core'
import { IconCheck, IconLanguage } from '@tabler/icons-react'
import { languages } from '#contract/window/settings'
import { useWords } from '../../i18n/use-words.ts'
import { useActions, useSettings } from '../../stores/context.tsx'
import styles from './switch.module.css'

export function LanguageSwitch() {
  const { t } = useWords()
  const actions = useActions()
  const current = useSettings((state) => state.settings.language)
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <button type="button" className={styles.switch} aria-label={t('frame.language')} data-testid="language-switch">
          <IconLanguage size={19} stroke={1.7} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {languages.map((language) => (
          <Menu.Item
            key={language}
            lang={language}
            leftSection={<IconCheck size={16} opacity={language === current ? 1 : 0} aria-hidden="true" />}
            aria-current={language === current}
            onClick={() => void actions.changeSettings({ language })}
          >
            {t(`frame.languages.${language}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
