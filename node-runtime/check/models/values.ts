import type { Value } from '../history.ts'

export function isValue(value: unknown): value is Value {
  return value === null || typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value))
}

export function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function valueText(value: Value | boolean): string {
  return value === null ? 'nothing' : JSON.stringify(value)
}
