import { Button, CopyButton } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import type { AppInfo } from '#contract/window/settings'
import { useWords } from '../../i18n/use-words.ts'
import { useSettings } from '../../stores/context.tsx'
import { Busy } from '../../ui/busy.tsx'
import styles from './settings-page.module.css'

/** What runs here, where its data lies, and on what. */
export function Installation() {
  const { t } = useWords()
  const info = useSettings((state) => state.info)
  return (
    <section className={styles.group} data-testid="installation">
      <h2>{t('settings.about')}</h2>
      {info === null ? <Busy /> : <Facts info={info} />}
      {info?.notice === 'stand-in-electron' ? (
        <p className={styles.notice} data-testid="stand-in-notice">
          <IconInfoCircle size={20} aria-hidden="true" />
          {t('settings.standIn')}
        </p>
      ) : null}
    </section>
  )
}

function Facts({ info }: { readonly info: AppInfo }) {
  const { t } = useWords()
  const { node, electron, chrome } = info.versions
  const versions = [
    `Node ${node}`,
    ...(electron === null ? [] : [`Electron ${electron}`]),
    ...(chrome === null ? [] : [`Chrome ${chrome}`]),
  ]
  return (
    <dl className={styles.facts}>
      <dt>{t('settings.lab')}</dt>
      <dd>{info.lab}</dd>
      <dt>{t('settings.dataDir')}</dt>
      <dd>
        <code data-testid="data-dir">{info.dataDir}</code>
        <CopyButton value={info.dataDir}>
          {({ copied, copy }) => (
            <Button size="compact-xs" variant="default" onClick={copy}>
              {t(copied ? 'settings.copied' : 'settings.copy')}
            </Button>
          )}
        </CopyButton>
      </dd>
      <dt>{t('settings.version')}</dt>
      <dd>{info.version}</dd>
      <dt>{t('settings.shell')}</dt>
      <dd>{t(`settings.shells.${info.shell}`)}</dd>
      <dt>{t('settings.launcher')}</dt>
      <dd>{t(`settings.launchers.${info.launcher}`)}</dd>
      <dt>{t('settings.versions')}</dt>
      <dd>{versions.join(' · ')}</dd>
    </dl>
  )
}
