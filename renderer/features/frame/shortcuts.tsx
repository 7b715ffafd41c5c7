import { Modal } from '@mantine/core'
import { useWords } from '../../i18n/use-words.ts'
import { useHands } from '../../stores/context.tsx'
import styles from './shortcuts.module.css'

const list = [
  ['palette', ['Ctrl / ⌘', 'K']],
  ['help', ['?']],
  ['pages', ['Alt', '1 … 7']],
  ['picture', ['Alt', 'V']],
  ['feed', ['Alt', 'P']],
  ['theme', ['Alt', 'T']],
  ['escape', ['Esc']],
] as const

export function Shortcuts() {
  const { t } = useWords()
  const { stores } = useHands()
  return (
    <Modal
      opened
      centered
      title={t('frame.shortcuts.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      onClose={() => stores.ui.setState({ open: null })}
    >
      <dl className={styles.list} data-testid="shortcuts">
        {list.map(([name, keys]) => (
          <div key={name} className={styles.row}>
            <dt>{t(`frame.shortcuts.${name}`)}</dt>
            <dd>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Modal>
  )
}
