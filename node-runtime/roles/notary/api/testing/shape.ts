import type { Schema } from '../describe/schemas.ts'

/** What is wrong with a value, by the part of JSON Schema that our descriptions use. Empty: nothing. */
export function wrongWith(value: unknown, schema: Schema, named: Readonly<Record<string, Schema>>, at = '$'): string[] {
  if (schema.$ref !== undefined) {
    const target = named[schema.$ref.replace('#/components/schemas/', '')]
    return target === undefined ? [`${at}: nothing is named ${schema.$ref}`] : wrongWith(value, target, named, at)
  }
  const wrong: string[] = []
  const say = (sentence: string): void => void wrong.push(`${at}: ${sentence}`)
  const types = schema.type === undefined ? [] : [schema.type].flat()
  if (types.length > 0 && !types.some((type) => isOfType(value, type))) say(`${JSON.stringify(value)} is no ${types}`)
  if (schema.enum !== undefined && !schema.enum.includes(value)) say(`${JSON.stringify(value)} is none of the enum`)
  if (schema.pattern !== undefined && typeof value === 'string' && !new RegExp(schema.pattern).test(value)) {
    say(`${value} has not the pattern ${schema.pattern}`)
  }
  if (schema.minimum !== undefined && typeof value === 'number' && value < schema.minimum) say(`${value} is too small`)
  if (schema.anyOf !== undefined && !schema.anyOf.some((one) => wrongWith(value, one, named).length === 0)) {
    say(`${JSON.stringify(value)} fits none of ${schema.anyOf.length}`)
  }
  if (schema.items !== undefined && Array.isArray(value)) {
    const { items } = schema
    wrong.push(...value.flatMap((item, index) => wrongWith(item, items, named, `${at}[${index}]`)))
  }
  return isOfType(value, 'object') ? [...wrong, ...wrongFields(Object(value), schema, named, at)] : wrong
}

function wrongFields(
  value: Readonly<Record<string, unknown>>,
  { properties = {}, required = [], additionalProperties = true }: Schema,
  named: Readonly<Record<string, Schema>>,
  at: string,
): string[] {
  const missing = required.filter((name) => !(name in value)).map((name) => `${at}: ${name} is missing`)
  const found = Object.entries(value).flatMap(([name, field]) => {
    const schema = properties[name]
    if (schema !== undefined) return wrongWith(field, schema, named, `${at}.${name}`)
    return additionalProperties ? [] : [`${at}: ${name} is not described`]
  })
  return [...missing, ...found]
}

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
    case 'array':
      return Array.isArray(value)
    case 'null':
      return value === null
    case 'integer':
      return Number.isInteger(value)
    default:
      return typeof value === type
  }
}
