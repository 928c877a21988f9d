/** The OpenAPI 3.1 description of what this server answers, derived from the schemas the requests are checked with. */
import { Act } from '../kpi/act.ts'
import { Direct } from '../kpi/direct.ts'
import { FORMATS } from '../kpi/exported.ts'
import { STATES } from '../kpi/observation.ts'
import { ProblemsAsked } from '../kpi/problems.ts'
import { MOST_TOLD, PushAnswer, PushBody } from '../kpi/push.ts'
import { Decision, QUERIES, Query } from '../kpi/query.ts'
import { Save } from '../kpi/saved.ts'
import { KEY_COOKIE, PAIRING, PUSHES } from './access.ts'
import { FORMS } from './export/index.ts'
import { PageQuery } from './export/page.ts'
import { TABLED } from './export/tables.ts'
import { json, LANGUAGE, parametersOf, problem, RETRY, ref, schemaOf } from './openapi-parts.ts'
import { ACTS, DIRECT, LOOK, SCREEN, SCREENS } from './openapi-screens.ts'
import { WANTED } from './questions.ts'

const FILES = {
  ...json({ $ref: '#/components/schemas/Answer' }),
  ...Object.fromEntries(
    Object.values(FORMS).map(({ type }) => [type.split(';')[0], { schema: { type: 'string', format: 'binary' } }]),
  ),
}
const FORMAT = {
  name: 'format',
  in: 'query',
  description: 'The form of the answer; all but json are files to take away.',
  schema: { enum: FORMATS, default: 'json' },
}

const isTabled = (name: string) => (TABLED as readonly string[]).includes(name)

/** A period by its name in place of both ends. */
const PERIOD = { name: 'period', in: 'query', description: WANTED.period?.en, schema: { type: 'string' } }

/** All rows of a range, streamed. */
const WHOLE = { name: 'whole', in: 'query', description: WANTED.whole?.en, schema: { enum: ['1'] } }

/** One question: its parameters are the fields of its schema. */
function question(name: (typeof QUERIES)[number]) {
  const parameters = parametersOf(Query[name])
  return {
    get: {
      operationId: name,
      tags: ['questions'],
      parameters: [
        ...parameters,
        ...(parameters.some((one) => one.name === 'from') ? [PERIOD] : []),
        ...(isTabled(name) ? [FORMAT] : []),
        ...(name === 'observations' ? [WHOLE] : []),
        LANGUAGE,
      ],
      responses: {
        200: {
          description: 'The answer, with the pulse (data version) it was read at.',
          headers: { ETag: { description: 'Of the answer without its pulse.', schema: { type: 'string' } } },
          content: isTabled(name) ? FILES : json(ref('Answer')),
        },
        304: { description: 'As If-None-Match names it: nothing of it has changed.' },
        400: problem('A parameter is missing, unknown or malformed.'),
        404: problem('There is no such indicator, dimension, member or board.'),
        422: problem('It cannot be answered as asked: too much, or past its retention.'),
        503: problem('The store does not answer.', RETRY),
      },
    },
  }
}

const PUSH = {
  operationId: 'push',
  tags: ['observations'],
  summary: 'Push rows of a source declared with kind: push.',
  description: `Rows are in the source's own words and mapped by its declaration. 200 is answered once everything that may pass is durable on disk. A row that cannot be taken never stops the others: problems names it (from 1), the field, what is wrong and the remedy (the first ${MOST_TOLD}). When not one row can be taken the answer is 422 with the same members. Sent again under the same Idempotency-Key within a day, the same body is answered the same and counts once. gzip is understood.`,
  security: [{ source: [] }],
  parameters: [
    {
      ...{ name: 'Idempotency-Key', in: 'header', required: true },
      description: 'A new value for each push, the same one when it is sent again.',
      schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,200}$' },
    },
  ],
  requestBody: { required: true, content: json(ref('Push')) },
  responses: {
    200: { description: 'Taken; durable.', content: json(ref('PushAnswer')) },
    400: problem('The header or the body is malformed.'),
    401: problem('It carries the key of no source.'),
    409: problem('The push with this Idempotency-Key is being taken.'),
    413: problem('Too many bytes or rows at once.'),
    415: problem('Not application/json.'),
    422: problem('The Idempotency-Key was used with another body, or not one row could be taken.'),
    429: problem('Too often.', RETRY),
    503: problem('The queue on disk holds all it may, or the disk does not take it.', RETRY),
  },
}

