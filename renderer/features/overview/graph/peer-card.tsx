import { Handle, type NodeProps, Position } from '@xyflow/react'
import { useHands, useHostNow, useTopology, useUi } from '../../../stores/context.tsx'
import { beliefAbout, findBeliever } from '../../../stores/derived/beliefs.ts'
import { conditionOf } from '../../../stores/derived/condition.ts'
import { faultsAt } from '../../../stores/derived/faults-of.ts'
import { leadersOf } from '../../../stores/derived/leaders.ts'
import { logScale, logSight } from '../../../stores/derived/log-sight.ts'
import { isGroupRole, membershipOf, standingIn } from '../../../stores/derived/membership.ts'
import { ringNodeSight } from '../../../stores/derived/rings.ts'
import { clusterOf } from '../../../stores/topology.ts'
import styles from './graph.module.css'
import { PeerFace } from './peer-face.tsx'

/** A node of the picture: gathers what is known of it; the face only draws. */
export function PeerCard({ id }: NodeProps) {
  const { actions } = useHands()
  const now = useHostNow()
  const cluster = useTopology((state) => clusterOf(state.snapshot, id))
  const faultCount = useTopology(({ snapshot }) => faultsAt(snapshot?.faults ?? [], id).length)
  const beliefOf = useUi((state) => state.beliefOf)
  const isSelected = useUi((state) => state.route.part === id)
  const node = cluster?.nodes.find((candidate) => candidate.id === id)
  if (!cluster || !node) return null
  const believer = findBeliever(cluster, beliefOf)
  const belief = believer === null ? null : beliefAbout({ believer, node }, now)
  const leaders = leadersOf(cluster, now)
  return (
    <>
      {/* The library draws no link without these; the links themselves go from border to border. */}
      <Handle
        type="source"
        position={Position.Top}
        isConnectable={false}
        className={styles.handle}
        aria-hidden="true"
      />
      <Handle
        type="target"
        position={Position.Top}
        isConnectable={false}
        className={styles.handle}
        aria-hidden="true"
      />
      <PeerFace
        node={node}
        condition={conditionOf(node, now)}
        belief={belief}
        isBelieving={beliefOf !== null}
        isClusterLeader={leaders.leader?.id === id && leaders.hasMajority}
        ring={ringNodeSight(cluster, node, now)}
        isSelected={isSelected}
        sight={logSight(cluster, node, now)}
        scale={logScale(cluster)}
        standing={isGroupRole(node.role) ? standingIn(membershipOf(cluster, now), id) : 'unknown'}
        faultCount={faultCount}
        hostNowMs={now}
        onOpen={() => actions.go({ page: 'overview', part: isSelected ? null : id })}
      />
    </>
  )
}
