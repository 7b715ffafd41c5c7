import { IconCake } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useShopArt, useShopClient } from '../../../stores/context.tsx'
import styles from './store.module.css'

interface ProductArtProps {
  readonly photo: string | null
  readonly isSmall?: boolean
}

/** The picture of a product: decoration, because its name stands beside it. As an image, so that nothing in it can run. */
export function ProductArt({ photo, isSmall = false }: ProductArtProps) {
  const client = useShopClient()
  const picture = useShopArt(({ pictures }) => (photo === null ? undefined : pictures.get(photo)))
  useEffect(() => {
    if (photo !== null) void client.loadArt(photo)
  }, [client, photo])
  return (
    <span className={isSmall ? styles.smallArt : styles.art} data-testid="shop-art" data-photo={photo ?? ''}>
      {typeof picture === 'object' ? (
        <img src={picture.address} alt="" draggable={false} />
      ) : (
        <IconCake size={isSmall ? 22 : 48} stroke={1.2} aria-hidden="true" />
      )}
    </span>
  )
}