const DECISION = {
  operationId: 'decide',
  tags: ['observations'],
  summary: 'A person’s word on a held value.',
  security: [{ key: [] }, { cookie: [] }],
  requestBody: { required: true, content: json(ref('Decision')) },
  responses: {
    201: { description: 'The version that says so.', content: json(ref('Answer')) },
    400: problem('A field is missing or wrong.'),
    401: problem('It carries no named key.'),
    403: problem('Its key may not operate.'),
    404: problem('There is no such held value.'),
    409: problem('It waits no more, or cannot be released.'),
  },
}

const ACT = {
  operationId: 'act',
  tags: ['incidents'],
  summary:
    'What a person does: takes an incident in hand, assigns, notes or closes it, plans a silence, begins a drill.',
  security: [{ key: [] }, { cookie: [] }],
  requestBody: { required: true, content: json(ref('Act')) },
  responses: {
    201: {
      description: 'The incident as it is now, or the silence, and the entry written.',
      content: json(ref('Answer')),
    },
    400: problem('A field is missing or wrong.'),
    401: problem('It carries no named key.'),
    403: problem('Its key may not operate.'),
    404: problem('There is no such incident, unit, source or role.'),
    409: problem('The incident is closed.'),
    422: problem('A moment lies where it may not.'),
    503: problem('The store does not answer.', RETRY),
  },
}

/** One incident with its history, by its id as the rest of the path. */
const ONE_INCIDENT = {
  get: {
    operationId: 'incident',
    tags: ['incidents'],
    parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
    responses: {
      200: { description: 'The incident and its entries in order.', content: json(ref('Answer')) },
      404: problem('There is no such incident.'),
    },
  },
}

const PROBLEMS = {
  get: {
    operationId: 'problems',
    tags: ['system'],
    summary: 'Rows that could not be taken: of all sources how many and the newest, of one source each of them.',
    parameters: [...parametersOf(ProblemsAsked), LANGUAGE],
    responses: {
      200: {
        description: 'Without source: sources. With it: problems, the newest first, and next (null on the last page).',
        content: json(ref('Answer')),
      },
      400: problem('A parameter is unknown or malformed.'),
      401: problem('It carries no named key (asked on loopback none is needed).'),
      404: problem('There is no such source.'),
      503: problem('This process does not read the folder of the collectors.'),
    },
  },
}

const text = { type: 'string' }
/** One version of a statement, as /api/observations tells it. */
const OBSERVATION = {
  type: 'object',
  description: 'One version of a statement; nothing is overwritten.',
  properties: {
    id: { ...text, description: 'The version.' },
    ...{ indicator: text, source: text, members: { type: 'object', additionalProperties: text } },
    ...{ from: { type: 'integer' }, to: { type: 'integer' }, value: { ...text, description: 'Exact decimal text.' } },
    qualifier: { enum: ['exact', 'about', 'below', 'above'] },
    state: { enum: [...STATES] },
    reason: { ...text, description: 'Why it is held; of a decision its parts are in `decided`.' },
    decided: {
      type: ['object', 'null'],
      description: 'The person whose word this version is; null of a source’s own.',
      properties: { decision: { enum: ['released', 'refused'] }, value: text, by: text, why: text },
    },
    received: { type: 'integer', description: 'When it came, UTC milliseconds; the newest speaks.' },
    stored: { type: 'integer', description: 'When it was stored, UTC milliseconds; asOf looks at this.' },
    run: {
      ...text,
      description: 'The run of the collector (or the push) that brought it: rows of one run came together.',
    },
    stated: { ...text, description: 'What the source literally said.' },
    citation: text,
  },
}

