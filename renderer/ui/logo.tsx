import { hexagon } from './hexagon.ts'

/** Three cells of a comb, one of them full: three peers, one of which leads. */
export function Logo({ size = 28 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 64 64" aria-hidden="true" focusable="false">
      <path d={hexagon({ x: 32, y: 19, radius: 16.5 })} fill="var(--accent-fill)" />
      <path d={hexagon({ x: 16.6, y: 45.5, radius: 14.5 })} fill="none" stroke="var(--accent-fill)" strokeWidth="4" />
      <path d={hexagon({ x: 47.4, y: 45.5, radius: 14.5 })} fill="none" stroke="var(--accent-fill)" strokeWidth="4" />
    </svg>
  )
}
