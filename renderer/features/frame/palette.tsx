import { createSpotlight, Spotlight } from '@mantine/spotlight'
import '@mantine/spotlight/styles.layer.css'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useMemo } from 'react'
import { useWords } from '../../i18n/use-words.ts'
import { useHands, useTopology, useUi } from '../../stores/context.tsx'
import { matching } from './palette-filter.ts'
import { paletteGroups } from './palette-groups.ts'

const [store, spotlight] = createSpotlight()

/** Everything that can be done, by its name. It is in the page only while it is open, so that it costs nothing closed. */
export function Palette() {
  const speech = useWords()
  const { stores, actions } = useHands()
  const query = useUi((state) => state.paletteQuery)
  // The list changes when a node starts or stops, not with each of its reports.
  const states = useTopology(({ snapshot }) =>
    JSON.stringify(snapshot?.clusters.map(({ id, state, nodes }) => [id, state, nodes.map((node) => node.state.kind)])),
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: `states` says when the snapshot, read once here, is another.
  const groups = useMemo(
    () => paletteGroups({ speech, actions, snapshot: stores.topology.getState().snapshot, ui: stores.ui }),
    [speech, actions, stores, states],
  )
  useEffect(() => spotlight.open(), [])
  // What was typed before the field had the focus must choose as well: Enter takes the first that matches.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another query is another first match.
  useEffect(() => {
    const frame = requestAnimationFrame(chooseFirst)
    return () => cancelAnimationFrame(frame)
  }, [query])
  return (
    <Spotlight
      store={store}
      actions={[...groups]}
      filter={matching}
      query={query}
      onQueryChange={(paletteQuery) => stores.ui.setState({ paletteQuery })}
      // Opened by the window's own key handler, which also keeps what is typed before the field is there.
      shortcut={null}
      scrollable
      maxHeight={440}
      transitionProps={{ duration: 0 }}
      overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}
      nothingFound={speech.t('frame.palette.empty')}
      onSpotlightClose={() =>
        stores.ui.setState((state) => ({ open: state.open === 'palette' ? null : state.open, paletteQuery: '' }))
      }
      searchProps={{
        leftSection: <IconSearch size={18} aria-hidden="true" />,
        placeholder: speech.t('frame.palette.search'),
        'aria-label': speech.t('frame.palette.search'),
      }}
    />
  )
}

/** The library marks the chosen command in the page itself, and chooses only when its own field is typed into. */
function chooseFirst(): void {
  const list = document.getElementById(store.getState().listId)
  if (!list || list.querySelector('[data-selected]') !== null) return
  list.querySelector('[data-action]')?.setAttribute('data-selected', 'true')
  store.setState({ ...store.getState(), selected: 0 })
}
