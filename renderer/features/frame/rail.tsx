import {
  IconBuildingStore,
  IconCertificate,
  IconChevronsLeft,
  IconChevronsRight,
  IconFlask,
  IconMessages,
  IconSettings,
  IconTopologyRing3,
  IconTopologyStar3,
} from '@tabler/icons-react'
import { useWords } from '../../i18n/use-words.ts'
import { useHands, useUi } from '../../stores/context.tsx'
import { formatRoute, type PageName } from '../../stores/route.ts'
import { Logo } from '../../ui/logo.tsx'
import styles from './rail.module.css'

const icons: Record<PageName, typeof IconFlask> = {
  overview: IconTopologyStar3,
  notary: IconCertificate,
  chat: IconMessages,
  ring: IconTopologyRing3,
  shop: IconBuildingStore,
  lab: IconFlask,
  settings: IconSettings,
}

/** The places, in groups: the whole, the four systems, the tools. */
const groups: readonly (readonly PageName[])[] = [['overview'], ['notary', 'chat', 'ring', 'shop'], ['lab', 'settings']]

export function Rail() {
  const { t } = useWords()
  const { stores } = useHands()
  const current = useUi((state) => state.route.page)
  const isNarrow = useUi((state) => state.isRailNarrow)
  const Chevrons = isNarrow ? IconChevronsRight : IconChevronsLeft
  const label = t(isNarrow ? 'frame.expand' : 'frame.collapse')
  return (
    <nav className={styles.rail} aria-label={t('frame.navigation')} data-narrow={isNarrow}>
      <div className={styles.brand}>
        <Logo />
        <span className={styles.name}>{t('common.appName')}</span>
      </div>
      {groups.map((group) => (
        <ul key={group[0]} className={styles.group}>
          {group.map((page) => (
            <RailItem key={page} page={page} isCurrent={page === current} />
          ))}
        </ul>
      ))}
      <button
        type="button"
        className={styles.collapse}
        aria-label={label}
        title={label}
        onClick={() => stores.ui.setState({ isRailNarrow: !isNarrow })}
      >
        <Chevrons size={18} aria-hidden="true" />
      </button>
    </nav>
  )
}

function RailItem({ page, isCurrent }: { readonly page: PageName; readonly isCurrent: boolean }) {
  const { t } = useWords()
  const Icon = icons[page]
  return (
    <li>
      <a
        className={styles.item}
        href={`#${formatRoute({ page, part: null, isAlone: false })}`}
        aria-current={isCurrent ? 'page' : undefined}
        data-testid={`rail-${page}`}
        title={t(`frame.pages.${page}`)}
      >
        <Icon size={20} stroke={1.7} aria-hidden="true" />
        <span className={styles.label}>{t(`frame.pages.${page}`)}</span>
      </a>
    </li>
  )
}
