import { z } from 'zod'
import { type ClusterId, type FaultId, idPattern, type NodeId } from '#kit/ids'

const id = z.string().regex(idPattern)

/** Names of the lab as the window's edge takes them. */
export const node = id.transform((text) => text as NodeId) // the pattern was checked just before
export const cluster = id.transform((text) => text as ClusterId) // the pattern was checked just before
export const fault = id.transform((text) => text as FaultId) // the pattern was checked just before
