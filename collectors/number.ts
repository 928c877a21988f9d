/** Numbers as sources write them are read by the one rule everybody reads numbers by. */
export { type Numbers, type Parsed, parseNumber } from '../kpi/parse-number.ts'
