import { NativeSelect } from '@mantine/core'
import { useWords } from '../../i18n/use-words.ts'
import { useHands, useTopology, useUi } from '../../stores/context.tsx'
import { allNodes } from '../../stores/topology.ts'
import styles from './belief-select.module.css'

/** Through whose eyes the picture is coloured: the lab's evidence, or one node's belief. */
export function BeliefSelect() {
  const { t } = useWords()
  const { stores } = useHands()
  const beliefOf = useUi((state) => state.beliefOf)
  const ids = useTopology((state) =>
    allNodes(state.snapshot)
      .map(({ id }) => id)
      .join(' '),
  )
  return (
    <NativeSelect
      size="xs"
      className={styles.select}
      aria-label={t('overview.seenBy')}
      data-testid="belief-select"
      data-believing={beliefOf !== null}
      value={beliefOf ?? ''}
      data={[
        { value: '', label: `${t('overview.seenBy')}: ${t('overview.seenByLab')}` },
        ...ids
          .split(' ')
          .filter(Boolean)
          .map((id) => ({ value: id, label: t('overview.believes', { node: id }) })),
      ]}
      onChange={({ currentTarget: { value } }) => stores.ui.setState({ beliefOf: value === '' ? null : value })}
    />
  )
}
