/** Fixed places, no physics: a node stands where it stood, so that the eye can learn the picture. */
export interface Size {
  readonly width: number
  readonly height: number
}

export interface Point {
  readonly x: number
  readonly y: number
}

export interface Placed extends Point, Size {
  readonly id: string
}

export interface PlacedCluster extends Placed {
  /** By their upper left corners, in the coordinates of the whole picture. */
  readonly nodes: readonly Placed[]
}

export const card: Size = { width: 222, height: 168 }

const titleHeight = 40
const padding = 24
/** Free ground between the border of a cluster and the edge of its part of the picture. */
const margin = 14
/** Nodes that stand further apart than this are not seen as one group. */
const spreadMax: Size = { width: 940, height: 560 }
/** Nearer than this the links between them cannot be labelled. */
const gapMin: Size = { width: 150, height: 70 }
/** With more than a few nodes the picture would shrink too much for that; fewer of the links are labelled then. */
const gapSnug: Size = { width: 80, height: 48 }
export const fewNodes = 3

export interface ClusterToPlace {
  readonly id: string
  readonly nodeIds: readonly string[]
  /** Nodes that stand under one another, column by column from the left; without them peers stand on a circle. */
  readonly columns?: readonly (readonly string[])[]
}

/** The whole picture: clusters in a grid, peers of each on a circle or in columns. May be larger than the room; it is then scaled. */
export function placeClusters(clusters: readonly ClusterToPlace[], room: Size): readonly PlacedCluster[] {
  const columns = Math.max(1, Math.ceil(Math.sqrt(clusters.length)))
  const rows = Array.from({ length: Math.ceil(clusters.length / columns) }, (_, row) =>
    clusters.slice(row * columns, (row + 1) * columns),
  )
  let y = 0
  return rows.flatMap((row) => {
    const height = Math.max(room.height / rows.length, ...row.map((cluster) => leastFrame(cluster).height))
    const top = y
    y += height
    return placeRow(row, { top, height, width: room.width })
  })
}

/** Clusters side by side, each with room for its nodes; a large one gets more of what is left over. */
function placeRow(
  row: readonly ClusterToPlace[],
  { top, height, width }: Size & { readonly top: number },
): readonly PlacedCluster[] {
  const least = row.map((cluster) => leastFrame(cluster).width)
  const sum = least.reduce((all, one) => all + one, 0)
  const stretch = Math.max(1, width / sum)
  let x = 0
  return row.map((cluster, index) => {
    const cell = { width: Math.floor((least[index] ?? 0) * stretch), height }
    const corner = { x, y: top }
    x += cell.width
    return placeCluster(cluster, corner, cell)
  })
}

function leastFrame(cluster: ClusterToPlace): Size {
  const { width, height } = leastSizeOf(cluster)
  return { width: width + 2 * (padding + margin), height: height + 2 * (padding + margin) + titleHeight }
}

function placeCluster(cluster: ClusterToPlace, corner: Point, cell: Size): PlacedCluster {
  const { id } = cluster
  const inner = {
    width: cell.width - 2 * (padding + margin),
    height: cell.height - 2 * (padding + margin) - titleHeight,
  }
  const least = leastSizeOf(cluster)
  const spread = {
    width: Math.max(least.width, Math.min(inner.width, spreadMax.width)),
    height: Math.max(least.height, Math.min(inner.height, spreadMax.height)),
  }
  const frame = { width: spread.width + 2 * padding, height: spread.height + 2 * padding + titleHeight }
  const x = corner.x + Math.max(margin, (cell.width - frame.width) / 2)
  const y = corner.y + Math.max(margin, (cell.height - frame.height) / 2)
  const nodes = placesOf(cluster).map(({ id: nodeId, place }) => ({
    id: nodeId,
    ...card,
    x: x + padding + place.x * (spread.width - card.width),
    y: y + padding + titleHeight + place.y * (spread.height - card.height),
  }))
  return { id, x, y, ...frame, nodes }
}

/** Where each node stands in the unit square. */
function placesOf({ nodeIds, columns }: ClusterToPlace): readonly { readonly id: string; readonly place: Point }[] {
  if (columns === undefined) {
    const places = circle(nodeIds.length)
    return nodeIds.map((id, index) => ({ id, place: places[index] ?? { x: 0.5, y: 0.5 } }))
  }
  return columns.flatMap((ids, column) =>
    ids.map((id, row) => ({ id, place: { x: stepOf(column, columns.length), y: stepOf(row, ids.length) } })),
  )
}

/** Even steps from edge to edge; one alone stands in the middle. */
function stepOf(index: number, count: number): number {
  return count === 1 ? 0.5 : index / (count - 1)
}

function leastSizeOf({ nodeIds, columns }: ClusterToPlace): Size {
  if (columns === undefined) return leastSize(nodeIds.length)
  const rows = Math.max(1, ...columns.map((ids) => ids.length))
  return {
    width: columns.length * card.width + (columns.length - 1) * gapSnug.width,
    height: rows * card.height + (rows - 1) * gapSnug.height,
  }
}

/** Points on a circle, the first on top, stretched so that they fill the unit square. */
function circle(count: number): readonly Point[] {
  if (count === 1) return [{ x: 0.5, y: 0.5 }]
  const points = Array.from({ length: count }, (_, index) => {
    const angle = (index / count) * 2 * Math.PI - Math.PI / 2
    return { x: Math.cos(angle), y: Math.sin(angle) }
  })
  const stretch = (values: readonly number[]) => {
    const low = Math.min(...values)
    const span = Math.max(...values) - low
    return (value: number): number => (span < 1e-9 ? 0.5 : (value - low) / span)
  }
  const across = stretch(points.map(({ x }) => x))
  const down = stretch(points.map(({ y }) => y))
  return points.map(({ x, y }) => ({ x: across(x), y: down(y) }))
}

/** So large that neighbours on the circle leave room between them for their links and what is written there. */
function leastSize(count: number): Size {
  if (count === 1) return card
  const places = circle(count)
  const gap = count > fewNodes ? gapSnug : gapMin
  const room = { width: card.width + gap.width, height: card.height + gap.height }
  const isFree = (factor: number): boolean =>
    places.every((one, index) =>
      places
        .slice(index + 1)
        .every(
          (other) =>
            Math.abs(one.x - other.x) * factor >= 1 - epsilon || Math.abs(one.y - other.y) * factor >= 1 - epsilon,
        ),
    )
  let factor = 1
  while (!isFree(factor)) factor += 0.125
  return { width: factor * room.width + card.width, height: factor * room.height + card.height }
}

/** Places are sums of sines, and equal ones may differ in the last digit. */
const epsilon = 1e-9

/** How much the picture has to shrink to stand in its room, and where it then begins. Never enlarged: text stays crisp. */
export function fitting(
  clusters: readonly Placed[],
  room: Size,
): { readonly x: number; readonly y: number; readonly zoom: number } {
  const right = Math.max(1, ...clusters.map(({ x, width }) => x + width + margin))
  const bottom = Math.max(1, ...clusters.map(({ y, height }) => y + height + margin))
  const zoom = Math.min(1, room.width / right, room.height / bottom)
  return { x: Math.max(0, (room.width - right * zoom) / 2) * Number(zoom < 1), y: 0, zoom }
}
