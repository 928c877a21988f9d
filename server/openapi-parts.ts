/** What the parts of the OpenAPI description are made of. */
import { z } from 'zod'
import { WANTED } from './questions.ts'

type Schema = Readonly<Record<string, unknown>> & {
  readonly properties?: Readonly<Record<string, object>>
  readonly required?: readonly string[]
}

/** JSON Schema 2020-12 (the dialect of OpenAPI 3.1) of what a caller writes. */
export function schemaOf(schema: z.ZodType): Schema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  return rest as Schema
}

export const json = (schema: object) => ({ 'application/json': { schema } })

export const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })
export const problem = (description: string, headers?: object) => ({
  description,
  ...(headers && { headers }),
  content: { 'application/problem+json': { schema: ref('Problem') } },
})
export const RETRY = { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } } }

export const LANGUAGE = {
  name: 'lang',
  in: 'query',
  description: 'Language of refusals; otherwise Accept-Language decides.',
  schema: { enum: ['vi', 'en'] },
}

/** The fields of a schema as parameters of an address. */
export function parametersOf(asked: z.ZodType) {
  const { properties = {}, required = [] } = schemaOf(asked)
  return Object.entries(properties).map(([field, schema]) => ({
    // A period stands for both ends.
    ...{ name: field, in: 'query', required: required.includes(field) && field !== 'from' && field !== 'to', schema },
    ...(WANTED[field] && { description: WANTED[field].en }),
  }))
}
