/** The declaration of an SDMX source: a data query of an SDMX REST service, and in which of its formats it answers. */
import { z } from 'zod'
import { base } from './source-base.ts'
import { reading } from './source-format.ts'
import type { HttpSource } from './source-http.ts'
import { reaching, timing } from './source-network.ts'

/** The media types by which a service knows the formats (SDMX REST 2.1 and later); older services answer their own 1.0 or 2.1. */
const ACCEPT = {
  'sdmx-json':
    'application/vnd.sdmx.data+json;version=2.0.0, application/vnd.sdmx.data+json;version=1.0.0;q=0.9, application/json;q=0.5',
  'sdmx-csv':
    'application/vnd.sdmx.data+csv;version=2.0.0, application/vnd.sdmx.data+csv;version=1.0.0;q=0.9, text/csv;q=0.5',
  'sdmx-ml':
    'application/vnd.sdmx.data+xml;version=3.0.0, application/vnd.sdmx.structurespecificdata+xml;version=2.1;q=0.9, application/vnd.sdmx.genericdata+xml;version=2.1;q=0.8',
} as const

const { encoding, delimiter } = reading
/** What else is declared of how bytes are read does not concern messages. */
const PLAIN = z.object(reading).parse({})

export const SdmxSource = z.strictObject({
  ...base,
  kind: z.literal('sdmx'),
  /** The data query, with the same places as an http url: `…/data/dataflow/A/FLOW/1.0.0/*?startPeriod={from:yyyy-MM-dd}&endPeriod={last:yyyy-MM-dd}`. */
  url: z.string().min(1),
  format: z.enum(['sdmx-json', 'sdmx-csv', 'sdmx-ml']).default('sdmx-json'),
  encoding,
  delimiter,
  /** What status 404 means: the address is wrong, or, as the standard has it, there are no data. */
  '404': z.enum(['wrong', 'nothing']).default('wrong'),
  ...reaching,
  ...timing,
})
export type SdmxSource = Readonly<z.infer<typeof SdmxSource>>

/** How the query is asked over HTTP. A declared `accept` stays. */
export function httpOf(source: SdmxSource): HttpSource {
  const { '404': _, kind, headers, format, ...shared } = source
  const asked = Object.keys(headers).some((name) => name.toLowerCase() === 'accept')
  return {
    ...{ ...PLAIN, ...shared },
    ...{ kind: 'http', format, method: 'GET' },
    headers: asked ? headers : { accept: ACCEPT[format], ...headers },
  }
}
