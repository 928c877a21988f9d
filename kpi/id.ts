/** What a permanent id may be made of. */
import { z } from 'zod'

export const Id = z
  .string()
  .regex(/^[a-z0-9]+(?:[-_./][a-z0-9]+)*$/, { error: 'lower-case ASCII letters, digits, -, _ and /' })
