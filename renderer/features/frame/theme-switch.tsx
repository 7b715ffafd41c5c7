import { Menu } from '@mantine/core'
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react'
import { type Theme, themes } from '#contract/window/settings'
import { useWords } from '../../i18n/use-words.ts'
import { useActions, useSettings } from '../../stores/context.tsx'
import styles from './switch.module.css'

const icons: Record<Theme, typeof IconSun> = { light: IconSun, dark: IconMoon, system: IconDeviceDesktop }

export function ThemeSwitch() {
  const { t } = useWords()
  const actions = useActions()
  const current = useSettings((state) => state.settings.theme)
  const CurrentIcon = icons[current]
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <button type="button" className={styles.switch} aria-label={t('frame.theme')} data-testid="theme-switch">
          <CurrentIcon size={19} stroke={1.7} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {themes.map((theme) => {
          const Icon = icons[theme]
          return (
            <Menu.Item
              key={theme}
              leftSection={<Icon size={16} aria-hidden="true" />}
              aria-current={theme === current}
              onClick={() => void actions.changeSettings({ theme })}
            >
              {t(`frame.themes.${theme}`)}
            </Menu.Item>
          )
        })}
      </Menu.Dropdown>
    </Menu>
  )
}
