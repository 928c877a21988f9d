/** The part of the OpenAPI description that is about screens and their directors. */
import { ActsAsked } from '../kpi/direct.ts'
import { SCREEN_COOKIE } from './access.ts'
import { json, LANGUAGE, parametersOf, problem, RETRY, ref } from './openapi-parts.ts'

export const DIRECT = {
  operationId: 'direct',
  tags: ['screens'],
  summary:
    'What a director does with screens: lets one in by its code, changes or revokes it; takes a scene, undoes, gives back to the calendar.',
  security: [{ key: [] }, { cookie: [] }],
  requestBody: { required: true, content: json(ref('Direct')) },
  responses: {
    201: { description: 'The entry written to the journal.', content: json(ref('Answer')) },
    400: problem('A field is missing or wrong.'),
    401: problem('It carries no named key.'),
    403: problem('Its key may not direct.'),
    404: problem('There is no such code, screen, group, place, scene or board.'),
    409: problem('The name is taken, or there is nothing to undo.'),
    503: problem('The store does not answer.', RETRY),
  },
}

export const ACTS = {
  operationId: 'acts',
  tags: ['screens'],
  summary: 'What directors did, the newest first; `next` is the `before` of the page that follows.',
  parameters: [...parametersOf(ActsAsked), LANGUAGE],
  responses: {
    200: { description: 'acts and next (null on the last page).', content: json(ref('Answer')) },
    400: problem('A parameter is unknown or malformed.'),
    403: problem("It carries a screen's own key, which only shows."),
    404: problem('There is no act with this id.'),
  },
}

export const SCREENS = {
  get: {
    operationId: 'screens',
    tags: ['screens'],
    summary: 'Every screen with what it painted and how it is, what is on in every group, codes that wait, and acts.',
    responses: {
      200: { description: 'As of now.', content: json(ref('Answer')) },
      403: problem("It carries a screen's own key, which only shows."),
    },
  },
}

export const LOOK = {
  get: {
    operationId: 'look',
    tags: ['screens'],
    summary: 'What a screen has painted, read by it from its own document: boxes, texts and paths in its pixels.',
    parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
    responses: {
      200: { description: 'What it had painted a moment ago.', content: json(ref('Answer')) },
      204: { description: 'A page that is no longer open.' },
      403: problem("It carries a screen's own key, which only shows."),
      404: problem('There is no such screen.'),
      504: problem('It is not connected, or stands still.'),
    },
  },
}

export const SCREEN = {
  get: {
    operationId: 'whoami',
    tags: ['screens'],
    summary: `Whether the screen that asks is paired, by its cookie ${SCREEN_COOKIE}.`,
    security: [{}],
    responses: { 200: { description: 'paired, waiting (with its code) or unknown.', content: json(ref('Answer')) } },
  },
  post: {
    operationId: 'offer',
    tags: ['screens'],
    summary: 'A screen asks for a code, and keeps the key that is its own once an operator confirms it.',
    security: [{}],
    responses: {
      201: { description: 'The code and when it is over, UTC milliseconds.', content: json(ref('Answer')) },
      429: problem('Too many screens ask.', RETRY),
    },
  },
}