const COMPONENTS = {
  securitySchemes: {
    key: { type: 'http', scheme: 'bearer', description: 'A named key (KEYS). On loopback reading needs none.' },
    cookie: { type: 'apiKey', in: 'cookie', name: KEY_COOKIE, description: 'The same key, kept by /?key=….' },
    source: { type: 'http', scheme: 'bearer', description: 'The key of one push source; it opens nothing else.' },
  },
  schemas: {
    Answer: { type: 'object' },
    Problem: {
      type: 'object',
      description: 'RFC 9457 problem details.',
      required: ['type', 'status', 'title', 'messages'],
      properties: {
        ...{ type: text, status: { type: 'integer' }, title: text },
        field: { ...text, description: 'The parameter, header or member that is meant.' },
        messages: { type: 'object', properties: { vi: text, en: text }, required: ['vi', 'en'] },
      },
    },
    Observation: OBSERVATION,
    Save: schemaOf(Save),
    Push: schemaOf(PushBody),
    PushAnswer: schemaOf(PushAnswer),
    Decision: schemaOf(Decision),
    Act: schemaOf(Act),
    Direct: schemaOf(Direct),
  },
}

const plain = (operationId: string, description: string) => ({
  get: { operationId, tags: ['system'], responses: { 200: { description, content: json({ type: 'object' }) } } },
})

/** The whole document. */
export function openapi(): object {
  return {
    openapi: '3.1.0',
    info: { title: 'Toàn Cảnh', version: '1', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    security: [{}, { key: [] }, { cookie: [] }],
    paths: {
      ...Object.fromEntries(
        QUERIES.filter((name) => name !== 'observations').map((name) => [`/api/${name}`, question(name)]),
      ),
      [PUSHES]: { ...question('observations'), post: PUSH },
      '/api/incidents/{id}': ONE_INCIDENT,
      '/api/acts': { post: ACT },
      '/api/problems': PROBLEMS,
      '/api/decisions': { post: DECISION },
      '/api/saved': {
        get: {
          ...{ operationId: 'saved', tags: ['desk'], summary: 'Views the owner of the key keeps.' },
          responses: { 200: { description: 'Whose they are, and what they are.', content: json(ref('Answer')) } },
        },
        post: {
          ...{ operationId: 'save', tags: ['desk'], summary: 'Keeps, renames or takes away a view.' },
          security: [{ key: [] }, { cookie: [] }],
          requestBody: { required: true, content: json(ref('Save')) },
          responses: {
            201: { description: 'Kept, under this id.', content: json(ref('Answer')) },
            400: problem('A field is missing or wrong.'),
            401: problem('It carries no named key.'),
            409: problem('As many are kept as may be.'),
          },
        },
      },
      '/api/page.pdf': {
        get: {
          ...{ operationId: 'page', tags: ['desk'] },
          summary:
            'A page of the desk on paper: figure, line, members, definition, source times, coverage, data version.',
          parameters: [...parametersOf(PageQuery), PERIOD, LANGUAGE],
          responses: {
            200: {
              description: 'PDF.',
              content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } },
            },
            400: problem('A parameter is missing, unknown or malformed.'),
            404: problem('There is no such indicator, dimension or member.'),
            422: problem('It cannot be answered as asked: too much, or past its retention.'),
            503: problem('The store does not answer.', RETRY),
          },
        },
      },
      '/api/board.yaml': {
        get: {
          ...{ operationId: 'board', tags: ['desk'], summary: 'A board of what is looked at, for dashboards/boards.' },
          parameters: ['indicator', 'from', 'to', 'by', 'where', 'title'].map((name) => ({
            ...{ name, in: 'query', required: ['indicator', 'from', 'to'].includes(name), schema: text },
          })),
          responses: { 200: { description: 'YAML.', content: { 'application/yaml': { schema: text } } } },
        },
      },
      '/api/directing': { get: ACTS, post: DIRECT },
      '/api/key': plain('key', 'Whose key the request carries, and what it may: read, operate, direct.'),
      '/api/screens': SCREENS,
      '/api/screens/{id}/look': LOOK,
      [PAIRING]: SCREEN,
      '/api/catalogue': plain('catalogue', 'Indicators, dimensions, sources and boards as declared.'),
      '/api/openapi.json': plain('openapi', 'This document.'),
      '/healthz': plain('healthz', 'The process runs.'),
    },
    components: COMPONENTS,
  }
}
